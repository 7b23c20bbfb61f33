import CaseCommands
import CaseFile
import CaseTiming
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Testing

@testable import CaseService

@Suite struct ImportTests {
    private func lines(_ answer: TestResponse) -> [JSONValue] {
        answer.text.split(separator: "\n").compactMap { try? JSONParser.parse(Array($0.utf8)) }
    }

    @Test(arguments: Way.allCases)
    func everyLineHasItsVerdictInOrder(_ way: Way) async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(way.setup) { client in
            try await fixture.publishArea(client)
            let token = try await fixture.token(.caseworker, office: .youthOffice)
            var text = ""
            for number in 10..<60 {
                let id = "0198c0de-0000-7000-8000-0000000000\(number)"
                let key = "0198c0de-0000-7000-8000-0000000001\(number)"
                text +=
                    #"{"command":"register-participant","caseId":"\#(id)","id":"\#(key)","data":\#(ServiceFixture.registration())}"#
                    + "\n"
                text += #"{"command":"engage-office","caseId":"\#(id)","data":{"office":"youth-office"}}"# + "\r\n"
            }
            text += "\n{\"command\":\"fly\"}\n{\n"
            text += #"{"command":"close-case","caseId":"x","data":{}}"# + "\n"
            text += #"{"command":"close-case","caseId":"0198c0de-0000-7000-8000-000000000010","data":{"why":1}}"#
            let answer = try await client.post("/v1/import", text, token: token, type: "application/x-ndjson")
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentType] == "application/x-ndjson")
            let verdicts = lines(answer)
            #expect(verdicts.count == 104)
            #expect(verdicts.map { $0["line"] } == (1...104).map { .number(String($0)) })
            for index in 0..<100 {
                #expect(verdicts[index]["status"] == (index % 2 == 0 ? 201 : 200), "\(verdicts[index])")
            }
            #expect(verdicts[100...].map { $0["code"]?.text } == ["malformed", "malformed", "malformed", "malformed"])
            #expect(try await fixture.store.head() == 101)
            let again = lines(try await client.post("/v1/import", text, token: token, type: "application/x-ndjson"))
            #expect(again[0]["status"] == 201)
            #expect(again[0]["replayed"] == true)
            #expect(again[1]["replayed"] == true, "without an id, what it says is the command's id")
            #expect(try await fixture.store.head() == 101)
        }
    }

    @Test func tooLongLinesFailAlone() async throws {
        let fixture = try await ServiceFixture()
        let application = fixture.application(configuration: ServiceConfiguration(bodyLimit: 300))
        try await application.server().test(.router) { client in
            let token = try await fixture.token(.administrator)
            let long = String(repeating: "x", count: 100_000)
            let text = """
                {"command":"publish-area","areaId":"a","data":{"name":"A"}}
                {"command":"publish-area","areaId":"b","data":{"name":"\(long)"}}
                {"command":"publish-area","areaId":"c","data":{"name":"C"}}
                """
            let verdicts = lines(try await client.post("/v1/import", text, token: token, type: "application/x-ndjson"))
            #expect(verdicts.map { $0["status"] } == [201, 413, 201])
            #expect(verdicts.map { $0["areaId"]?.text } == ["a", nil, "c"])
        }
    }

    @Test func aFullQueueIsMetByWaiting() async throws {
        let fixture = try await ServiceFixture()
        let application = fixture.application(commands: BusyHandler(handler: fixture.handler, refusals: Mutex2(3)))
        try await application.server().test(.router) { client in
            let token = try await fixture.token(.administrator)
            let text = #"{"command":"publish-area","areaId":"a","data":{"name":"A"}}"#
            let verdicts = lines(try await client.post("/v1/import", text, token: token, type: "application/x-ndjson"))
            #expect(verdicts.map { $0["status"] } == [201])
        }
    }

    /// Refuses some commands because too many wait, then works.
    private struct BusyHandler: CommandHandling {
        let handler: CommandHandler
        let refusals: Mutex2<Int>

        func handle(_ request: CommandRequest) async throws(CommandFailure) -> CommandReceipt {
            if refusals.value > 0 {
                refusals.value -= 1
                throw .overloaded
            }
            return try await handler.handle(request)
        }
    }

    @Test func onlyNDJSONOfKnownActorsIsTaken() async throws {
        let fixture = try await ServiceFixture()
        try await fixture.application().server().test(.router) { client in
            #expect(try await client.post("/v1/import", "", type: "application/x-ndjson").problem == "unauthenticated")
            let token = try await fixture.token(.administrator)
            #expect(try await client.post("/v1/import", "", token: token).problem == "unsupported-media-type")
            let auditor = try await fixture.token(.auditor)
            let answer = try await client.post("/v1/import", "", token: auditor, type: "application/x-ndjson")
            #expect(answer.problem == "forbidden")
            let empty = try await client.post("/v1/import", "\n\n", token: token, type: "application/x-ndjson")
            #expect(empty.status == .ok)
            #expect(empty.text.isEmpty)
        }
    }

    @Test func linesAreCutWhereverTheBytesAre() {
        let text = Array("one\r\ntwo\n\n  \nthree".utf8)
        for size in 1...text.count {
            var splitter = LineSplitter(limit: 5)
            var lines: [LineSplitter.Line] = []
            for start in stride(from: 0, to: text.count, by: size) {
                lines += splitter.take(text[start..<min(start + size, text.count)])
            }
            if let last = splitter.finish() { lines.append(last) }
            #expect(lines == ["one", "two", "three"].map { .bytes(Array($0.utf8)) })
        }
        var splitter = LineSplitter(limit: 3)
        #expect(splitter.take(Array("abcd\nabc\n".utf8)) == [.tooLong, .bytes(Array("abc".utf8))])
    }

    @Test func aByteOrderMarkIsNoPartOfTheFirstLine() {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = mark + Array("one\n".utf8) + mark + Array("two".utf8)
        for size in 1...text.count {
            var splitter = LineSplitter(limit: 9)
            var lines: [LineSplitter.Line] = []
            for start in stride(from: 0, to: text.count, by: size) {
                lines += splitter.take(text[start..<min(start + size, text.count)])
            }
            if let last = splitter.finish() { lines.append(last) }
            #expect(lines == [.bytes(Array("one".utf8)), .bytes(mark + Array("two".utf8))], "only of the first one")
        }
    }
}
