import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres

extension ViewQueries {
    /// How many candidates are answered at most, the likeliest first.
    public static let greatestCandidateCount = 20

    /// The cases that may be about the same person, among those that the office sees.
    ///
    /// Those that it does not see leave no trace: what is read, compared and counted is the office's own.
    /// - Throws: ``ViewQueryError``, `PostgresError`.
    public func candidates(_ query: CandidateQuery) async throws -> Viewed<[Candidate]> {
        let reading = try ViewReading(of: query.office, for: query.actor)
        let days = [query.bornOn] + [Likeness.swapped(query.bornOn)].compactMap(\.self)
        let name = FoldedName.wholeWordsQuery("\(query.givenName) \(query.familyName)")
        let leftOut = [query.caseId] + query.decisions.filter { $0.value == .differentPersons }.map(\.key)
        let wanted = Likeness.Particulars(
            given: query.givenName, family: query.familyName, bornOn: query.bornOn, areaId: query.areaId)
        let parameters: [any PostgresEncodable] = [
            query.day.postgres, query.actor.areas.map { $0.sorted() }, days.map(\.postgres), name, leftOut,
        ]
        let question = (CandidateStatements.statement(query.office), parameters)
        return try await read(reading, .forceCustom, [question]) { answers in
            let rows = answers[0]
            let found = try rows.compactMap { row -> (candidate: Candidate, weight: Int)? in
                guard var candidate = try Candidate(row) else { return nil }
                let particulars = Likeness.Particulars(
                    given: candidate.givenName, family: candidate.familyName, bornOn: candidate.bornOn,
                    areaId: candidate.areaId)
                guard let likeness = Likeness(wanted, particulars) else { return nil }
                candidate.reasons = likeness.reasons
                candidate.decision = query.decisions[candidate.caseId]
                return (candidate, likeness.weight)
            }
            let sorted = found.sorted { ($1.weight, $0.candidate.caseId) < ($0.weight, $1.candidate.caseId) }
            return sorted.prefix(Self.greatestCandidateCount).map(\.candidate)
        }
    }
}

extension Candidate {
    /// Reads a row of ``CandidateStatements``; what is alike is not known yet. `nil` for a person who is erased.
    fileprivate init?(_ row: Row) throws {
        guard let bornOn = try row.day(3) else { return nil }
        self.init(
            caseId: try row.decode(0), givenName: try row.decode(1), familyName: try row.decode(2), bornOn: bornOn,
            areaId: try row.decode(4), status: try row.decode(5, as: Bool.self) ? .open : .closed, reasons: [])
    }
}
