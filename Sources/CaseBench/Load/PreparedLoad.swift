import CaseFile
import DemoRegion
import Foundation
import Ledger

/// Requests as bytes, ready to be sent: making them up is not to be measured.
struct PreparedLoad: Sendable {
    /// What one connection after the other takes: the requests of a household, to be sent in order.
    var lanes: [[[UInt8]]]

    /// How many requests there are.
    var count: Int { lanes.reduce(0) { $0 + $1.count } }

    /// The households' commands of an invented region as HTTP requests, at least so many of them if the region has them.
    static func commands(
        of region: DemoRegion, atLeast count: Int, token: (CaseFile.Actor) async throws -> String
    ) async throws -> PreparedLoad {
        var load = PreparedLoad(lanes: [])
        var tokens: [CaseFile.Actor: String] = [:]
        var prepared = 0
        for lane in region.lanes {
            var requests: [[UInt8]] = []
            for command in lane {
                let bearer: String
                if let known = tokens[command.actor] {
                    bearer = known
                } else {
                    bearer = try await token(command.actor)
                    tokens[command.actor] = bearer
                }
                let head = """
                    POST \(command.path) HTTP/1.1\r
                    Host: bench\r
                    Authorization: Bearer \(bearer)\r
                    Content-Type: application/json\r
                    Idempotency-Key: \(command.id.uuidString.lowercased())\r
                    Content-Length: \(command.body.count)\r
                    \r

                    """
                requests.append(Array(head.utf8) + command.body)
            }
            prepared += requests.count
            load.lanes.append(requests)
            if prepared >= count { break }
        }
        return load
    }

    /// A request without a body.
    static func get(_ path: String, token: String) -> [UInt8] {
        Array("GET \(path) HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer \(token)\r\n\r\n".utf8)
    }
}
