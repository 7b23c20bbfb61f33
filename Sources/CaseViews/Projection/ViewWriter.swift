import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres

/// Collects rows and writes them, all of one table with one statement, and all statements in one round trip.
///
/// The tables' names are unqualified: the connection's search path says whether these are the live views or others.
struct ViewWriter {
    /// The views that are written; rows of others are left out.
    let views: Set<ViewName>
    /// Rows of a worklist that have to go, because the office is not engaged in the case.
    var unengaged: [Office: [UUID]] = [:]
    /// Rows of a worklist that have to go, because work goes on in the case that this one was merged into.
    var merged: [Office: [UUID]] = [:]
    var jobCentre: [JobCentreRow] = []
    var youthOffice: [YouthOfficeRow] = []
    var socialOffice: [SocialOfficeRow] = []
    var files: [CaseFileRow] = []
    var names: [CaseNames] = []
    /// Names that have to go, because the case is not on the office's worklist.
    var unnamed: [Office: [UUID]] = [:]
    var summary: [SummaryCaseRow] = []
    var findings: [FindingRows] = []
    var proposals: [ProposalRows] = []
    var areas: [(id: String, area: AreaPublished)] = []
    var catalogue: [CatalogueRow] = []

    init(views: Set<ViewName> = .all) {
        self.views = views
    }

    /// Writes everything that was collected.
    func write(on connection: PostgresConnection) async throws {
        var batch: [(Statement, [any PostgresEncodable])] = []
        for (office, cases) in unengaged where !cases.isEmpty {
            if views.contains(ViewName(worklistOf: office)) {
                batch.append((ViewStatements.deleteWorklist(office), [cases]))
            }
            if views.contains(.caseFiles) { batch.append((ViewStatements.deleteFiles, [cases, office.rawValue])) }
        }
        for (office, cases) in merged where views.contains(ViewName(worklistOf: office)) {
            batch.append((ViewStatements.deleteWorklist(office), [cases]))
        }
        for (office, cases) in unnamed where views.contains(.names) && !cases.isEmpty {
            batch.append((ViewStatements.deleteNames(office), [cases]))
        }
        func add(_ view: ViewName, _ isEmpty: Bool, _ statements: () -> [(Statement, [any PostgresEncodable])]) {
            if views.contains(view), !isEmpty { batch += statements() }
        }
        add(.jobCentre, jobCentre.isEmpty) { [(ViewStatements.jobCentre, jobCentreColumns)] }
        add(.youthOffice, youthOffice.isEmpty) { [(ViewStatements.youthOffice, youthOfficeColumns)] }
        add(.socialOffice, socialOffice.isEmpty) { [(ViewStatements.socialOffice, socialOfficeColumns)] }
        add(.caseFiles, files.isEmpty) { [(ViewStatements.files, fileColumns)] }
        add(.names, names.isEmpty) { nameBatch }
        add(.summary, summary.isEmpty) { [(ViewStatements.summaryCases, summaryColumns)] }
        add(.findings, findings.isEmpty) { findingBatch }
        add(.findings, proposals.isEmpty) { proposalBatch }
        add(.summary, findings.isEmpty) { summaryFindingBatch }
        add(.summary, areas.isEmpty) { [(ViewStatements.areas, areaColumns)] }
        add(.catalogue, catalogue.isEmpty) { [(ViewStatements.catalogue, catalogueColumns)] }
        for outcome in try await connection.pipeline(batch) { _ = try outcome.get() }
    }

    // MARK: Columns, one array each

    private static func commonColumns(_ rows: [WorklistRow]) -> [any PostgresEncodable] {
        [
            rows.map(\.caseId), rows.map(\.areaId), rows.map(\.householdId), rows.map(\.isOpen),
            rows.map(\.caseworker), rows.map(\.engagedOn.postgres), rows.map(\.registeredOn.postgres),
            rows.map(\.closedOn?.postgres), rows.map(\.givenName), rows.map(\.familyName),
            rows.map(\.bornOn?.postgres), rows.map(\.sortName),
            rows.map { $0.agenda.first?.on.postgres ?? .infinity },
            rows.map { Int16($0.agenda.first?.reason.urgency ?? 0) }, rows.map { $0.agenda.first?.reason.rawValue },
            rows.map(\.reviewDueOn?.postgres), rows.map(\.isEngaged), rows.map { $0.seenUntil?.postgres ?? .infinity },
            rows.map { $0.asked.first?.on?.postgres ?? .infinity }, rows.map { $0.asked.first?.reason.rawValue },
            rows.map { ArrayLiteral.of(WorklistRow.reasons($0.asked)) },
            rows.map { $0.awaited.first?.on?.postgres ?? .infinity }, rows.map { $0.awaited.first?.reason.rawValue },
            rows.map { ArrayLiteral.of(WorklistRow.reasons($0.awaited)) },
            rows.map { ArrayLiteral.of($0.agenda.map(\.on.description)) },
            rows.map { ArrayLiteral.of($0.agenda.map(\.reason.rawValue)) },
            rows.map { ArrayLiteral.of($0.agenda.map { $0.subject?.uuidString ?? "NULL" }) },
            rows.map { ArrayLiteral.texts($0.agenda.map(\.why)) },
            rows.map { ArrayLiteral.of($0.agenda.map { $0.rule.map { "\"\($0)\"" } ?? "NULL" }) },
            rows.map { ArrayLiteral.of(WorklistRow.days($0.asked).map { $0?.description ?? "infinity" }) },
            rows.map { ArrayLiteral.of(WorklistRow.days($0.awaited).map { $0?.description ?? "infinity" }) },
        ]
    }

    private var jobCentreColumns: [any PostgresEncodable] {
        let focus = jobCentre.map(\.focus)
        return Self.commonColumns(jobCentre.map(\.common)) + [
            focus.map { $0.level.map { Int16(clamping: $0) } }, focus.map { ArrayLiteral.texts($0.occupationsSought) },
            focus.map { $0.placement?.state.rawValue }, focus.map { $0.placement?.startsOn?.postgres },
            focus.map { $0.placement?.endsOn?.postgres }, focus.map { $0.lastRefusalOn?.postgres },
            focus.map { $0.nextStep?.what.rawValue }, focus.map { $0.nextStep?.on.postgres },
        ]
    }

    private var youthOfficeColumns: [any PostgresEncodable] {
        Self.commonColumns(youthOffice.map(\.common)) + [
            youthOffice.map(\.supportPlan), youthOffice.map { Int16(clamping: $0.openMeasures) },
            youthOffice.map { Int16(clamping: $0.focus.otherMembers.count) },
            youthOffice.map { $0.turns(18)?.postgres },
            youthOffice.map { $0.turns(21)?.postgres }, youthOffice.map { $0.turns(25)?.postgres },
            youthOffice.map { $0.turns(27)?.postgres },
        ]
    }

    private var socialOfficeColumns: [any PostgresEncodable] {
        let focus = socialOffice.map(\.focus)
        return Self.commonColumns(socialOffice.map(\.common)) + [
            focus.map { Int16(clamping: $0.householdSize) }, focus.map { Int16(clamping: $0.minors) },
            focus.map { Int16(clamping: $0.livingEnvironmentMeasures.count) },
            focus.map { Int16(clamping: $0.participationMeasures.count) },
            socialOffice.map { $0.placementEndsOn?.value.postgres },
            socialOffice.map { ($0.placementEndsOn?.visible ?? .never).multirange },
            socialOffice.map { $0.incomeCoverFrom?.value.postgres },
            socialOffice.map { ($0.incomeCoverFrom?.visible ?? .never).multirange },
        ]
    }

    private var fileColumns: [any PostgresEncodable] {
        [
            files.map(\.caseId), files.map(\.office.rawValue), files.map(\.areaId), files.map(\.engagedOn.postgres),
            files.map { $0.seenUntil?.postgres ?? .infinity },
            files.map { String(decoding: $0.document, as: UTF8.self) },
            files.map { String(decoding: $0.timeline, as: UTF8.self) },
        ]
    }

    private var nameBatch: [(Statement, [any PostgresEncodable])] {
        Office.allCases.compactMap { office in
            let rows = names.filter { $0.office == office }
            guard !rows.isEmpty else { return nil }
            return (ViewStatements.names(office), [rows.map(\.caseId), rows.map(\.search), rows.map(\.sortName)])
        }
    }

    private var summaryColumns: [any PostgresEncodable] {
        [
            summary.map(\.caseId), summary.map(\.areaId), summary.map(\.householdId),
            summary.map { ArrayLiteral.of($0.spans.map(\.kind)) },
            summary.map { ArrayLiteral.of($0.spans.map { $0.office?.rawValue ?? "all" }) },
            summary.map { ArrayLiteral.of($0.spans.map(\.from.description)) },
            summary.map { ArrayLiteral.of($0.spans.map { $0.until?.description ?? "infinity" }) },
            summary.map { ArrayLiteral.of($0.spans.map { $0.strand?.rawValue ?? "NULL" }) },
            summary.map { ArrayLiteral.of($0.spans.map { $0.orientation?.rawValue ?? "NULL" }) },
            summary.map { ArrayLiteral.of($0.spans.map { $0.solidarity?.rawValue ?? "NULL" }) },
            summary.map { ArrayLiteral.of($0.changes.map(\.kind.rawValue)) },
            summary.map { ArrayLiteral.of($0.changes.map(\.office.rawValue)) },
            summary.map { ArrayLiteral.of($0.changes.map(\.on.description)) },
            summary.map { ArrayLiteral.of($0.activity.map(\.month.firstDay.description)) },
            summary.map { ArrayLiteral.of($0.activity.map { String($0.days[.jobCentre] ?? 0) }) },
            summary.map { ArrayLiteral.of($0.activity.map { String($0.days[.youthOffice] ?? 0) }) },
            summary.map { ArrayLiteral.of($0.activity.map { String($0.days[.socialOffice] ?? 0) }) },
            summary.map { ArrayLiteral.of($0.expectations.map(\.month.firstDay.description)) },
            summary.map { ArrayLiteral.of($0.expectations.map { $0.ifAccepted ? "t" : "f" }) },
            summary.map { ArrayLiteral.of($0.expectations.map { String($0.days[.jobCentre] ?? 0) }) },
            summary.map { ArrayLiteral.of($0.expectations.map { String($0.days[.youthOffice] ?? 0) }) },
            summary.map { ArrayLiteral.of($0.expectations.map { String($0.days[.socialOffice] ?? 0) }) },
        ]
    }

    private var areaColumns: [any PostgresEncodable] {
        [
            areas.map(\.id.storable), areas.map(\.area.name.storable), areas.map(\.area.region?.storable),
            areas.map(\.area.land?.rawValue), areas.map(\.area.municipality?.storable),
            areas.map(\.area.description?.storable), areas.map(\.area.from.postgres),
        ]
    }

    private var catalogueColumns: [any PostgresEncodable] {
        [
            catalogue.map(\.kind.rawValue), catalogue.map(\.id), catalogue.map(\.sortName),
            catalogue.map { ArrayLiteral.texts($0.areaIds) },
            catalogue.map { $0.openThrough?.postgres ?? .infinity }, catalogue.map(\.isFull),
            catalogue.map(\.variety), catalogue.map { ArrayLiteral.texts($0.occupations) },
            catalogue.map { String(decoding: $0.document, as: UTF8.self) },
        ]
    }

    // MARK: Findings

    private var findingBatch: [(Statement, [any PostgresEncodable])] {
        let owners = findings.map(\.owner)
        let visible = findings.flatMap { rows in rows.visible.map { (owner: rows.owner, row: $0) } }
        let open = findings.flatMap { rows in rows.open.map { (owner: rows.owner, row: $0) } }
        return [
            (
                ViewStatements.deleteFindings,
                [owners, visible.map(\.row.id), visible.map(\.row.office.rawValue)]
            ),
            (
                ViewStatements.deleteOpenFindings,
                [owners, open.map(\.row.caseId), open.map(\.row.office.rawValue), open.map(\.row.id)]
            ),
            (
                ViewStatements.findings,
                [
                    visible.map(\.row.id), visible.map(\.row.office.rawValue), visible.map(\.row.visible.multirange),
                    visible.map(\.owner), visible.map(\.row.areaId), visible.map(\.row.entry.finding.kind.rawValue),
                    visible.map(\.row.entry.isOpen), visible.map(\.row.entry.openedOn.postgres),
                    visible.map { $0.row.entry.closedOn?.postgres },
                    visible.map { $0.row.entry.finding.from?.postgres },
                    visible.map { $0.row.entry.finding.to?.postgres },
                    visible.map { $0.row.entry.finding.days.map { Int32(clamping: $0) } },
                    visible.map { ArrayLiteral.of($0.row.entry.finding.offices.map(\.rawValue)) },
                    visible.map { ArrayLiteral.of($0.row.entry.finding.cases.map(\.uuidString)) },
                    visible.map { ArrayLiteral.of($0.row.entry.finding.measures.map(\.uuidString)) },
                    visible.map(\.row.entry.finding.explanation.storable),
                    visible.map { String(decoding: $0.row.basis, as: UTF8.self) },
                ]
            ),
            (
                ViewStatements.openFindings,
                [
                    open.map(\.row.caseId), open.map(\.row.office.rawValue), open.map(\.row.id),
                    open.map(\.row.visible.multirange), open.map(\.owner), open.map(\.row.kind.rawValue),
                    open.map(\.row.openedOn.postgres),
                ]
            ),
        ]
    }

    private var proposalBatch: [(Statement, [any PostgresEncodable])] {
        let all = proposals.flatMap { rows in rows.rows.map { (owner: rows.owner, row: $0) } }
        return [
            (
                ViewStatements.deleteProposals,
                [proposals.map(\.owner), all.map(\.row.id), all.map(\.row.office.rawValue)]
            ),
            (
                ViewStatements.proposals,
                [
                    all.map(\.row.id), all.map(\.row.office.rawValue), all.map(\.row.visible.multirange),
                    all.map(\.owner), all.map(\.row.areaId),
                    all.map { ArrayLiteral.of($0.row.kinds.map(\.rawValue)) }, all.map(\.row.state.rawValue),
                    all.map(\.row.proposedOn.postgres), all.map { $0.row.answerDue?.postgres },
                    all.map { String(decoding: $0.row.document, as: UTF8.self) },
                ]
            ),
        ]
    }

    private var summaryFindingBatch: [(Statement, [any PostgresEncodable])] {
        let contributions = findings.flatMap { rows in rows.contributions.map { (owner: rows.owner, row: $0) } }
        return [
            (ViewStatements.deleteSummaryFindings, [findings.map(\.owner), contributions.map(\.row.id)]),
            (
                ViewStatements.summaryFindings,
                [
                    contributions.map(\.row.id), contributions.map(\.owner), contributions.map(\.row.areaId),
                    contributions.map(\.row.entry.finding.kind.rawValue),
                    contributions.map { ArrayLiteral.of($0.row.entry.finding.offices.map(\.rawValue)) },
                    contributions.map(\.row.entry.openedOn.postgres),
                    contributions.map { $0.row.entry.closedOn?.postgres },
                ]
            ),
        ]
    }
}

/// PostgreSQL's text form of an array. Rows with arrays of different lengths cannot travel as an array of arrays, so each
/// row's array travels as text.
enum ArrayLiteral {
    /// An array of elements that need no quotation marks: days, numbers, identifiers, names in kebab case, NULL.
    static func of(_ elements: [String]) -> String { "{" + elements.joined(separator: ",") + "}" }

    /// An array of any texts.
    static func texts(_ elements: [String]) -> String {
        of(elements.map { "\"" + $0.storable.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" })
    }
}
