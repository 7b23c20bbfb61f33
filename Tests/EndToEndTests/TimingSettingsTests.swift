import Foundation
import Ledger
import Testing

/// What counts as out of step is for whoever runs the worker to set, through its environment to the findings.
@Suite("Settings of timing", .serialized)
struct TimingSettingsTests {
    private static let numbers = [
        "GLEICHTAKT_GAP_DAYS": "5", "GLEICHTAKT_SEQUENCE_MONTHS": "18", "GLEICHTAKT_WEEKLY_HOURS": "15",
        "GLEICHTAKT_REVIEW_DAYS": "70", "GLEICHTAKT_YOUTHOFFICE_REVIEW_DAYS": "3", "GLEICHTAKT_DEADLINE_DAYS": "10",
        "GLEICHTAKT_JOBCENTRE_DEADLINE_DAYS": "200", "GLEICHTAKT_HANDOVER_DAYS": "60", "GLEICHTAKT_AGE_DAYS": "330",
        "GLEICHTAKT_INCOME_DAYS": "60",
    ]

    @Test("each number makes a finding of what is none otherwise, for one office where it is set for one")
    func numbersAreUsed() async throws {
        let installation = try await Installation.start(settings: Self.numbers)
        let region = try await Region(installation)
        let cases = try await region.tell()
        try await installation.waitUntilAtRest()
        for told in cases {
            #expect(try await region.kinds(of: told.id, for: told.to).contains(told.kind), "\(told.kind)")
        }
        let review = try #require(cases.first { $0.kind == "review" })
        #expect(try await region.kinds(of: review.id, for: region.youthOffice).isEmpty)
        try await installation.stop()
    }

    @Test("without them, nothing of it is out of step")
    func defaults() async throws {
        let installation = try await Installation.start()
        let region = try await Region(installation)
        let cases = try await region.tell()
        try await installation.waitUntilAtRest()
        for told in cases {
            #expect(try await region.kinds(of: told.id, for: told.to) == [], "\(told.kind)")
        }
        try await installation.stop()
    }
}

/// Cases in each of which a finding of one kind lies just outside the usual numbers.
private struct Region {
    let today = LedgerClock.system.today
    let jobCentre: Caller
    let youthOffice: Caller

    init(_ installation: Installation) async throws {
        jobCentre = try await installation.caller("caseworker", office: "job-centre", subject: "jc-1")
        youthOffice = try await installation.caller("caseworker", office: "youth-office", subject: "yo-1")
        let administrator = try await installation.caller("administrator", subject: "admin")
        try await ask(administrator, "/v1/areas/gallus/publish-area", ["name": "Gallus"])
    }

    private func ask(_ caller: Caller, _ path: String, _ body: JSON) async throws {
        let answer = try await caller.post(path, body)
        #expect((200..<300).contains(answer.status), "\(path): \(answer.text)")
    }

    private func newID() -> String { UUID.timeOrdered(at: LedgerClock.system.now).uuidString.lowercased() }

    private func day(_ offset: Int) -> JSON { .string((today + offset).description) }

    /// What is open of a case, as far as an office is told.
    func kinds(of id: String, for caller: Caller) async throws -> Set<String> {
        let items = try await caller.get("/v1/timing/findings?state=open&limit=200").json["items"].items
        return Set(items.filter { $0["cases"].items.contains(.string(id)) }.compactMap { $0["kind"].text })
    }

    /// A case of the job centre, and of the youth office too where that is said.
    private func makeCase(youth: Bool = false, bornOn: CalendarDate = "1980-04-05") async throws -> String {
        let id = newID()
        try await ask(
            jobCentre, "/v1/cases/\(id)/register-participant",
            ["givenName": "A", "familyName": "B", "bornOn": .string(bornOn.description), "areaId": "gallus"])
        for (caller, office) in [(jobCentre, "job-centre")] + (youth ? [(youthOffice, "youth-office")] : []) {
            try await ask(
                caller, "/v1/cases/\(id)/engage-office", ["office": .string(office), "legalBasis": "§ 15 SGB II"])
        }
        return id
    }

    /// An agreed plan of one measure; its participant's potential has been assessed.
    private func plan(
        _ id: String, by caller: Caller, kind: String = "participation", _ from: Int, _ to: Int, hours: Int = 5,
        starts: Bool = false, reviewEvery: Int? = nil
    ) async throws {
        let (plan, measure) = (JSON.string(newID()), JSON.string(newID()))
        var draft: [String: JSON] = ["planId": plan, "kind": .string(kind), "goal": "a goal"]
        if let reviewEvery { draft["reviewEvery"] = .number(Double(reviewEvery)) }
        try await ask(caller, "/v1/cases/\(id)/draft-plan", .object(draft))
        try await ask(
            caller, "/v1/cases/\(id)/add-measure",
            [
                "planId": plan, "measureId": measure, "strand": "education",
                "window": ["from": day(from), "to": day(to)], "hoursPerWeek": .number(Double(hours)),
            ])
        try await ask(caller, "/v1/cases/\(id)/agree-plan", ["planId": plan])
        if starts { try await ask(caller, "/v1/cases/\(id)/start-measure", ["measureId": measure]) }
    }

    /// Tells a story for each kind, and answers the cases, each with the office that would be told.
    func tell() async throws -> [(kind: String, id: String, to: Caller)] {
        var cases: [(kind: String, id: String, to: Caller)] = []
        let gap = try await makeCase()
        try await plan(gap, by: jobCentre, 10, 300)
        cases.append(("gap", gap, jobCentre))

        let sequence = try await makeCase(youth: true)
        try await plan(sequence, by: jobCentre, 0, 396, starts: true)
        try await plan(sequence, by: youthOffice, kind: "youth-support", 400, 700)
        cases.append(("sequence", sequence, jobCentre))

        let clash = try await makeCase()
        try await plan(clash, by: jobCentre, 0, 300, hours: 20, starts: true)
        cases.append(("clash", clash, jobCentre))

        let review = try await makeCase(youth: true)
        try await plan(review, by: jobCentre, 0, 300, starts: true, reviewEvery: 2)
        try await plan(review, by: youthOffice, kind: "youth-support", 0, 300, starts: true, reviewEvery: 2)
        cases.append(("review", review, jobCentre))

        let deadline = try await makeCase()
        try await ask(jobCentre, "/v1/cases/\(deadline)/assess-potential", ["goals": ["to work"]])
        try await plan(deadline, by: jobCentre, kind: "cooperation", 0, 300, starts: true)
        cases.append(("deadline", deadline, jobCentre))

        let handover = try await makeCase()
        try await plan(handover, by: jobCentre, 0, 40, starts: true)
        cases.append(("handover", handover, jobCentre))

        let job = newID()
        let income = try await makeCase()
        try await ask(
            jobCentre, "/v1/cases/\(income)/offer-placement",
            ["placementId": .string(job), "employer": "Werkhof", "kind": "job", "startsOn": day(0), "endsOn": day(50)])
        for command in ["accept-placement", "start-placement"] {
            try await ask(jobCentre, "/v1/cases/\(income)/\(command)", ["placementId": .string(job)])
        }
        cases.append(("income-gap", income, jobCentre))

        let youth = try await makeCase(youth: true, bornOn: (today + 300).adding(months: -18 * 12))
        cases.append(("handover", youth, youthOffice))
        return cases
    }
}
