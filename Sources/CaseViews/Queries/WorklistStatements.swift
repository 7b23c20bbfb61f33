import CaseTiming
import Postgres

/// The worklists' statements: one for each office, order, and whether a name, findings or a reason are asked for.
///
/// They are made once from these fixed parts. Other filters are parameters that may be NULL; the statements are planned
/// with their values (see ``ViewQueries``), so that a filter that is not used costs nothing and each finds its index.
///
/// Parameters: $1 day, $2 area, $3 the actor's areas, $4 open or closed, $5 caseworker, $6 due before, $7 names as
/// tsquery, $8 kind of finding, $9 limit, $10 reason, $11 day since when a finding is open, $12 names as patterns
/// for LIKE, and from $13 on the place where the page before ended.
enum WorklistStatements {
    /// Columns that all worklists have, in the order in which ``WorklistReading`` reads them.
    static let commonColumns = """
        c.case_id, c.given_name, c.family_name, c.born_on, c.area_id, c.is_open, c.caseworker, c.engaged_on,
        c.registered_on, c.closed_on, c.household_id, c.due_on, c.due_reason, c.review_due_on, c.is_engaged, c.asked_on,
        c.asked_reason, c.awaited_on, c.awaited_reason, c.agenda_on, c.agenda_reason, c.agenda_subject, c.agenda_why,
        c.agenda_rule, c.sort_name
        """
    static let commonColumnCount = 25

    /// What a statement is for, beside the values of its parameters.
    struct Key: Hashable {
        var office: Office
        var sort: WorklistQuery.Sort
        var names: NameSearch?
        var byFinding: Bool
        var byReason: Bool
        var waitsFor: WorklistQuery.WaitsFor?
        var isContinued: Bool
    }

    static func statement(_ key: Key) -> Statement { table[key] ?? make(key) }

    private static let table: [Key: Statement] = {
        var table: [Key: Statement] = [:]
        for office in Office.allCases {
            for sort in WorklistQuery.Sort.allCases {
                for waitsFor in WorklistQuery.WaitsFor.allCases + [nil] {
                    for names in NameSearch.allCases + [nil] {
                        for bits in 0..<8 {
                            let key = Key(
                                office: office, sort: sort, names: names, byFinding: bits & 1 != 0,
                                byReason: bits & 2 != 0, waitsFor: waitsFor, isContinued: bits & 4 != 0)
                            table[key] = make(key)
                        }
                    }
                }
            }
        }
        return table
    }()

    private static func make(_ key: Key) -> Statement {
        let isNameOrder = key.names != nil && key.sort.isByName
        let isWalk = key.names == .common && key.sort.isByDue && key.waitsFor == nil
        let order = Order(key.sort, key.waitsFor, of: isNameOrder ? "n" : isWalk ? "d" : "c")
        let after = key.isContinued ? order.isAfter : "TRUE"
        let name =
            "worklist \(key.office.rawValue) by \(key.sort.rawValue)"
            + (key.names.map { " with \($0.rawValue) name" } ?? "")
            + (key.byFinding ? " with finding" : "") + (key.byReason ? " with reason" : "")
            + (key.waitsFor.map { " waiting for \($0.rawValue)" } ?? "") + (key.isContinued ? " continued" : "")
        return Statement(
            name,
            """
            \(key.names == .rare && !isNameOrder ? named(key.office) : "")SELECT \(commonColumns), \(ownColumns(key.office)),
                ARRAY(SELECT f.kind || ' ' || to_char(max(f.opened_on), 'YYYY-MM-DD') FROM office_open_findings f
                    WHERE f.office = '\(key.office.rawValue)' AND f.case_id = c.case_id AND f.visible @> $1::date
                    GROUP BY f.kind ORDER BY f.kind)
            FROM \(isNameOrder ? namedInOrder(key.office, order, after) + ", " : "")\(isWalk ? walked(key.office) : "")
                \(table(of: key.office)) c
            WHERE \(isNameOrder ? "c.case_id = n.case_id AND " : isWalk ? "c.case_id = d.case_id AND " : "")c.engaged_on <= $1::date AND c.seen_until >= $1::date
                AND ($2::text IS NULL OR c.area_id = $2::text)
                AND ($3::text[] IS NULL OR c.area_id = ANY ($3::text[]))
                AND ($4::boolean IS NULL OR c.is_open = $4::boolean)
                AND ($5::text IS NULL OR c.caseworker = $5::text)
                AND ($6::date IS NULL OR \(dueColumn(key.waitsFor)) < $6::date)
                AND \(waiting(key.waitsFor))
                AND \(key.byReason ? reasonFilter(key.waitsFor) : "$10::text IS NULL")
                AND \(nameFilter(key.office, key.names, isNameOrder, walking: isWalk ? "d" : "c"))
                AND \(key.byFinding ? findingFilter(key.office) : "$8::text IS NULL AND $11::date IS NULL")
                AND \(isNameOrder ? "TRUE" : after)
            ORDER BY \(order.columns)
            LIMIT $9::bigint
            """)
    }

    /// About how many people on an office's worklist are called so, by the planner's statistics; nothing is looked up.
    static func namesExplained(_ office: Office) -> Statement {
        Statement(
            "names explained \(office.rawValue)",
            "EXPLAIN (FORMAT JSON) SELECT FROM \(namesTable(of: office)) WHERE name_search @@ $1::text::tsquery")
    }

    /// About how many people there are, when the table was analysed.
    static func namesCounted(_ office: Office) -> Statement {
        Statement(
            "names counted \(office.rawValue)",
            "SELECT reltuples::float8 FROM pg_class WHERE oid = to_regclass('\(namesTable(of: office))')")
    }

    /// The table of the names on an office's worklist.
    static func namesTable(of office: Office) -> String {
        switch office {
        case .jobCentre: "job_centre_names"
        case .youthOffice: "youth_office_names"
        case .socialOffice: "social_office_names"
        }
    }

    /// Names are looked up first and on their own. People of one name stand together in an order by name, so walking along
    /// that order until enough of them are met, as the planner would, could mean to walk through all of it.
    private static func named(_ office: Office) -> String {
        """
        WITH named AS MATERIALIZED (
            SELECT case_id FROM \(namesTable(of: office)) WHERE name_search @@ $7::text::tsquery)

        """
    }

    /// In the order of names, the names alone are sorted, and their cases are looked up one by one until a page is full: of
    /// thousands who are called so, most are never looked at.
    private static func namedInOrder(_ office: Office, _ order: Order, _ after: String) -> String {
        """
        (SELECT n.case_id, n.sort_name FROM \(namesTable(of: office)) n
                WHERE n.name_search @@ $7::text::tsquery AND \(after)
                ORDER BY \(order.columns) OFFSET 0) n
        """
    }

    /// By what is due, an index is walked that holds the names to sort by, too: of those who are called otherwise, of whom
    /// there are a few thousand on the way, the rows themselves are not looked at.
    private static func walked(_ office: Office) -> String { "\(table(of: office)) d, " }

    /// Where a name is common, the list is walked along in its order until a page is full. The patterns pass over most of
    /// the others without a look at the names themselves, which then decide. A CASE, because the planner would
    /// otherwise guess from its statistics how many rows match, and might prefer to sort them all.
    private static func nameFilter(
        _ office: Office, _ names: NameSearch?, _ isNameOrder: Bool, walking row: String
    ) -> String {
        switch names {
        case _? where isNameOrder: "$12::text[] IS NOT NULL"
        case nil: "$7::text IS NULL AND $12::text[] IS NULL"
        case .rare?: "c.case_id IN (SELECT n.case_id FROM named n) AND $12::text[] IS NOT NULL"
        case .common?:
            """
            CASE WHEN \(row).sort_name LIKE ALL ($12::text[])
                    THEN (SELECT n.name_search @@ $7::text::tsquery FROM \(namesTable(of: office)) n
                        WHERE n.case_id = \(row).case_id)
                    ELSE FALSE END
            """
        }
    }

    /// The worklist's table.
    static func table(of office: Office) -> String {
        switch office {
        case .jobCentre: "job_centre_cases"
        case .youthOffice: "youth_office_cases"
        case .socialOffice: "social_office_cases"
        }
    }

    /// A condition of its own, so that the planner can begin with the findings where they are rare.
    private static func findingFilter(_ office: Office) -> String {
        """
        c.case_id IN (SELECT f.case_id FROM office_open_findings f
                    WHERE f.office = '\(office.rawValue)' AND ($8::text IS NULL OR f.kind = $8::text)
                        AND ($11::date IS NULL OR f.opened_on >= $11::date)
                        AND \(VisibleDays.isShown("f.visible", on: "$1")))
        """
    }

    /// The day that counts: of what is due, or of what is waited for.
    private static func dueColumn(_ waitsFor: WorklistQuery.WaitsFor?) -> String {
        switch waitsFor {
        case nil: "c.due_on"
        case .us: "c.asked_on"
        case .others: "c.awaited_on"
        }
    }

    /// What is due for a reason has to be due in time, and not only something else of that case.
    private static func reasonFilter(_ waitsFor: WorklistQuery.WaitsFor?) -> String {
        let (reasons, days) =
            switch waitsFor {
            case nil: ("c.agenda_reason", "c.agenda_on")
            case .us: ("c.asked_reasons", "c.asked_days")
            case .others: ("c.awaited_reasons", "c.awaited_days")
            }
        return """
            \(reasons) @> ARRAY[$10::text] AND ($6::date IS NULL OR EXISTS (
                    SELECT FROM unnest(\(reasons), \(days)) a (reason, on_day)
                    WHERE a.reason = $10::text AND a.on_day < $6::date))
            """
    }

    /// A condition that an index has, too.
    private static func waiting(_ waitsFor: WorklistQuery.WaitsFor?) -> String {
        switch waitsFor {
        case nil: "TRUE"
        case .us: "c.asked_reason IS NOT NULL"
        case .others: "c.awaited_reason IS NOT NULL"
        }
    }

    private static func ownColumns(_ office: Office) -> String {
        switch office {
        case .jobCentre:
            """
            c.level, c.occupations, c.placement_state, c.placement_starts_on, c.placement_ends_on,
                c.last_refusal_on, c.next_step, c.next_step_on
            """
        case .youthOffice:
            """
            c.support_plan, c.open_measures, c.other_members, c.turns_18_on, c.turns_21_on, c.turns_25_on,
                c.turns_27_on
            """
        case .socialOffice:
            """
            c.household_size, c.minors, c.living_measures, c.participation_measures,
                CASE WHEN c.placement_visible @> $1::date THEN c.placement_ends_on END,
                CASE WHEN c.income_cover_visible @> $1::date THEN c.income_cover_from END
            """
        }
    }

    /// An order by columns that an index has, ending in the case, so that every row has a place of its own.
    private struct Order {
        let columns: String
        let isAfter: String

        /// The order of rows that are called `row`.
        init(_ sort: WorklistQuery.Sort, _ waitsFor: WorklistQuery.WaitsFor?, of row: String) {
            let names: [(column: String, type: String)] =
                switch sort {
                case .name, .nameDescending: [("\(row).sort_name", "text")]
                case .due, .dueDescending:
                    waitsFor == nil
                        ? [("\(row).due_on", "date"), ("\(row).due_rank", "smallint")] : [(dueColumn(waitsFor), "date")]
                case .caseworker, .caseworkerDescending: [("c.caseworker", "text"), ("c.sort_name", "text")]
                case .registered, .registeredDescending: [("c.registered_on", "date")]
                }
            let all = names + [("\(row).case_id", "uuid")]
            let isDescending = sort.rawValue.hasPrefix("-")
            columns = all.map { $0.column + (isDescending ? " DESC" : "") }.joined(separator: ", ")
            let place = all.enumerated().map { "$\($0.offset + 13)::\($0.element.type)" }.joined(separator: ", ")
            isAfter = "(\(all.map(\.column).joined(separator: ", "))) \(isDescending ? "<" : ">") (\(place))"
        }
    }
}
