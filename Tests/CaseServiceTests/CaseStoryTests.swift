import CaseFile
import CaseTiming
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Testing

@testable import CaseService
@testable import CaseViews

/// A whole case through the API, and what auditors and the API document say of it.
@Suite struct CaseStoryTests {
    private static let id = "0198c0de-0000-7000-8000-000000000001"
    private static let headers = ["Audit-Reason": "Story"]

    private struct Step: Sendable {
        var office: Office
        var command: String
        var body: String
    }

    private static func step(_ office: Office, _ command: String, _ body: String) -> Step {
        Step(office: office, command: command, body: body)
    }

    private static let story = [
        step(.youthOffice, "register-participant", ServiceFixture.registration()),
        step(
            .youthOffice, "engage-office", #"{"office":"youth-office","caseworker":"yo-7","legalBasis":"§13 SGB VIII"}"#
        ),
        step(.jobCentre, "engage-office", #"{"office":"job-centre","caseworker":"jc-1"}"#),
        step(
            .youthOffice, "grant-consent",
            #"{"categories":["timing","education"],"recipients":["job-centre"],"purpose":"Plan together."}"#),
        step(
            .youthOffice, "withdraw-consent", #"{"categories":["education"],"recipients":["job-centre"]}"#),
        step(
            .youthOffice, "join-household", #"{"householdId":"0198c0de-0000-7000-8000-000000000011","role":"youth"}"#),
        step(
            .youthOffice, "assess-potential",
            #"{"strengths":["keeps at it"],"goals":["weld"],"level":2,"occupationsSought":["24422"]}"#),
        step(
            .youthOffice, "draft-plan",
            #"{"planId":"0198c0de-0000-7000-8000-000000000021","kind":"youth-support","goal":"School","reviewEvery":6.0}"#
        ),
        step(
            .youthOffice, "add-measure",
            """
            {"measureId":"0198c0de-0000-7000-8000-000000000031","title":"Welding","strand":"education",\
            "window":{"from":"2026-03-02","to":"2026-08-28"},"hoursPerWeek":19.5,\
            "weeklySlots":[{"weekday":2,"from":"08:00","to":"12:30"}]}
            """),
        step(
            .youthOffice, "add-measure",
            """
            {"measureId":"0198c0de-0000-7000-8000-000000000032","strand":"education",\
            "window":{"from":"2026-03-09","to":"2026-09-25"}}
            """),
        step(
            .youthOffice, "relate-measures",
            """
            {"first":"0198c0de-0000-7000-8000-000000000031","second":"0198c0de-0000-7000-8000-000000000032",\
            "relation":"concurrent","tolerance":30}
            """),
        step(.youthOffice, "agree-plan", #"{"participantAgreedOn":"2026-03-02","effectiveOn":"2026-03-02"}"#),
        step(
            .youthOffice, "correct-participant",
            #"{"schooling":"Hauptschulabschluss","contact":{"mobile":"0151 5550100"},"reason":"Said so."}"#),
        step(
            .youthOffice, "move-participant",
            #"{"areaId":"frankfurt-gallus","address":{"city":"Frankfurt"},"from":"2026-03-10"}"#),
        step(
            .youthOffice, "schedule-appointment",
            """
            {"appointmentId":"0198c0de-0000-7000-8000-000000000071","at":"2026-03-16T10:00","minutes":45,\
            "place":"At home.","reason":"Talk."}
            """),
        step(
            .youthOffice, "schedule-appointment",
            #"{"appointmentId":"0198c0de-0000-7000-8000-000000000072","at":"2026-03-16T10:45"}"#),
        step(
            .youthOffice, "schedule-appointment",
            #"{"appointmentId":"0198c0de-0000-7000-8000-000000000073","at":"2026-03-20T10:45"}"#),
        step(.youthOffice, "keep-appointment", #"{"appointmentId":"0198c0de-0000-7000-8000-000000000071"}"#),
        step(
            .youthOffice, "miss-appointment",
            #"{"appointmentId":"0198c0de-0000-7000-8000-000000000072","reason":"Ill."}"#),
        step(
            .youthOffice, "cancel-appointment",
            #"{"appointmentId":"0198c0de-0000-7000-8000-000000000073","reason":"Strike."}"#),
        step(
            .youthOffice, "revise-measure",
            """
            {"measureId":"0198c0de-0000-7000-8000-000000000032","window":{"from":"2026-03-16","to":"2026-10-02"},\
            "hoursPerWeek":20,"remove":["latestEnd"],"reason":"Begins later."}
            """),
        step(
            .youthOffice, "unrelate-measures",
            """
            {"first":"0198c0de-0000-7000-8000-000000000031","second":"0198c0de-0000-7000-8000-000000000032"}
            """),
        step(
            .youthOffice, "start-measure",
            #"{"measureId":"0198c0de-0000-7000-8000-000000000031","on":"2026-03-03"}"#),
        step(
            .youthOffice, "pause-measure",
            #"{"measureId":"0198c0de-0000-7000-8000-000000000031","on":"2026-03-05","reason":"Rebuilding."}"#),
        step(
            .youthOffice, "resume-measure",
            #"{"measureId":"0198c0de-0000-7000-8000-000000000031","on":"2026-03-09"}"#),
        step(
            .youthOffice, "review-plan",
            #"{"on":"2026-03-10","findings":"It helps.","nextReview":"2026-09-10"}"#),
        step(
            .youthOffice, "complete-measure",
            #"{"measureId":"0198c0de-0000-7000-8000-000000000031","on":"2026-03-13","outcome":"Passed."}"#),
        step(
            .youthOffice, "abandon-measure",
            #"{"measureId":"0198c0de-0000-7000-8000-000000000032","reason":"Closed."}"#),
        step(
            .jobCentre, "offer-placement",
            """
            {"placementId":"0198c0de-0000-7000-8000-000000000041","employer":"Metallbau","kind":"job",\
            "wage":{"amount":"1650.50","currency":"EUR"},"hoursPerWeek":38.5,"startsOn":"2026-03-16"}
            """),
        step(
            .jobCentre, "refuse-placement",
            #"{"placementId":"0198c0de-0000-7000-8000-000000000041","reason":"Nights.","importantReasonClaimed":true}"#),
        step(
            .jobCentre, "offer-placement",
            #"{"placementId":"0198c0de-0000-7000-8000-000000000042","employer":"Werkhof","kind":"apprenticeship"}"#),
        step(.jobCentre, "accept-placement", #"{"placementId":"0198c0de-0000-7000-8000-000000000042"}"#),
        step(.jobCentre, "start-placement", #"{"placementId":"0198c0de-0000-7000-8000-000000000042"}"#),
        step(
            .jobCentre, "offer-placement",
            """
            {"placementId":"0198c0de-0000-7000-8000-000000000043","employer":"Werkhof","kind":"subsidised",\
            "hoursPerWeek":10,"startsOn":"2025-09-01","endsOn":"2026-08-31"}
            """),
        step(.jobCentre, "accept-placement", #"{"placementId":"0198c0de-0000-7000-8000-000000000043"}"#),
        step(
            .jobCentre, "start-placement",
            #"{"placementId":"0198c0de-0000-7000-8000-000000000043","on":"2025-09-01"}"#),
        step(
            .jobCentre, "extend-placement",
            #"{"placementId":"0198c0de-0000-7000-8000-000000000043","endsOn":"2027-08-31","reason":"Kept on."}"#),
        step(
            .jobCentre, "record-retention",
            #"{"placementId":"0198c0de-0000-7000-8000-000000000043","afterMonths":6,"stillEmployed":true}"#),
        step(
            .jobCentre, "grant-wage-subsidy",
            """
            {"subsidyId":"0198c0de-0000-7000-8000-000000000081",\
            "placementId":"0198c0de-0000-7000-8000-000000000043","scheme":"wage-subsidy-16e",\
            "schedule":[{"from":"2025-09-01","rate":75},{"from":"2026-09-01","rate":50}],"ruleVersion":"2019-01-01"}
            """),
        step(
            .jobCentre, "stop-wage-subsidy",
            #"{"subsidyId":"0198c0de-0000-7000-8000-000000000081","on":"2026-03-31","reason":"No wage."}"#),
        step(
            .jobCentre, "end-placement",
            #"{"placementId":"0198c0de-0000-7000-8000-000000000043","reason":"Over."}"#),
        step(
            .jobCentre, "issue-voucher",
            """
            {"voucherId":"0198c0de-0000-7000-8000-000000000082","kind":"activation-and-placement",\
            "value":{"amount":"2400.00","currency":"EUR"},\
            "scope":{"goal":"Job coaching","region":"Hessen","until":"2026-06-30"}}
            """),
        step(
            .jobCentre, "redeem-voucher",
            """
            {"voucherId":"0198c0de-0000-7000-8000-000000000082","provider":"Werkhof",\
            "value":{"amount":"2250.00","currency":"EUR"},\
            "measure":{"content":"employer-measure","from":"2026-03-16","to":"2026-04-17"}}
            """),
        step(
            .youthOffice, "issue-voucher",
            """
            {"voucherId":"0198c0de-0000-7000-8000-000000000084","kind":"service",\
            "scope":{"goal":"Childcare","until":"2026-06-30"}}
            """),
        step(
            .youthOffice, "revoke-voucher",
            #"{"voucherId":"0198c0de-0000-7000-8000-000000000084","reason":"No need."}"#),
        step(
            .jobCentre, "decide-reduction",
            """
            {"reductionId":"0198c0de-0000-7000-8000-000000000083","percentage":10,"months":1,\
            "ground":"missed-report","hearingHeldOn":"2026-03-12","hardshipExamined":true}
            """),
        step(
            .jobCentre, "lift-reduction",
            #"{"reductionId":"0198c0de-0000-7000-8000-000000000083","reason":"Was ill.","revoked":true}"#),
        step(
            .jobCentre, "end-placement",
            #"{"placementId":"0198c0de-0000-7000-8000-000000000042","reason":"Closed.","incomeCover":{"kind":"benefit"}}"#
        ),
        step(.youthOffice, "conclude-plan", #"{"outcome":"In training."}"#),
        step(
            .youthOffice, "request-referral",
            """
            {"referralId":"0198c0de-0000-7000-8000-000000000081","to":"job-centre","service":"Placement",\
            "reason":"Wants to weld.","legalBasis":"§ 69 SGB X"}
            """),
        step(
            .jobCentre, "accept-referral",
            #"{"referralId":"0198c0de-0000-7000-8000-000000000081","reason":"Has an opening.","by":"jc-1"}"#),
        step(
            .jobCentre, "complete-referral",
            #"{"referralId":"0198c0de-0000-7000-8000-000000000081","result":"Begins in May."}"#),
        step(
            .youthOffice, "request-referral",
            """
            {"referralId":"0198c0de-0000-7000-8000-000000000082","to":"social-office","service":"Housing",\
            "legalBasis":"§ 69 SGB X"}
            """),
        step(
            .socialOffice, "decline-referral",
            #"{"referralId":"0198c0de-0000-7000-8000-000000000082","reason":"No flat."}"#),
        step(
            .jobCentre, "request-referral",
            """
            {"referralId":"0198c0de-0000-7000-8000-000000000083","to":"social-office","service":"Housing",\
            "legalBasis":"§ 69 SGB X"}
            """),
        step(
            .jobCentre, "withdraw-referral",
            #"{"referralId":"0198c0de-0000-7000-8000-000000000083","reason":"Found one."}"#),
        step(
            .youthOffice, "call-conference",
            """
            {"conferenceId":"0198c0de-0000-7000-8000-000000000091","participants":["job-centre"],\
            "at":"2026-03-16T14:00","consentReference":1,"place":"Town hall."}
            """),
        step(
            .jobCentre, "minute-conference",
            """
            {"conferenceId":"0198c0de-0000-7000-8000-000000000091","minutes":"All agreed.","agreements":[\
            {"office":"job-centre","what":"Pays the fare.","by":"2026-03-20",\
            "commitmentId":"0198c0de-0000-7000-8000-000000000095"},\
            {"office":"youth-office","what":"Calls the school.","by":"2026-03-18",\
            "commitmentId":"0198c0de-0000-7000-8000-000000000096"},\
            {"office":"youth-office","what":"Finds a tutor.","by":"2026-03-18",\
            "commitmentId":"0198c0de-0000-7000-8000-000000000097"}]}
            """),
        step(
            .jobCentre, "keep-commitment",
            #"{"commitmentId":"0198c0de-0000-7000-8000-000000000095","on":"2026-03-16","note":"Paid at once."}"#),
        step(
            .youthOffice, "break-commitment",
            #"{"commitmentId":"0198c0de-0000-7000-8000-000000000096","note":"School is out."}"#),
        step(
            .youthOffice, "reply-to-commitment",
            #"{"commitmentId":"0198c0de-0000-7000-8000-000000000096","note":"Nobody knew."}"#),
        step(
            .youthOffice, "withdraw-commitment",
            #"{"commitmentId":"0198c0de-0000-7000-8000-000000000097","note":"Has one."}"#),
        step(
            .youthOffice, "call-conference",
            """
            {"conferenceId":"0198c0de-0000-7000-8000-000000000092","participants":["job-centre"],\
            "at":"2026-03-17T14:00"}
            """),
        step(
            .youthOffice, "cancel-conference",
            #"{"conferenceId":"0198c0de-0000-7000-8000-000000000092","reason":"Settled by phone."}"#),
        step(.youthOffice, "leave-household", #"{"reason":"A flat of her own."}"#),
        step(.jobCentre, "close-case", #"{"reason":"Moved away."}"#),
        step(.jobCentre, "reopen-case", #"{"reason":"Came back."}"#),
        step(
            .youthOffice, "reassign-caseworker",
            #"{"office":"youth-office","caseworker":"yo-8","handoverNote":"Call after school."}"#),
        step(.jobCentre, "disengage-office", #"{"office":"job-centre","reason":"Done.","successor":"youth-office"}"#),
        step(.jobCentre, "engage-office", #"{"office":"job-centre"}"#),
        step(.jobCentre, "close-case", #"{"reason":"Moved away again."}"#),
    ]

    @Test(arguments: Way.allCases)
    func theStoryIsKeptWholeAndDescribed(_ way: Way) async throws {
        let fixture = try await ServiceFixture()
        let application = fixture.application()
        let document = try JSONParser.parse(application.openAPI)
        try await application.server().test(way.setup) { client in
            try await fixture.publishArea(client)
            for step in Self.story {
                let token = try await fixture.token(.caseworker, office: step.office, subject: step.office.rawValue)
                let answer = try await client.post("/v1/cases/\(Self.id)/\(step.command)", step.body, token: token)
                #expect(answer.status.kind == .successful, "\(step.command): \(answer.text)")
            }
            let auditor = try await fixture.token(.auditor)
            let state = try await client.get("/v1/audit/cases/\(Self.id)", token: auditor, headers: Self.headers).json
            #expect(state["status"] == "closed")
            #expect(state["participant"]?["givenName"] == "Mira")
            #expect(Self.first(state["plans"])?["goal"] == "School")
            let measure = Self.first(Self.first(state["plans"])?["measures"])
            #expect(measure?["status"] == "completed")
            #expect(measure?["outcome"] == "Passed.")
            #expect(measure?["hoursPerWeek"] == .number("19.5"))
            #expect(measure?["window"] == ["from": "2026-03-02", "to": "2026-08-28"])
            #expect(Self.first(state["placements"])?["wage"] == ["amount": "1650.50", "currency": "EUR"])
            #expect(Self.first(state["placements"])?["importantReasonClaimed"] == true)
            #expect(Self.first(state["subsidies"])?["rule"]?["source"] == "§ 16e SGB II")
            #expect(Self.first(state["vouchers"])?["status"] == "redeemed")
            #expect(Self.first(state["reductions"])?["isRevoked"] == true)
            Self.expect(state, toFit: "CaseState", of: document)
            for office in Office.allCases.prefix(2) {
                let file = try await client.get(
                    "/v1/audit/cases/\(Self.id)?office=\(office.rawValue)", token: auditor, headers: Self.headers)
                #expect(file.status == .ok, "\(file.text)")
                Self.expect(file.json, toFit: "OfficeCaseFile", of: document)
            }
            let events = try await client.get(
                "/v1/audit/cases/\(Self.id)/events", token: auditor, headers: Self.headers)
            Self.expect(events.json, toFit: "AuditEvents", of: document)
            guard case .array(let items) = events.json["items"] else { return }
            #expect(items.count >= Self.story.count)
            for personal in [
                "Mira", "Nights.", "0151 5550100", "At home.", "Ill.", "It helps.", "Call after", "Wants to weld.",
                "Has an opening.", "Begins in May.", "No flat.", "Found one.", "Town hall.",
                "All agreed.", "Pays the fare.", "Paid at once.", "School is out.", "Nobody knew.", "Has one.",
                "Settled by phone.", "Was ill.",
            ] {
                #expect(!events.text.contains(personal))
            }
        }
    }

    @Test func whatViewsAnswerIsDescribed() async throws {
        let document = try JSONParser.parse(try await ServiceFixture().application().openAPI)
        let day: CalendarDate = "2026-03-16"
        let id = try #require(UUID(uuidString: Self.id))
        func item(_ columns: WorklistItem.Columns) -> WorklistItem {
            WorklistItem(
                caseId: id, givenName: "a", familyName: "b", bornOn: day, areaId: "a", status: .open, caseworker: "c",
                relation: .engaged, since: day, registeredOn: day, closedOn: day, householdId: id, dueOn: day,
                dueReason: .planReview,
                agenda: [Due(on: day, reason: .planReview, subject: id, why: "x", rule: "cooperation-plan")],
                reviewDueOn: day, askedOn: day, askedReason: .referralAnswer, awaitedOn: day,
                awaitedReason: .referralCompletion, findings: [.gap], newestFindingOn: day, columns: columns)
        }
        let columns: [WorklistItem.Columns] = [
            .jobCentre(
                JobCentreColumns(
                    level: 1, occupationsSought: ["2"], placementState: .offered, placementStartsOn: day,
                    placementEndsOn: day, lastRefusalOn: day, nextStep: .planReview, nextStepOn: day)),
            .youthOffice(
                YouthOfficeColumns(
                    age: 1, nextTransitionOn: day, supportPlan: "draft", openMeasures: 1, otherMembers: 1)),
            .socialOffice(
                SocialOfficeColumns(
                    householdSize: 1, minors: 1, livingEnvironmentMeasures: 1, participationMeasures: 1,
                    placementEndsOn: day, incomeCoverFrom: day)),
        ]
        for columns in columns {
            let page = try JSONParser.parse(CaseViews.Page(items: [item(columns)], next: nil).json)
            Self.expect(try #require(Self.first(page["items"])), toFit: "WorklistItem", of: document)
        }
        let finding = FindingItem(
            id: id, kind: .gap, state: .open, offices: [.jobCentre], cases: [id], measures: [id], from: day, to: day,
            days: 1, standing: .dueToday, explanation: "x", openedOn: day, closedOn: day, area: "a",
            grounds: [FindingGround(.measure, in: id, id: id, office: .jobCentre)],
            events: [FindingEvent(caseID: id, version: 1, type: "MeasureAdded")])
        Self.expect(try Self.json(finding), toFit: "FindingItem", of: document)
        let report = SummaryReport(
            asOf: day,
            areas: [
                AreaSummary(
                    areaId: "a", name: "A", region: "R", municipality: "M",
                    rows: [SummaryRow(month: day.month, office: nil, cells: [:])])
            ])
        Self.expect(try Self.json(report), toFit: "SummaryReport", of: document)
    }

    /// Every member of the value is described in the schema, as far down as the schema goes.
    private static func expect(_ value: JSONValue, toFit schema: String, of document: JSONValue) {
        let schema = document["components"]?["schemas"]?[schema] ?? .null
        for path in undescribed(value, schema, "") { #expect(Bool(false), "\(path) is not described") }
    }

    private static func undescribed(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
        switch value {
        case .object(let members):
            guard let properties = schema["properties"] else { return schema["type"] == "object" ? [] : [path] }
            return members.flatMap { member in
                let path = "\(path)/\(member.name)"
                return properties[member.name].map { undescribed(member.value, $0, path) } ?? [path]
            }
        case .array(let elements):
            return elements.flatMap { undescribed($0, schema["items"] ?? .null, path + "/*") }
        default: return []
        }
    }

    private static func first(_ value: JSONValue?) -> JSONValue? {
        guard case .array(let elements) = value else { return nil }
        return elements.first
    }

    private static func json(_ value: some Encodable) throws -> JSONValue {
        try JSONParser.parse(Array(try ViewReader.encoded(value)))
    }
}
