import CaseFile
import CaseTiming
import Hummingbird
import Ledger

/// `GET /v1/rules`: which rules of law the system knows of a day, and which of them it applies.
struct RulesRoute: Sendable {
    let rules: RuleBook
    let clock: LedgerClock

    var operation: Operation {
        Operation(
            method: .get, path: "/v1/rules", id: "rules", tag: "rules",
            summary: "The rules of law of a day, with source and numbers.",
            notes:
                "Every rule with the version of that day. One that is announced or unverified is listed, is not `active`, and "
                + "is never applied. Decisions record the `id` and `version` of the rule they applied.",
            access: .action(.whatIf),
            parameters: [
                .query("on", .date, "The day; today in Europe/Berlin unless stated.", example: "2026-03-02")
            ],
            answers: [
                Operation.Answer(
                    status: 200, description: "The rules of that day, by id.",
                    content: [("application/json", ["$ref": "#/components/schemas/Rules"])])
            ], problems: [.malformed]
        ) { request in
            let day = request.query.date("on") ?? clock.today
            let answer = RulesDocument.value(of: rules.listed(on: day), on: day)
            return Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSONWriter.bytes(of: answer))))
        }
    }
}
