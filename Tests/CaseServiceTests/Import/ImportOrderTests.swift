import CaseCommands
import CaseFile
import CaseTiming
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import NIOCore
import Testing

@testable import CaseService

/// What an import promises while its lines are carried out side by side.
@Suite struct ImportOrderTests {
    private func verdicts(_ answer: TestResponse) -> [JSONValue] {
        answer.text.split(separator: "\n").compactMap { try? JSONParser.parse(Array($0.utf8)) }
    }

    private func id(_ number: Int) -> String { "0198c0de-0000-7000-8000-" + String(100_000_000_000 + number) }

    private func post(_ text: String, _ token: String, _ client: any TestClientProtocol) async throws -> [JSONValue] {
        verdicts(try await client.post("/v1/import", text, token: token, type: "application/x-ndjson"))
    }

    @Test func aFileThatTellsEachCaseInOneGoIsCarriedOutAsItIsWritten() async throws {
        let fixture = try await ServiceFixture()
        let slow = HesitantHandler(handler: fixture.handler)
        try await fixture.application(commands: slow).server().test(.router) { client in
            let administrator = try await fixture.token(.administrator)
            let area = #"{"command":"publish-area","areaId":"frankfurt-gallus","data":{"name":"Gallus"}}"#
            #expect(try await post(area, administrator, client).map { $0["status"] } == [201])
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            var text = ""
            for number in 0..<120 {
                for (command, data) in [
                    ("register-participant", ServiceFixture.registration()),
                    ("engage-office", #"{"office":"youth-office"}"#),
                    ("join-household", #"{"householdId":"\#(id(900 + number / 3))","role":"youth"}"#),
                    ("draft-plan", #"{"planId":"\#(id(2000 + number))","kind":"youth-support","goal":"invented"}"#),
                ] { text += #"{"command":"\#(command)","caseId":"\#(id(number))","data":\#(data)}"# + "\n" }
            }
            let answers = try await post(text, token, client)
            #expect(answers.count == 480)
            #expect(answers.filter { $0["code"] != nil } == [], "nothing is refused because of what is under way")
            #expect(await slow.greatestWidth > 20, "cases are carried out side by side")
            #expect(await slow.greatestWidth <= 128)
        }
    }

    @Test func whatWasRefusedTooSoonIsJudgedAgainWhenItsTurnComes() async throws {
        let fixture = try await ServiceFixture()
        @Sendable func line(_ command: String, _ number: Int, _ data: String) -> String {
            #"{"command":"\#(command)","caseId":"\#(id(number))","data":\#(data)}"# + "\n"
        }
        @Sendable func place(_ number: Int, _ day: String) -> String {
            #"{"placementId":"\#(id(600 + number))","effectiveOn":"\#(day)"}"#
        }
        let offer = id(500)
        var text =
            #"{"command":"publish-offer","offerId":"\#(offer)","data":{"title":"One place","kind":"job","capacity":1}}"#
            + "\n"
        for number in 1...2 {
            text += line("register-participant", number, ServiceFixture.registration())
            text += line("engage-office", number, #"{"office":"job-centre","effectiveOn":"2026-03-02"}"#)
            let placement =
                #"{"placementId":"\#(id(600 + number))","offerId":"\#(offer)","kind":"job","startsOn":"2026-03-10","effectiveOn":"2026-03-03"}"#
            text += line("offer-placement", number, placement)
        }
        let taken =
            line("accept-placement", 1, place(1, "2026-03-04"))
            + line("start-placement", 1, #"{"placementId":"\#(id(601))","on":"2026-03-10"}"#)
        // The second line finds the place taken as long as the first one, which takes its time, is under way.
        let handedOn =
            line("end-placement", 1, #"{"placementId":"\#(id(601))","on":"2026-03-12"}"#)
            + line("accept-placement", 2, place(2, "2026-03-13"))
        let token = try await fixture.token(.caseworker, office: .jobCentre, subject: "jc-1")
        try await fixture.application().server().test(.router) { [text] client in
            try await fixture.publishArea(client)
            for file in [text, taken] {
                let answers = try await post(file, token, client)
                #expect(answers.filter { $0["code"] != nil } == [])
            }
            let refused = try await post(line("accept-placement", 2, place(2, "2026-03-04")), token, client)
            #expect(refused.map { $0["rule"] } == ["offer-full"])
        }
        let slow = HesitantHandler(handler: fixture.handler, slowest: id(1))
        try await fixture.application(commands: slow).server().test(.router) { client in
            let answers = try await post(handedOn, token, client)
            #expect(answers.map { $0["status"] } == [200, 200], "\(answers)")
            #expect(await slow.calls == 3, "the second line was judged twice")
        }
    }

    @Test func aLedgerThatIsGoneEndsTheImportWithTheLineToGoOnFrom() async throws {
        let fixture = try await ServiceFixture()
        let gone = GoneHandler(handler: fixture.handler, from: id(3))
        try await fixture.application(commands: gone).server().test(.router) { client in
            try await fixture.publishArea(client)
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            let text = (1...5).map {
                #"{"command":"register-participant","caseId":"\#(id($0))","data":\#(ServiceFixture.registration())}"#
            }.joined(separator: "\n")
            let answers = try await post(text, token, client)
            #expect(answers.map { $0["status"] } == [201, 201, 503])
            await gone.come()
            let again = try await post(text, token, client)
            #expect(again.map { $0["status"] } == [201, 201, 201, 201, 201])
            #expect(try await fixture.store.head() == 6)
        }
    }

    @Test func aCaseThatCannotBeReadDoesNotEndTheImport() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            try await fixture.publishArea(client)
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            let unknown = ProposedEvent(type: "NeverHeardOf", schemaVersion: 1, payload: Array("{}".utf8))
            let write = StreamWrite(
                stream: StreamName(category: "case", id: id(1)), expectedVersion: 0, events: [unknown])
            _ = try await fixture.store.append([
                AppendCommand(
                    id: UUID(), fingerprint: nil, effectiveOn: "2026-03-02", metadata: Array("{}".utf8), writes: [write]
                )
            ])
            let text = (1...2).map {
                #"{"command":"register-participant","caseId":"\#(id($0))","data":\#(ServiceFixture.registration())}"#
            }.joined(separator: "\n")
            #expect(try await post(text, token, client).map { $0["status"] } == [500, 201])
        }
    }

    @Test(arguments: Way.allCases)
    func theSameLineTwiceIsOneCommand(_ way: Way) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(way.setup) { client in
            let token = try await fixture.token(.administrator)
            let line = #"{"command":"publish-area","areaId":"a","data":{"name":"A","region":"R"}}"#
            let reordered = #"{"areaId":"a","data":{"region":"R","name":"A"},"command":"publish-area"}"#
            let answers = try await post([line, line, reordered].joined(separator: "\n"), token, client)
            #expect(answers.map { $0["status"] } == [201, 201, 201])
            #expect(answers.map { $0["replayed"] } == [nil, true, true])
            #expect(try await fixture.store.head() == 1)
            let somebodyElse = try await fixture.token(.administrator, subject: "another")
            #expect(try await post(line, somebodyElse, client).map { $0["status"] } == [200], "published already")
        }
    }

    /// Takes its time, of some cases more than of others, and notes how many are under way.
    private actor HesitantHandler: CommandHandling {
        let handler: CommandHandler
        let slowest: String?
        private var width = 0
        private(set) var greatestWidth = 0
        private(set) var calls = 0

        init(handler: CommandHandler, slowest: String? = nil) {
            self.handler = handler
            self.slowest = slowest
        }

        func handle(_ request: CommandRequest) async throws(CommandFailure) -> CommandReceipt {
            width += 1
            calls += 1
            greatestWidth = max(width, greatestWidth)
            defer { width -= 1 }
            var pause = 2
            if case .caseFile(let id, _) = request.target, id.uuidString.lowercased() == slowest { pause = 40 }
            try? await Task.sleep(for: .milliseconds(pause))
            return try await handler.handle(request)
        }
    }

    /// Cannot be reached from some case on, until it comes back. It answers at once, so that the test need not wait.
    private actor GoneHandler: CommandHandling {
        let handler: CommandHandler
        private var firstLost: String?

        init(handler: CommandHandler, from firstLost: String) {
            self.handler = handler
            self.firstLost = firstLost
        }

        func come() { firstLost = nil }

        func handle(_ request: CommandRequest) async throws(CommandFailure) -> CommandReceipt {
            if case .caseFile(let id, _) = request.target, let firstLost, id.uuidString.lowercased() >= firstLost {
                throw .unavailable("gone")
            }
            return try await handler.handle(request)
        }
    }
}
