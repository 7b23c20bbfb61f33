import Foundation
import Ledger
import Testing

@Suite("Deadlines over HTTP", .serialized)
struct DeadlineTests {
    @Test("are set by the shipped rules, seen by the office that has to act, decided about by it, and met")
    func story() async throws {
        let installation = try await Installation.start()
        let today = LedgerClock.system.today
        // Six months after this day end within the next two weeks, whatever months they are.
        let agreed = today.adding(months: -6) + 5
        let jobCentre = try await installation.caller("caseworker", office: "job-centre", subject: "jc-1")
        let youthOffice = try await installation.caller("caseworker", office: "youth-office", subject: "yo-1")
        let administrator = try await installation.caller("administrator", subject: "admin")
        let id = UUID.timeOrdered(at: LedgerClock.system.now).uuidString.lowercased()
        let path = "/v1/cases/\(id)"
        func ask(_ caller: Caller, _ path: String, _ body: JSON, status: Int = 200) async throws {
            let answer = try await caller.post(path, body)
            #expect(answer.status == status, "\(path): \(answer.text)")
        }
        try await ask(administrator, "/v1/areas/gallus/publish-area", ["name": "Gallus", "land": "HE"], status: 201)
        let since = JSON.string((agreed - 5).description)
        try await ask(
            jobCentre, "\(path)/register-participant",
            [
                "givenName": "Dora", "familyName": "Deadline", "bornOn": "1990-04-05", "areaId": "gallus",
                "effectiveOn": since,
            ], status: 201)
        for (caller, office, subject) in [(jobCentre, "job-centre", "jc-1"), (youthOffice, "youth-office", "yo-1")] {
            try await ask(
                caller, "\(path)/engage-office",
                [
                    "office": .string(office), "caseworker": .string(subject), "legalBasis": "§ 15 SGB II",
                    "effectiveOn": since,
                ])
        }
        try await ask(jobCentre, "\(path)/assess-potential", ["goals": ["to work"], "effectiveOn": since])
        try await ask(
            jobCentre, "\(path)/draft-plan",
            ["planId": .string(UUID().uuidString), "kind": "cooperation", "goal": "to work", "effectiveOn": since])
        try await ask(
            jobCentre, "\(path)/add-measure",
            [
                "measureId": .string(UUID().uuidString), "strand": "education",
                "window": ["from": .string(agreed.description), "to": .string((today + 90).description)],
            ])
        try await ask(
            jobCentre, "\(path)/agree-plan", ["participantAgreedOn": .string(agreed.description)])

        func findings(_ caller: Caller) async throws -> [JSON] {
            try await caller.get("/v1/timing/findings?kind=deadline&state=open").json["items"].items
        }
        func deadlines(_ caller: Caller, _ office: String) async throws -> [JSON] {
            try await caller.get("/v1/\(office)/cases/\(id)").json["deadlines"].items
        }
        let end = agreed.adding(months: 6)
        try await eventually("it is found") { try await findings(jobCentre).count == 1 }
        let finding = try #require(try await findings(jobCentre).first)
        #expect(finding["standing"].text == "upcoming" && finding["to"].text == end.description)
        #expect(finding["grounds"].items.compactMap { $0["fact"].text } == ["duty", "duty"])
        let types = finding["events"].items.compactMap { $0["type"].text }
        #expect(Set(types).isSuperset(of: ["PlanAgreed", "DeadlineSet"]), "\(types)")
        let deadline = try #require(try await deadlines(jobCentre, "job-centre").first)
        #expect(deadline["standing"].text == "upcoming" && deadline["ruleId"].text == "cooperation-plan")
        let worklist = try await jobCentre.get("/v1/job-centre/cases?dueBefore=\(end + 1)")
        #expect(worklist.text.contains(#""deadline""#), "\(worklist.text)")
        #expect(try await findings(youthOffice).isEmpty)
        #expect(try await deadlines(youthOffice, "youth-office").isEmpty)

        let deadlineId = deadline["deadlineId"]
        let reason: JSON = "The participant is ill."
        let suspension: JSON = ["deadlineId": deadlineId, "reason": reason]
        try await ask(youthOffice, "\(path)/suspend-deadline", suspension, status: 403)
        try await ask(
            jobCentre, "\(path)/extend-deadline",
            ["deadlineId": deadlineId, "until": .string(end.description), "reason": reason], status: 409)
        try await ask(
            jobCentre, "\(path)/extend-deadline",
            ["deadlineId": deadlineId, "until": .string((today + 60).description)], status: 400)
        try await ask(jobCentre, "\(path)/set-deadline", ["deadlineId": deadlineId], status: 404)
        try await ask(jobCentre, "\(path)/suspend-deadline", suspension)
        try await eventually("it is no finding while it is suspended") { try await findings(jobCentre).isEmpty }
        try await ask(jobCentre, "\(path)/resume-deadline", ["deadlineId": deadlineId])
        try await ask(
            jobCentre, "\(path)/shorten-deadline",
            ["deadlineId": deadlineId, "until": .string(today.description), "reason": "It is urgent."])
        try await eventually("it is due today, which is not overdue") {
            try await findings(jobCentre).first?["standing"].text == "due-today"
        }
        #expect(try await findings(jobCentre).first?["days"].int == 0)
        try await ask(
            jobCentre, "\(path)/shorten-deadline",
            ["deadlineId": deadlineId, "until": .string((today - 1).description), "reason": "It was urgent."])
        try await eventually("it is overdue") {
            try await findings(jobCentre).first?["standing"].text == "overdue"
        }
        #expect(try await findings(jobCentre).first?["days"].int == 1)
        try await ask(jobCentre, "\(path)/review-plan", [:])
        try await eventually("it is met, and the next one runs") {
            try await deadlines(jobCentre, "job-centre").map { $0["state"].text } == ["met", "running"]
        }
        try await eventually("nothing is out of step") { try await findings(jobCentre).isEmpty }
        let former = try await deadlines(jobCentre, "job-centre").first?["formerEnds"].items ?? []
        #expect(former.map { $0["endsOn"].text } == [end.description, today.description])
        #expect(former.map { $0["reason"].text } == ["It is urgent.", "It was urgent."])
        let calendar = try await jobCentre.get("/v1/job-centre/calendar.ics").text
        #expect(calendar.contains("CATEGORIES:Deadline"), "\(calendar)")
        let timeline = try await jobCentre.get("\(path)/timeline").json["intervals"].items
        #expect(timeline.count { $0["kind"].text == "deadline" } == 2)
        let verified = try await installation.verify()
        #expect(verified.status == 0, "\(verified.output)")
        try await installation.stop()
    }
}
