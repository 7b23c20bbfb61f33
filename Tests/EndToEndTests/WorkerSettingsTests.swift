import Foundation
import Ledger
import Testing

@Suite("The worker's settings for proposals", .serialized)
struct WorkerSettingsTests {
    @Test("say by how much measures are to overlap, when an answer is due, and which office rather moves")
    func terms() async throws {
        let installation = try await Installation.start(settings: [
            "GLEICHTAKT_OVERLAP_DAYS": "7", "GLEICHTAKT_ANSWER_DAYS": "5", "GLEICHTAKT_YOUTHOFFICE_SHIFT_WEIGHT": "2",
            "GLEICHTAKT_JOBCENTRE_CAPACITY_TO": "2199-12-31",
        ])
        let today = LedgerClock.system.today
        let administrator = try await installation.caller("administrator", subject: "ad-1")
        let jobCentre = try await installation.caller("caseworker", office: "job-centre", subject: "jc-1")
        let youthOffice = try await installation.caller("caseworker", office: "youth-office", subject: "yo-1")
        #expect(try await administrator.post("/v1/areas/gallus/publish-area", ["name": "Gallus"]).status == 201)
        let household = UUID().uuidString.lowercased()
        func plan(_ caller: Caller, _ office: String, _ subject: String, from: Int, to: Int) async throws -> String {
            let (id, plan) = (UUID().uuidString.lowercased(), UUID().uuidString.lowercased())
            let commands: [(String, JSON)] = [
                (
                    "register-participant",
                    ["givenName": "Invented", "familyName": "Person", "bornOn": "1990-04-05", "areaId": "gallus"]
                ),
                (
                    "engage-office",
                    ["office": .string(office), "caseworker": .string(subject), "legalBasis": "§ 15 SGB II"]
                ),
                ("join-household", ["householdId": .string(household), "role": "adult"]),
                ("draft-plan", ["planId": .string(plan), "kind": "participation", "goal": "a goal"]),
                (
                    "add-measure",
                    [
                        "planId": .string(plan), "measureId": .string(UUID().uuidString.lowercased()),
                        "strand": "education",
                        "window": [
                            "from": .string((today + from).description), "to": .string((today + to).description),
                        ],
                    ]
                ), ("agree-plan", ["planId": .string(plan)]),
            ]
            for (command, body) in commands {
                let answer = try await caller.post("/v1/cases/\(id)/\(command)", body)
                #expect(answer.status < 300, "\(command): \(answer.text)")
            }
            return id
        }
        let adult = try await plan(jobCentre, "job-centre", "jc-1", from: 30, to: 90)
        _ = try await plan(youthOffice, "youth-office", "yo-1", from: 152, to: 212)
        var proposal = JSON.null
        try await eventually("something is proposed") {
            proposal = try await jobCentre.get("/v1/timing/proposals?state=open").json["items"][0]
            return proposal["proposalId"].text != nil
        }
        // 61 days lie between the two; the job centre's weigh less.
        #expect(proposal["shifts"].items.map { $0["days"].int } == [68] && proposal["waitsForUs"] == .bool(true))
        let proposedOn = try #require(proposal["proposedOn"].text.flatMap { CalendarDate($0) })
        #expect(proposal["answerDue"].text == (proposedOn + 5).description)

        let timeline = try await jobCentre.get("/v1/cases/\(adult)/timeline").json["intervals"].items
        #expect(timeline.filter { $0["kind"] == "proposal" }.map { $0["id"] } == [proposal["proposalId"]])
        let months = "from=\((today + 30).month)&to=\((today + 212).month)"
        let would = try await jobCentre.get("/v1/cases/\(adult)/simultaneity?\(months)").json
        #expect(would["proposals"].items == [proposal["proposalId"]] && would["isPartial"] == .bool(false))
        func days(_ layer: String) -> Int {
            would["items"].items.reduce(0) { $0 + ($1[layer]["activeDays"].int ?? 0) }
        }
        #expect(days("planned") == 61 && days("ifAccepted") == 61 && days("recorded") == 0)
        #expect(would["items"].items.first?["planned"] != would["items"].items.first?["ifAccepted"])
        let calendar = try await jobCentre.get("/v1/job-centre/calendar.ics").text
        #expect(calendar.contains("SUMMARY:Answer to a proposal\\, case …\(adult.suffix(6))"), "\(calendar)")
        try await installation.stop()
    }

    @Test(
        "are refused with what they can be",
        arguments: [
            ("GLEICHTAKT_JOBCENTRE_CAPACITY_FROM", "someday", "YYYY-MM-DD"),
            ("GLEICHTAKT_SOCIALOFFICE_SHIFT_WEIGHT", "-1", "it can be 0 to 1000000000"),
        ])
    func flawed(_ name: String, _ value: String, _ words: String) async throws {
        let (status, output) = try await Program(
            executable: Installation.executable, arguments: ["work", "--data", "/nonexistent"],
            environment: [name: value]
        ).run(merging: true)
        #expect(status != 0 && output.contains(name) && output.contains(words), "\(output)")
    }
}
