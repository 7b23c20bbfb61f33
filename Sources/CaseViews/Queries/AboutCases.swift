import CaseFile
import CaseTiming
import Postgres

/// Which cases a finding or a proposal has to be about: filters of a worklist, for what is not a row of it.
///
/// Only cases on the asking office's own worklist count, on the day and in the actor's areas. So nobody finds out by
/// such a filter whom something is about that the office does not see.
struct AboutCases: Hashable, Sendable {
    /// Whether a case has to be open, closed, or with somebody.
    var byCase: Bool
    /// Whether only few cases are with somebody, so that it is better to begin with them.
    var isNarrow: Bool
    /// Whether people have to be called something.
    var byName: Bool

    /// The filters that a query has.
    init(status: CaseStatus?, caseworker: String?, name: String?) {
        byCase = status != nil || caseworker != nil || name != nil
        isNarrow = caseworker != nil || name != nil
        byName = name != nil
    }

    /// What a statement is called for it.
    var title: String {
        byName ? " about people called so" : isNarrow ? " about cases with somebody" : byCase ? " about cases" : ""
    }

    /// The values of parameters $10, $11 and $12.
    static func parameters(status: CaseStatus?, caseworker: String?, name: String?) -> [any PostgresEncodable] {
        [status.map { $0 == .open }, caseworker?.storable, name]
    }

    /// Conditions on cases `c` of the office's worklist.
    ///
    /// Parameters: $2 day, $6 the actor's areas, $10 open or closed, $11 caseworker, $12 names as tsquery.
    func cases(of office: Office) -> String {
        """
        \(WorklistStatements.table(of: office)) c
                \(byName ? "JOIN \(WorklistStatements.namesTable(of: office)) n ON n.case_id = c.case_id" : "")
                WHERE c.engaged_on <= $2::date AND c.seen_until >= $2::date
                    AND ($6::text[] IS NULL OR c.area_id = ANY ($6::text[]))
                    AND ($10::boolean IS NULL OR c.is_open = $10::boolean)
                    AND ($11::text IS NULL OR c.caseworker = $11::text)
                    AND \(byName ? "n.name_search @@ $12::text::tsquery" : "$12::text IS NULL")
        """
    }

    /// That one of these cases is such a case; `ids` is what follows FROM, with a column `id`.
    ///
    /// A CASE, because it costs more than other filters and has to come after them. Few cases are looked up once and not for
    /// every row: within another CASE, because the planner would make a join of it.
    func isAbout(_ ids: String, of office: Office) -> String {
        guard byCase else { return "$10::boolean IS NULL AND $11::text IS NULL AND $12::text IS NULL" }
        let found =
            isNarrow
            ? "\(ids) WHERE CASE WHEN i.id IN (SELECT c.case_id FROM \(cases(of: office))) THEN TRUE ELSE FALSE END"
            : "\(ids), \(cases(of: office)) AND c.case_id = i.id"
        return "CASE WHEN EXISTS (SELECT FROM \(found)) THEN TRUE ELSE FALSE END"
    }
}
