import CaseFile
import Foundation
import Ledger
import Postgres
import PostgresLedger

/// How a rebuild is cut into pieces: each case in one of them, with the other members of its household.
///
/// Who lives with whom is taken from the bytes of events without decoding them. It decides which piece a case belongs to,
/// and nothing else: whatever a piece needs beside its own streams it reads in addition.
struct RebuildPlan {
    /// The position up to which streams count.
    let target: Position
    /// The streams of each piece, and how many events they have.
    private(set) var chunks: [(streams: [StreamName], events: Int64)] = []

    /// Lists all streams of the ledger as it is now.
    init(pool: PostgresPool, store: any EventStore, eventsPerChunk: Int) async throws {
        target = try await store.head()
        async let households = Self.streams(of: HouseholdEvent.category, in: pool)
        async let members = pool.query(RebuildStatements.members)
        async let areas = Self.streams(of: AreaEvent.category, in: pool)
        async let offers = Self.streams(of: OfferEvent.category, in: pool)
        async let partners = Self.streams(of: PartnerEvent.category, in: pool)
        async let employmentFields = Self.streams(of: EmploymentFieldEvent.category, in: pool)
        var cases = try await Self.streams(of: CaseEvent.category, in: pool)
        var housemates: [String: [String]] = [:]
        for row in try await members {
            guard let member = try row.decode(1, as: String?.self) else { continue }
            housemates[try row.decode(0), default: []].append(member)
        }
        var current: (streams: [StreamName], events: Int64) = ([], 0)
        func add(_ unit: [(String, Int64)]) {
            current.streams += unit.compactMap { StreamName($0.0) }
            current.events += unit.reduce(0) { $0 + $1.1 }
            guard current.events >= eventsPerChunk else { return }
            chunks.append(current)
            current = ([], 0)
        }
        for catalogue in [try await areas, try await offers, try await partners, try await employmentFields] {
            for (stream, count) in catalogue.sorted(by: { $0.key < $1.key }) { add([(stream, count)]) }
        }
        for (household, count) in try await households.sorted(by: { $0.key < $1.key }) {
            var unit = [(household, count)]
            for member in housemates[household] ?? [] {
                let stream = "\(CaseEvent.category)-\(member)"
                if let count = cases.removeValue(forKey: stream) { unit.append((stream, count)) }
            }
            add(unit)
        }
        for (stream, count) in cases.sorted(by: { $0.key < $1.key }) { add([(stream, count)]) }
        if !current.streams.isEmpty { chunks.append(current) }
    }

    private static func streams(of category: String, in pool: PostgresPool) async throws -> [String: Int64] {
        var streams: [String: Int64] = [:]
        // A hyphen is followed by a full stop in the order of bytes.
        for row in try await pool.query(RebuildStatements.streams, "\(category)-", "\(category).") {
            streams[try row.decode(0)] = try row.decode(1)
        }
        return streams
    }
}
