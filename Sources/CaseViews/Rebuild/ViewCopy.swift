import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres

/// Writes collected rows into empty tables: COPY in binary format, several times as fast as INSERT.
///
/// The columns are those of ``ViewStatements``, in the same order and with the same values.
struct ViewCopy {
    private let rows: ViewWriter

    init(_ rows: ViewWriter) {
        self.rows = rows
    }

    /// Copies everything that was collected into the tables that the connection's search path leads to.
    func write(on connection: PostgresConnection) async throws {
        let views = rows.views
        if views.contains(.jobCentre) { try await copy(jobCentre, into: Self.jobCentre, on: connection) }
        if views.contains(.youthOffice) { try await copy(youthOffice, into: Self.youthOffice, on: connection) }
        if views.contains(.socialOffice) { try await copy(socialOffice, into: Self.socialOffice, on: connection) }
        if views.contains(.caseFiles) { try await copy(files, into: Self.files, on: connection) }
        if views.contains(.names) {
            for office in Office.allCases {
                try await copy(names(of: office), into: Self.names(of: office), on: connection)
            }
        }
        if views.contains(.findings) {
            try await copy(findings, into: Self.findings, on: connection)
            try await copy(openFindings, into: Self.openFindings, on: connection)
            try await copy(proposals, into: Self.proposals, on: connection)
        }
        if views.contains(.summary) {
            try await copy(summary, into: Self.summary, on: connection)
            try await copy(summaryFindings, into: Self.summaryFindings, on: connection)
            try await copy(areas, into: Self.areas, on: connection)
        }
        if views.contains(.catalogue) { try await copy(catalogue, into: Self.catalogue, on: connection) }
    }

    private func copy(_ rows: CopyRows, into target: String, on connection: PostgresConnection) async throws {
        guard rows.count > 0 else { return }
        var rows = rows
        let bytes = rows.bytes
        try await connection.copyIn("COPY \(target) FROM STDIN (FORMAT binary)") { try await $0.write(bytes) }
    }

    // MARK: Worklists

    private static let common = """
        case_id, area_id, household_id, is_open, caseworker, engaged_on, registered_on, closed_on, given_name, family_name,
        born_on, sort_name, due_on, due_rank, due_reason, review_due_on, is_engaged, seen_until, asked_on, asked_reason,
        asked_reasons, awaited_on, awaited_reason, awaited_reasons, agenda_on, agenda_reason, agenda_subject, agenda_why,
        agenda_rule, asked_days, awaited_days
        """
    private static let commonCount: Int16 = 31

    private static func add(_ row: WorklistRow, to rows: inout CopyRows) {
        rows.field(row.caseId)
        rows.field(row.areaId)
        rows.field(row.householdId)
        rows.field(row.isOpen)
        rows.field(row.caseworker)
        rows.field(row.engagedOn)
        rows.field(row.registeredOn)
        rows.field(row.closedOn)
        rows.field(row.givenName)
        rows.field(row.familyName)
        rows.field(row.bornOn)
        rows.field(row.sortName)
        rows.field(row.agenda.first?.on.postgres ?? .infinity)
        rows.small(row.agenda.first?.reason.urgency ?? 0)
        rows.field(row.agenda.first?.reason.rawValue)
        rows.field(row.reviewDueOn)
        rows.field(row.isEngaged)
        rows.field(row.seenUntil?.postgres ?? .infinity)
        for awaited in [row.asked, row.awaited] {
            rows.field(awaited.first?.on?.postgres ?? .infinity)
            rows.field(awaited.first?.reason.rawValue)
            rows.field(WorklistRow.reasons(awaited))
        }
        rows.field(row.agenda.map(\.on.postgres))
        rows.field(row.agenda.map(\.reason.rawValue))
        rows.field(row.agenda.map(\.subject))
        rows.field(row.agenda.map(\.why))
        rows.field(row.agenda.map(\.rule))
        rows.field(WorklistRow.days(row.asked).map { $0?.postgres ?? .infinity })
        rows.field(WorklistRow.days(row.awaited).map { $0?.postgres ?? .infinity })
    }

    private static let jobCentre = """
        job_centre_cases (\(common), level, occupations, placement_state, placement_starts_on, placement_ends_on,
        last_refusal_on, next_step, next_step_on)
        """

    private var jobCentre: CopyRows {
        var copy = CopyRows()
        for row in rows.jobCentre {
            copy.row(fields: Self.commonCount + 8)
            Self.add(row.common, to: &copy)
            copy.small(row.focus.level)
            copy.field(row.focus.occupationsSought.map(\.storable))
            copy.field(row.focus.placement?.state.rawValue)
            copy.field(row.focus.placement?.startsOn)
            copy.field(row.focus.placement?.endsOn)
            copy.field(row.focus.lastRefusalOn)
            copy.field(row.focus.nextStep?.what.rawValue)
            copy.field(row.focus.nextStep?.on)
        }
        return copy
    }

    private static let youthOffice = """
        youth_office_cases (\(common), support_plan, open_measures, other_members, turns_18_on, turns_21_on, turns_25_on,
        turns_27_on)
        """

    private var youthOffice: CopyRows {
        var copy = CopyRows()
        for row in rows.youthOffice {
            copy.row(fields: Self.commonCount + 7)
            Self.add(row.common, to: &copy)
            copy.field(row.supportPlan)
            copy.small(row.openMeasures)
            copy.small(row.focus.otherMembers.count)
            for age in YouthOfficeFocus.transitionAges { copy.field(row.turns(age)) }
        }
        return copy
    }

    private static let socialOffice = """
        social_office_cases (\(common), household_size, minors, living_measures, participation_measures, placement_ends_on,
        placement_visible, income_cover_from, income_cover_visible)
        """

    private var socialOffice: CopyRows {
        var copy = CopyRows()
        for row in rows.socialOffice {
            copy.row(fields: Self.commonCount + 8)
            Self.add(row.common, to: &copy)
            copy.small(row.focus.householdSize)
            copy.small(row.focus.minors)
            copy.small(row.focus.livingEnvironmentMeasures.count)
            copy.small(row.focus.participationMeasures.count)
            copy.field(row.placementEndsOn?.value)
            copy.field(row.placementEndsOn?.visible ?? .never)
            copy.field(row.incomeCoverFrom?.value)
            copy.field(row.incomeCoverFrom?.visible ?? .never)
        }
        return copy
    }

    // MARK: Files and names

    private static let files =
        "office_case_files (case_id, office, area_id, engaged_on, seen_until, document, timeline)"

    private var files: CopyRows {
        var copy = CopyRows(reserving: rows.files.reduce(64) { $0 + $1.document.count + $1.timeline.count + 128 })
        for row in rows.files {
            copy.row(fields: 7)
            copy.field(row.caseId)
            copy.field(row.office.rawValue)
            copy.field(row.areaId)
            copy.field(row.engagedOn)
            copy.field(row.seenUntil?.postgres ?? .infinity)
            copy.utf8(row.document)
            copy.utf8(row.timeline)
        }
        return copy
    }

    private static func names(of office: Office) -> String {
        "\(WorklistStatements.namesTable(of: office)) (case_id, name_search, sort_name)"
    }

    private func names(of office: Office) -> CopyRows {
        var copy = CopyRows()
        for row in rows.names where row.office == office {
            copy.row(fields: 3)
            copy.field(row.caseId)
            copy.lexemes(row.lexemes)
            copy.field(row.sortName)
        }
        return copy
    }

    // MARK: Findings

    private static let findings = """
        office_findings (finding_id, office, visible, owner_id, area_id, kind, is_open, opened_on, closed_on, from_day,
        to_day, days, offices, case_ids, measure_ids, explanation, basis)
        """

    private var findings: CopyRows {
        var copy = CopyRows()
        for owner in rows.findings {
            for row in owner.visible {
                let finding = row.entry.finding
                copy.row(fields: 17)
                copy.field(row.id)
                copy.field(row.office.rawValue)
                copy.field(row.visible)
                copy.field(owner.owner)
                copy.field(row.areaId)
                copy.field(finding.kind.rawValue)
                copy.field(row.entry.isOpen)
                copy.field(row.entry.openedOn)
                copy.field(row.entry.closedOn)
                copy.field(finding.from)
                copy.field(finding.to)
                copy.field(finding.days.map { Int32(clamping: $0) })
                copy.field(finding.offices.map(\.rawValue))
                copy.field(finding.cases)
                copy.field(finding.measures)
                copy.field(finding.explanation.storable)
                copy.utf8(row.basis)
            }
        }
        return copy
    }

    private static let openFindings =
        "office_open_findings (case_id, office, finding_id, visible, owner_id, kind, opened_on)"

    private var openFindings: CopyRows {
        var copy = CopyRows()
        for owner in rows.findings {
            for row in owner.open {
                copy.row(fields: 7)
                copy.field(row.caseId)
                copy.field(row.office.rawValue)
                copy.field(row.id)
                copy.field(row.visible)
                copy.field(owner.owner)
                copy.field(row.kind.rawValue)
                copy.field(row.openedOn)
            }
        }
        return copy
    }

    private static let proposals = """
        office_proposals (proposal_id, office, visible, owner_id, area_id, kinds, state, proposed_on, answer_due, document)
        """

    private var proposals: CopyRows {
        var copy = CopyRows()
        for owner in rows.proposals {
            for row in owner.rows {
                copy.row(fields: 10)
                copy.field(row.id)
                copy.field(row.office.rawValue)
                copy.field(row.visible)
                copy.field(owner.owner)
                copy.field(row.areaId)
                copy.field(row.kinds.map(\.rawValue))
                copy.field(row.state.rawValue)
                copy.field(row.proposedOn)
                copy.field(row.answerDue)
                copy.utf8(row.document)
            }
        }
        return copy
    }

    // MARK: Summary

    private static let summary = """
        summary_cases (case_id, area_id, household_id, span_kind, span_office, span_from, span_until, span_strand,
        span_orientation, span_solidarity, change_kind, change_office, change_on, active_month, active_job_centre,
        active_youth_office, active_social_office, expected_month, expected_if_accepted, expected_job_centre,
        expected_youth_office, expected_social_office)
        """

    private var summary: CopyRows {
        var copy = CopyRows()
        for row in rows.summary {
            copy.row(fields: 22)
            copy.field(row.caseId)
            copy.field(row.areaId)
            copy.field(row.householdId)
            copy.field(row.spans.map(\.kind))
            copy.field(row.spans.map { $0.office?.rawValue ?? "all" })
            copy.field(row.spans.map(\.from.postgres))
            copy.field(row.spans.map { $0.until?.postgres ?? .infinity })
            copy.field(row.spans.map { $0.strand?.rawValue })
            copy.field(row.spans.map { $0.orientation?.rawValue })
            copy.field(row.spans.map { $0.solidarity?.rawValue })
            copy.field(row.changes.map(\.kind.rawValue))
            copy.field(row.changes.map(\.office.rawValue))
            copy.field(row.changes.map(\.on.postgres))
            copy.field(row.activity.map(\.month.postgres))
            for office in [Office.jobCentre, .youthOffice, .socialOffice] {
                copy.field(row.activity.map { Int32(bitPattern: $0.days[office] ?? 0) })
            }
            copy.field(row.expectations.map(\.month.postgres))
            copy.field(row.expectations.map(\.ifAccepted))
            for office in [Office.jobCentre, .youthOffice, .socialOffice] {
                copy.field(row.expectations.map { Int32(bitPattern: $0.days[office] ?? 0) })
            }
        }
        return copy
    }

    private static let summaryFindings = """
        summary_findings (finding_id, owner_id, area_id, kind, offices, opened_on, closed_on)
        """

    private var summaryFindings: CopyRows {
        var copy = CopyRows()
        for owner in rows.findings {
            for row in owner.contributions {
                copy.row(fields: 7)
                copy.field(row.id)
                copy.field(owner.owner)
                copy.field(row.areaId)
                copy.field(row.entry.finding.kind.rawValue)
                copy.field(row.entry.finding.offices.map(\.rawValue))
                copy.field(row.entry.openedOn)
                copy.field(row.entry.closedOn)
            }
        }
        return copy
    }

    private static let catalogue = """
        catalogue (kind, id, sort_name, area_ids, open_through, is_full, variety, occupations, document)
        """

    private var catalogue: CopyRows {
        var copy = CopyRows()
        for row in rows.catalogue {
            copy.row(fields: 9)
            copy.field(row.kind.rawValue)
            copy.field(row.id)
            copy.field(row.sortName)
            copy.field(row.areaIds)
            copy.field(row.openThrough?.postgres ?? .infinity)
            copy.field(row.isFull)
            copy.field(row.variety)
            copy.field(row.occupations)
            copy.utf8(row.document)
        }
        return copy
    }

    private static let areas = "areas (area_id, name, region, land, municipality, description, published_on)"

    private var areas: CopyRows {
        var copy = CopyRows()
        for (id, area) in rows.areas {
            copy.row(fields: 7)
            copy.field(id.storable)
            copy.field(area.name.storable)
            copy.field(area.region?.storable)
            copy.field(area.land?.rawValue)
            copy.field(area.municipality?.storable)
            copy.field(area.description?.storable)
            copy.field(area.from)
        }
        return copy
    }
}
