import Foundation
import Ledger
import Testing

extension ErasureTests {
    /// What is planted beside ``PlantedStory``, so that every kind of sealed text has been written once.
    private struct Plants {
        let story: PlantedStory
        private(set) var values: [String] = []
        private(set) var steps: [PlantedStory.Step] = []

        init(_ story: PlantedStory, area: String) {
            self.story = story
            person(area)
            dataProtection()
            referrals()
            conferences()
            meetings()
        }

        func id(_ name: String) -> JSON { .string(story.planted.id("erased \(name)")) }
        func day(_ offset: Int) -> JSON { .string((story.today + offset).description) }

        mutating func plant(_ name: String) -> JSON {
            let value = "Zq-\(name)-to-be-erased-qz"
            values.append(value)
            return .string(value)
        }

        mutating func add(_ office: String, _ command: String, _ body: JSON) {
            steps.append(PlantedStory.Step(office: office, command: command, body: body))
        }

        private mutating func person(_ area: String) {
            add(
                "job-centre", "correct-participant",
                [
                    "givenName": plant("given"), "familyName": plant("family"), "bornOn": "1990-02-03",
                    "address": ["street": plant("street"), "city": plant("city")],
                    "contact": ["phone": plant("phone"), "note": plant("contact")],
                ])
            add("job-centre", "move-participant", ["areaId": .string(area), "address": ["street": plant("moved")]])
        }

        private mutating func dataProtection() {
            add(
                "job-centre", "dispute-data",
                ["disputeId": id("dispute"), "about": "potential", "statement": plant("disputed")])
            add(
                "job-centre", "settle-dispute",
                ["disputeId": id("dispute"), "outcome": "confirmed", "reason": plant("settled")])
            add(
                "job-centre", "restrict-processing",
                ["restrictionId": id("restriction"), "ground": "accuracy-contested", "reason": plant("restricted")])
            add(
                "job-centre", "lift-restriction",
                ["restrictionId": id("restriction"), "participantToldOn": day(0), "reason": plant("unrestricted")])
            add("job-centre", "set-legal-hold", ["holdId": id("hold"), "reason": plant("held")])
            add("job-centre", "lift-legal-hold", ["holdId": id("hold"), "reason": plant("released")])
            add(
                "social-office", "record-fact",
                ["factId": id("fact"), "fact": "continuing-support-begun", "on": day(-9)])
            add(
                "social-office", "correct-fact",
                ["factId": id("fact"), "on": day(-8), "reason": plant("corrected")])
        }

        private mutating func referrals() {
            for (name, office, command) in [
                ("declined", "social-office", "decline-referral"), ("withdrawn", "job-centre", "withdraw-referral"),
            ] {
                add(
                    "job-centre", "request-referral",
                    [
                        "referralId": id(name), "to": "social-office", "service": "advice",
                        "reason": plant("ask \(name)"),
                        "legalBasis": "§ 69 SGB X", "categories": ["employment"],
                    ])
                add(office, command, ["referralId": id(name), "reason": plant(name)])
            }
        }

        private mutating func conferences() {
            add(
                "job-centre", "call-conference",
                [
                    "conferenceId": id("cancelled"), "participants": ["social-office"],
                    "at": .string("\(story.today + 8)T14:00"), "place": plant("room"),
                ])
            add(
                "job-centre", "cancel-conference",
                ["conferenceId": id("cancelled"), "reason": plant("no conference")])
            add(
                "job-centre", "call-conference",
                [
                    "conferenceId": id("held"), "participants": ["social-office"],
                    "at": .string("\(story.today - 1)T15:00"), "effectiveOn": day(-2),
                ])
            add(
                "job-centre", "minute-conference",
                [
                    "conferenceId": id("held"), "minutes": plant("minutes"),
                    "agreements": .array(
                        ["keep", "break", "withdraw"].map {
                            ["office": "social-office", "what": plant("agreed to \($0)"), "by": day(20)]
                        }),
                ])
        }

        private mutating func meetings() {
            add(
                "job-centre", "schedule-appointment",
                [
                    "appointmentId": id("missed"), "at": .string("\(story.today - 1)T08:00"), "minutes": 30,
                    "place": plant("place"), "reason": plant("talk"), "effectiveOn": day(-2),
                ])
            add("job-centre", "miss-appointment", ["appointmentId": id("missed"), "reason": plant("missed")])
            add(
                "job-centre", "offer-placement",
                [
                    "placementId": id("job"), "employer": "Werkhof", "kind": "job", "hoursPerWeek": 5,
                    "startsOn": day(-1), "effectiveOn": day(-2),
                ])
            add(
                "job-centre", "accept-placement",
                ["placementId": id("job"), "reason": plant("accepted"), "effectiveOn": day(-2)])
            add(
                "job-centre", "start-placement",
                ["placementId": id("job"), "on": day(-1), "reason": plant("started")])
            add(
                "job-centre", "end-placement",
                ["placementId": id("job"), "on": day(0), "incomeCover": ["kind": "wage"]])
        }
    }

    /// What is sealed, and is not written in this story: other tests do that, or the law keeps it for years.
    private static let elsewhere: Set<String> = [
        "AlignmentAccepted", "AlignmentCountered", "AlignmentDeclined", "CaseAbsorbed", "CaseMerged", "CaseReleased",
        "CaseUnmerged", "DeadlineExtended", "DeadlineShortened", "DeadlineSuspended", "IdentityDecided",
        "ReductionLifted",
    ]

    @Test("leaves no text of any kind that was sealed, and no other one but where it is part of what was done")
    func everyText() async throws {
        let installation = try await Installation.start()
        let area = "gallus"
        let planted = PlantedStory(
            PlantedCase(standing: .engaged, opening: .everything), today: LedgerClock.system.today, area: area)
        var plants = Plants(planted, area: area)
        let id = planted.planted.caseId
        var callers: [String: Caller] = [:]
        for office in ["job-centre", "youth-office", "social-office"] {
            callers[office] = try await installation.caller("caseworker", office: office, subject: "\(office)-1")
        }
        func post(_ step: PlantedStory.Step) async throws {
            let answer = try await #require(callers[step.office]).post("/v1/cases/\(id)/\(step.command)", step.body)
            #expect((200...201).contains(answer.status), "\(step.command): \(answer.text)")
        }
        let administrator = try await installation.caller("administrator", subject: "admin")
        _ = try await administrator.post("/v1/areas/\(area)/publish-area", ["name": "Gallus"])
        // The law has vouchers kept for years, which would bar erasure.
        let steps = planted.steps.filter { !$0.command.hasSuffix("-voucher") }
        for step in steps + plants.steps { try await post(step) }

        // What the social office committed itself to is known once it is asked for.
        try await installation.waitUntilAtRest()
        let file = try await #require(callers["social-office"]).get("/v1/social-office/cases/\(id)").json
        let all = file["commitments"].items
        let commitments = all.filter { $0["conferenceId"] == plants.id("held") }
        try #require(commitments.count == 3 && all.count == 4, "\(file["commitments"])")
        let done = plants.steps.count
        for (commitment, command) in zip(commitments, ["keep", "break", "withdraw"]) {
            plants.add(
                "social-office", "\(command)-commitment",
                ["commitmentId": commitment["commitmentId"], "note": plants.plant(command)])
        }
        plants.add(
            "social-office", "reply-to-commitment",
            ["commitmentId": commitments[1]["commitmentId"], "note": plants.plant("reply")])
        for commitment in all where !commitments.contains(commitment) {
            plants.add("social-office", "keep-commitment", ["commitmentId": commitment["commitmentId"]])
        }
        for office in callers.keys.sorted() {
            plants.add(
                office, "cancel-appointment", ["appointmentId": .string(planted.planted.id("talk \(office)"))])
        }
        for (office, measure) in [("youth-office", "group"), ("social-office", "debts")] {
            plants.add(
                office, "abandon-measure",
                ["measureId": .string(planted.planted.id(measure)), "reason": "The story ends."])
        }
        plants.add("job-centre", "close-case", [:])
        for step in plants.steps[done...] { try await post(step) }
        try await installation.waitUntilAtRest()

        // Every kind of sealed text there is has been written, and is sealed.
        let catalogue = try JSON(parsing: Data(try await installation.run("export", "--format", "schema").utf8))
        guard case .object(let shapes) = catalogue["$defs"] else { return #expect(Bool(false), "no catalogue") }
        let sealed = shapes.filter { $0.key.hasPrefix("case.") && $0.value["properties"]["personal"] != .null }
        let types = Set(sealed.keys.map { String($0.split(separator: ".")[1]) })
        let written = "SELECT DISTINCT type FROM ledger.events WHERE personal IS NOT NULL"
        #expect(types.subtracting(try await installation.rows(written)) == Self.elsewhere)
        let readable = try await installation.rows("SELECT convert_from(payload, 'UTF8') FROM ledger.events")
        func isReadable(_ value: String) -> Bool { readable.contains { $0.contains(value) } }
        for value in plants.values { #expect(!isReadable(value), "\(value) is not sealed") }
        let told = steps.map(\.body.serialized).joined()
        let values = planted.plants.map(\.value).filter(told.contains) + plants.values
        let secrets = values.filter { !isReadable($0) }
        #expect(secrets.count >= 50 && secrets.count < values.count)
        try await installation.sql("ANALYZE")
        let before = try await everything(installation)
        #expect(before.contains { $0.hasPrefix("views.") && $0.contains("Zq") }, "the views show nothing of it")

        #expect(try await installation.run("erase", id).contains("is erased"))
        try await installation.waitUntilAtRest()
        try await installation.sql("ANALYZE")
        try await expectNothing(secrets, installation)
        // The history, what an office's file tells of it, and the purpose of a consent that allowed a look, which the
        // planner's statistics know as well when several looks had it.
        let places = ["ledger.events ", "views.office_case_files ", "audit.reads ", "pg_stats reads basis "]
        for row in try await everything(installation) where row.contains("Zq") {
            #expect(places.contains(where: row.hasPrefix), "\(row.prefix(300))")
        }
        let exported = try await installation.run("export", "--format", "ndjson")
        for value in secrets { #expect(!exported.contains(value), "\(value)") }
        let verified = try await installation.verify()
        #expect(verified.status == 0, "\(verified.output)")
        try await installation.stop()
    }
}
