import Foundation
import Ledger
import Testing

/// What Gleichtakt is for, from end to end: two offices whose measures for one household lie one after another.
@Suite("A household comes into step over HTTP", .serialized)
struct InStepTests {
    private let today = LedgerClock.system.today
    private let household = Self.newID()
    private let parent = Self.newID()
    private let youth = Self.newID()
    private let welding = Self.newID()
    private let training = Self.newID()

    private static func newID() -> JSON {
        .string(UUID.timeOrdered(at: LedgerClock.system.now).uuidString.lowercased())
    }

    private func day(_ offset: Int) -> JSON { .string((today + offset).description) }

    private func path(_ id: JSON, _ command: String) -> String { "/v1/cases/\(id.text ?? "")/\(command)" }

    private func ask(_ caller: Caller, _ path: String, _ body: JSON) async throws {
        let answer = try await caller.post(path, body)
        #expect((200..<300).contains(answer.status), "\(path): \(answer.text)")
    }

    /// A case in the household with an agreed plan of one measure, in which both offices are engaged by law.
    private func makeCase(
        _ id: JSON, _ role: JSON, by office: (caller: Caller, name: JSON), beside other: (caller: Caller, name: JSON),
        plan kind: JSON, measure: JSON, window: JSON, limits: [String: JSON]
    ) async throws {
        let plan = Self.newID()
        try await ask(
            office.caller, path(id, "register-participant"),
            ["givenName": "A", "familyName": "B", "bornOn": "1984-05-17", "areaId": "gallus"])
        for (caller, name) in [office, other] {
            try await ask(caller, path(id, "engage-office"), ["office": name, "legalBasis": "§ 15 SGB II"])
        }
        try await ask(office.caller, path(id, "join-household"), ["householdId": household, "role": role])
        try await ask(office.caller, path(id, "draft-plan"), ["planId": plan, "kind": kind, "goal": "a goal"])
        let details: [String: JSON] = [
            "planId": plan, "measureId": measure, "strand": "education", "window": window, "hoursPerWeek": 10,
        ]
        try await ask(office.caller, path(id, "add-measure"), .object(details.merging(limits) { $1 }))
        try await ask(office.caller, path(id, "agree-plan"), ["planId": plan])
    }

    @Test("what falls apart is found, the least shift is proposed, both offices accept, and the findings are closed")
    func story() async throws {
        let installation = try await Installation.start()
        let administrator = try await installation.caller("administrator", subject: "admin")
        try await ask(administrator, "/v1/areas/gallus/publish-area", ["name": "Gallus"])
        let jobCentre = try await installation.caller("caseworker", office: "job-centre", subject: "jc-1")
        let youthOffice = try await installation.caller("caseworker", office: "youth-office", subject: "yo-1")
        let (first, second) = (
            (caller: jobCentre, name: JSON("job-centre")), (caller: youthOffice, name: JSON("youth-office"))
        )
        try await makeCase(
            parent, "adult", by: first, beside: second, plan: "participation", measure: welding,
            window: ["from": day(10), "to": day(100)], limits: ["latestEnd": day(160)])
        try await makeCase(
            youth, "youth", by: second, beside: first, plan: "youth-support", measure: training,
            window: ["from": day(150), "to": day(250)], limits: ["earliestStart": day(80)])
        // 140 days lie between the first days; 20 may. The parent's measure can come 60 later, the youth's 70 earlier.
        try await ask(
            jobCentre, path(parent, "relate-measures"),
            ["first": welding, "second": training, "relation": "concurrent-with-start", "tolerance": 20])

        func open(_ caller: Caller, _ what: String) async throws -> [JSON] {
            try await caller.get("/v1/timing/\(what)?state=open").json["items"].items
        }
        func kinds(_ caller: Caller) async throws -> Set<String> {
            Set(try await open(caller, "findings").compactMap { $0["kind"].text })
        }
        for caller in [jobCentre, youthOffice] {
            try await eventually("it is found") {
                try await kinds(caller).isSuperset(of: ["relation", "household-step"])
            }
            try await eventually("something is proposed") { try await open(caller, "proposals").count == 1 }
        }
        let relation = try #require(try await open(youthOffice, "findings").first { $0["kind"].text == "relation" })
        #expect(relation["days"].int == 120)
        #expect(Set(relation["grounds"].items.map { $0["id"] }) == [welding, training])
        let types = relation["events"].items.compactMap { $0["type"].text }
        #expect(types.sorted() == ["MeasureAdded", "MeasureAdded", "MeasuresRelated"])

        let proposal = try #require(try await open(jobCentre, "proposals").first)
        let shifts = proposal["shifts"].items
        let days = Dictionary(uniqueKeysWithValues: shifts.map { ($0["measureId"], $0["days"].int ?? 0) })
        let (later, earlier) = (days[welding] ?? 0, days[training] ?? 0)
        #expect(later - earlier == 120 && (50...60).contains(later) && (-70...(-60)).contains(earlier), "\(shifts)")

        let id: JSON = ["proposalId": proposal["proposalId"]]
        try await ask(jobCentre, path(parent, "accept-alignment"), id)
        try await ask(youthOffice, path(youth, "accept-alignment"), id)
        for caller in [jobCentre, youthOffice] {
            try await eventually("it is in step") {
                let left = try await kinds(caller)
                let proposals = try await open(caller, "proposals")
                return left.isDisjoint(with: ["relation", "household-step", "sequence"]) && proposals.isEmpty
            }
        }
        func measure(_ caller: Caller, _ office: String, _ id: JSON) async throws -> JSON {
            try await caller.get("/v1/\(office)/cases/\(id.text ?? "")").json["plans"][0]["measures"][0]
        }
        let moved = try await measure(jobCentre, "job-centre", parent)
        let met = try await measure(youthOffice, "youth-office", youth)
        #expect(moved["window"]["from"] == day(10 + later) && met["window"]["from"] == day(150 + earlier))
        for (caller, office, id) in [(jobCentre, "job-centre", parent), (youthOffice, "youth-office", youth)] {
            let file = try await caller.get("/v1/\(office)/cases/\(id.text ?? "")").json
            #expect(file["commitments"].items.contains { $0["office"].text == office }, "\(file["commitments"])")
        }
        #expect(try await installation.verify().status == 0)
        try await installation.stop()
    }
}
