import CaseFile
import Foundation
import HTTPTypes
import Hummingbird

/// `POST /v1/timing/align`: what would bring measures into step. Nothing is recorded, and ids may be anything.
struct AlignmentRoute: Sendable {
    let reader: RequestBodyReader

    var operation: Operation {
        Operation(
            method: .post, path: "/v1/timing/align", id: "align", tag: "timing",
            summary: "The shifts of least total weight that bring measures into step, or what contradicts them.",
            notes:
                "A what-if: nothing is recorded. The shifts are an exact optimum; where several cost the same, the one in "
                + "which every measure starts as early as in any of them. Where there is none, a smallest set of relations "
                + "that cannot all hold is named, with the limits that stand against them.",
            access: .action(.whatIf),
            body: Operation.Body(mediaType: "application/json", schema: AlignmentDocument.schema),
            answers: [
                Operation.Answer(
                    status: 200, description: "The shifts, or the contradiction.",
                    content: [("application/json", ["$ref": "#/components/schemas/AlignmentAnswer"])])
            ], problems: [.malformed, .requestTimeout, .tooLarge, .unsupportedMediaType]
        ) { request in
            try request.request.requireContentType("application/json")
            let body = try await reader.read(request.request)
            do throws(AlignmentDocumentFlaws) {
                let answer = try AlignmentDocument.answer(to: Array(body.readableBytesView))
                return Response(
                    status: .ok, headers: [.contentType: "application/json"],
                    body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer)))
            } catch {
                throw error.problem
            }
        }
    }
}
