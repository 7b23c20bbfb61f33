import CaseFile
import CaseTiming
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import Testing

@testable import CaseService
@testable import CaseViews

@Suite("The access report and the record of looks") struct AccessReportTests {
    private static let id = "0198c0de-0000-7000-8000-000000000001"
    private static let report = "/v1/audit/cases/\(id)/access-report"
    private static let looks = "/v1/audit/cases/\(id)/reads"
    private static let reason = ["Audit-Reason": "Request of 3 May"]

    /// A case of the youth office, at which the job centre has looked.
    private func withCase(
        _ way: Way = .router,
        _ test: @Sendable (ServiceFixture, any TestClientProtocol) async throws -> Void
    ) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(way.setup) { client in
            try await fixture.publishArea(client)
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            for (command, body) in [
                ("register-participant", ServiceFixture.registration("<b>Okafor</b>")),
                ("engage-office", #"{"office":"youth-office","legalBasis":"§ 13 SGB VIII"}"#),
                (
                    "grant-consent",
                    #"{"categories":["education"],"recipients":["job-centre"],"purpose":"one plan"}"#
                ),
                (
                    "request-referral",
                    #"{"referralId":"0198c0de-0000-7000-8000-000000000081","to":"job-centre","service":"advice","#
                        + #""answerDue":"2026-04-01","categories":["education"],"legalBasis":"§ 69 SGB X"}"#
                ),
            ] {
                let answer = try await client.post("/v1/cases/\(Self.id)/\(command)", body, token: token)
                #expect(answer.status.code < 300, "\(command): \(answer.text)")
            }
            try await fixture.reads.record(
                CaseRead(
                    caseID: UUID(uuidString: Self.id), view: "case",
                    actor: CaseFile.Actor(subject: "jc-9", role: .caseworker, office: .jobCentre),
                    at: fixture.time.clock.now, position: 4, reason: nil, requestID: "r", legalBasis: "§ 15 SGB II",
                    disclosed: [.init(from: .youthOffice, category: .education, basis: "consent 1: one plan")]))
            try await test(fixture, client)
        }
    }

    @Test(arguments: Way.allCases) func tellsEverythingWithSourcesAndRecipients(_ way: Way) async throws {
        try await withCase(way) { fixture, client in
            let token = try await fixture.token(.administrator, subject: "dpo-1")
            let answer = try await client.get(Self.report, token: token, headers: Self.reason)
            #expect(answer.status == .ok, "\(answer.text)")
            let report = answer.json
            #expect(report["data"]?["participant"]?["familyName"] == "<b>Okafor</b>")
            guard case .array(let controllers) = report["controllers"],
                case .array(let recipients) = report["recipients"],
                case .array(let looks) = report["looks"], case .array(let sources) = report["sources"]
            else {
                Issue.record("\(answer.text)")
                return
            }
            #expect(controllers.map { $0["legalBasis"]?.text } == ["§ 13 SGB VIII"])
            #expect(recipients.map { $0["how"]?.text } == ["look", "referral"])
            #expect(recipients.map { $0["basis"]?.text } == ["consent 1: one plan", "§ 69 SGB X"])
            #expect(recipients.allSatisfy { $0["office"] == "job-centre" && $0["from"] == "youth-office" })
            #expect(looks.map { $0["office"]?.text } == ["job-centre"])
            #expect(sources.compactMap { $0["event"]?.text }.first == "ParticipantRegistered")
            #expect(sources.allSatisfy { $0["office"] == "youth-office" })
            // Who exactly it was is for auditors.
            #expect(!answer.text.contains("jc-9") && !answer.text.contains("yo-7"))
            let read = try #require(fixture.reads.reads.last)
            #expect(read.view == "access-report" && read.reason == "Request of 3 May" && read.actor.subject == "dpo-1")
        }
    }

    @Test func isAPageOnWhichNothingRuns() async throws {
        try await withCase { fixture, client in
            let token = try await fixture.token(.administrator)
            let page = try await client.get("\(Self.report)?format=html", token: token, headers: Self.reason)
            #expect(page.status == .ok && page.headers[.contentType] == "text/html; charset=utf-8")
            #expect(page.text.contains("&lt;b&gt;Okafor&lt;/b&gt;") && !page.text.contains("<b>Okafor"))
            #expect(!page.text.contains("<script") && !page.text.contains("http"))
            #expect(page.text.contains("§ 69 SGB X") && page.text.contains("§ 13 SGB VIII"))
            let policy = try #require(page.headers[HTTPField.Name("Content-Security-Policy")!])
            #expect(policy.contains("default-src 'none'") && !policy.contains("script"))
        }
    }

    @Test func isHandedOutByAdministratorsOfTheArea() async throws {
        try await withCase { fixture, client in
            for role in [Role.caseworker, .supervisor, .auditor, .partner] {
                let token = try await fixture.token(role, office: .youthOffice)
                #expect(try await client.get(Self.report, token: token, headers: Self.reason).problem == "forbidden")
            }
            let elsewhere = try await fixture.token(.administrator, areas: ["nied"])
            #expect(try await client.get(Self.report, token: elsewhere, headers: Self.reason).problem == "not-found")
            let token = try await fixture.token(.administrator)
            #expect(try await client.get(Self.report, token: token).problem == "malformed")
            let unknown = "/v1/audit/cases/\(UUID().uuidString)/access-report"
            #expect(try await client.get(unknown, token: token, headers: Self.reason).problem == "not-found")
        }
    }

    @Test func auditorsSeeWhoLooked() async throws {
        try await withCase { fixture, client in
            let token = try await fixture.token(.auditor, subject: "au-1")
            let answer = try await client.get("\(Self.looks)?limit=1", token: token, headers: Self.reason)
            #expect(answer.status == .ok, "\(answer.text)")
            guard case .array(let items) = answer.json["items"], case .number(let next)? = answer.json["next"] else {
                Issue.record("\(answer.text)")
                return
            }
            #expect(items.map { $0["actor"]?.text } == ["jc-9"])
            guard case .array(let disclosed)? = items[0]["disclosed"] else {
                Issue.record("\(answer.text)")
                return
            }
            #expect(disclosed.map { $0["basis"]?.text } == ["consent 1: one plan"])
            let later = try await client.get("\(Self.looks)?before=\(next)", token: token, headers: Self.reason)
            #expect(later.json["items"] == .array([]) && later.json["next"] == nil)
            // Their own looks are looks, too.
            let all = try await client.get(Self.looks, token: token, headers: Self.reason)
            #expect(all.text.contains("audit-reads") && all.text.contains("Request of 3 May"))
            #expect(try await client.get(Self.looks, token: token).problem == "malformed")
            let administrator = try await fixture.token(.administrator)
            #expect(
                try await client.get(Self.looks, token: administrator, headers: Self.reason).problem == "forbidden")
        }
    }
}
