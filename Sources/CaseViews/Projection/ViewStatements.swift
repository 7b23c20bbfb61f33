import CaseTiming
import Postgres

/// The statements that write the views, many rows each: every parameter is an array, one element per row.
enum ViewStatements {
    private static let commonColumns = """
        case_id, area_id, household_id, is_open, caseworker, engaged_on, registered_on, closed_on, given_name,
            family_name, born_on, sort_name, due_on, due_rank, due_reason, review_due_on, is_engaged, seen_until, asked_on,
            asked_reason, asked_reasons, awaited_on, awaited_reason, awaited_reasons, agenda_on, agenda_reason,
            agenda_subject, agenda_why, agenda_rule, asked_days, awaited_days
        """

    private static let commonSelection = """
        r.case_id, r.area_id, r.household_id, r.is_open, r.caseworker, r.engaged_on, r.registered_on, r.closed_on,
            r.given_name, r.family_name, r.born_on, r.sort_name, r.due_on, r.due_rank, r.due_reason, r.review_due_on,
            r.is_engaged, r.seen_until, r.asked_on, r.asked_reason, r.asked_reasons::text[], r.awaited_on,
            r.awaited_reason, r.awaited_reasons::text[], r.agenda_on::date[], r.agenda_reason::text[],
            r.agenda_subject::uuid[], r.agenda_why::text[], r.agenda_rule::text[], r.asked_days::date[],
            r.awaited_days::date[]
        """

    private static let commonParameters = """
        $1::uuid[], $2::text[], $3::uuid[], $4::boolean[], $5::text[], $6::date[], $7::date[], $8::date[], $9::text[],
                $10::text[], $11::date[], $12::text[], $13::date[], $14::smallint[], $15::text[], $16::date[],
                $17::boolean[], $18::date[], $19::date[], $20::text[], $21::text[], $22::date[], $23::text[], $24::text[],
                $25::text[], $26::text[], $27::text[], $28::text[], $29::text[], $30::text[], $31::text[]
        """

    private static let commonUpdate = """
        area_id = excluded.area_id, household_id = excluded.household_id, is_open = excluded.is_open,
            caseworker = excluded.caseworker, engaged_on = excluded.engaged_on, registered_on = excluded.registered_on,
            closed_on = excluded.closed_on, given_name = excluded.given_name, family_name = excluded.family_name,
            born_on = excluded.born_on, sort_name = excluded.sort_name, due_on = excluded.due_on,
            due_rank = excluded.due_rank, due_reason = excluded.due_reason, review_due_on = excluded.review_due_on,
            is_engaged = excluded.is_engaged, seen_until = excluded.seen_until, asked_on = excluded.asked_on,
            asked_reason = excluded.asked_reason, asked_reasons = excluded.asked_reasons,
            awaited_on = excluded.awaited_on, awaited_reason = excluded.awaited_reason,
            awaited_reasons = excluded.awaited_reasons, agenda_on = excluded.agenda_on,
            agenda_reason = excluded.agenda_reason, agenda_subject = excluded.agenda_subject,
            agenda_why = excluded.agenda_why, agenda_rule = excluded.agenda_rule, asked_days = excluded.asked_days,
            awaited_days = excluded.awaited_days
        """

    static let jobCentre = Statement(
        "write job_centre_cases",
        """
        INSERT INTO job_centre_cases (\(commonColumns),
            level, occupations, placement_state, placement_starts_on, placement_ends_on, last_refusal_on, next_step,
            next_step_on)
        SELECT \(commonSelection),
            r.level, r.occupations::text[], r.placement_state, r.placement_starts_on, r.placement_ends_on,
            r.last_refusal_on, r.next_step, r.next_step_on
        FROM unnest(\(commonParameters),
                $32::smallint[], $33::text[], $34::text[], $35::date[], $36::date[], $37::date[], $38::text[],
                $39::date[])
            AS r (\(commonColumns),
                level, occupations, placement_state, placement_starts_on, placement_ends_on, last_refusal_on, next_step,
                next_step_on)
        ON CONFLICT (case_id) DO UPDATE SET \(commonUpdate),
            level = excluded.level, occupations = excluded.occupations, placement_state = excluded.placement_state,
            placement_starts_on = excluded.placement_starts_on, placement_ends_on = excluded.placement_ends_on,
            last_refusal_on = excluded.last_refusal_on, next_step = excluded.next_step,
            next_step_on = excluded.next_step_on
        """)

    static let youthOffice = Statement(
        "write youth_office_cases",
        """
        INSERT INTO youth_office_cases (\(commonColumns),
            support_plan, open_measures, other_members, turns_18_on, turns_21_on, turns_25_on, turns_27_on)
        SELECT \(commonSelection),
            r.support_plan, r.open_measures, r.other_members, r.turns_18_on, r.turns_21_on, r.turns_25_on, r.turns_27_on
        FROM unnest(\(commonParameters),
                $32::text[], $33::smallint[], $34::smallint[], $35::date[], $36::date[], $37::date[], $38::date[])
            AS r (\(commonColumns),
                support_plan, open_measures, other_members, turns_18_on, turns_21_on, turns_25_on, turns_27_on)
        ON CONFLICT (case_id) DO UPDATE SET \(commonUpdate),
            support_plan = excluded.support_plan, open_measures = excluded.open_measures,
            other_members = excluded.other_members, turns_18_on = excluded.turns_18_on,
            turns_21_on = excluded.turns_21_on, turns_25_on = excluded.turns_25_on, turns_27_on = excluded.turns_27_on
        """)

    static let socialOffice = Statement(
        "write social_office_cases",
        """
        INSERT INTO social_office_cases (\(commonColumns),
            household_size, minors, living_measures, participation_measures, placement_ends_on, placement_visible,
            income_cover_from, income_cover_visible)
        SELECT \(commonSelection),
            r.household_size, r.minors, r.living_measures, r.participation_measures, r.placement_ends_on,
            r.placement_visible::datemultirange, r.income_cover_from, r.income_cover_visible::datemultirange
        FROM unnest(\(commonParameters),
                $32::smallint[], $33::smallint[], $34::smallint[], $35::smallint[], $36::date[], $37::text[],
                $38::date[], $39::text[])
            AS r (\(commonColumns),
                household_size, minors, living_measures, participation_measures, placement_ends_on, placement_visible,
                income_cover_from, income_cover_visible)
        ON CONFLICT (case_id) DO UPDATE SET \(commonUpdate),
            household_size = excluded.household_size, minors = excluded.minors,
            living_measures = excluded.living_measures, participation_measures = excluded.participation_measures,
            placement_ends_on = excluded.placement_ends_on, placement_visible = excluded.placement_visible,
            income_cover_from = excluded.income_cover_from, income_cover_visible = excluded.income_cover_visible
        """)

    static func names(_ office: Office) -> Statement {
        let table = WorklistStatements.namesTable(of: office)
        return Statement(
            "write \(table)",
            """
            INSERT INTO \(table) (case_id, name_search, sort_name)
            SELECT r.case_id, r.name_search::tsvector, r.sort_name
            FROM unnest($1::uuid[], $2::text[], $3::text[]) AS r (case_id, name_search, sort_name)
            ON CONFLICT (case_id) DO UPDATE SET name_search = excluded.name_search, sort_name = excluded.sort_name
            """)
    }

    static func deleteNames(_ office: Office) -> Statement {
        let table = WorklistStatements.namesTable(of: office)
        return Statement("delete \(table)", "DELETE FROM \(table) WHERE case_id = ANY ($1::uuid[])")
    }

    static let files = Statement(
        "write office_case_files",
        """
        INSERT INTO office_case_files (case_id, office, area_id, engaged_on, seen_until, document, timeline)
        SELECT r.case_id, r.office, r.area_id, r.engaged_on, r.seen_until, r.document::json, r.timeline::json
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::date[], $5::date[], $6::text[], $7::text[])
            AS r (case_id, office, area_id, engaged_on, seen_until, document, timeline)
        ON CONFLICT (case_id, office) DO UPDATE SET
            area_id = excluded.area_id, engaged_on = excluded.engaged_on, seen_until = excluded.seen_until,
            document = excluded.document, timeline = excluded.timeline
        """)

    static let deleteFiles = Statement(
        "delete office_case_files",
        """
        DELETE FROM office_case_files f USING unnest($1::uuid[]) AS k (case_id)
        WHERE f.case_id = k.case_id AND f.office = $2
        """)

    static func deleteWorklist(_ office: Office) -> Statement {
        switch office {
        case .jobCentre: deleteJobCentre
        case .youthOffice: deleteYouthOffice
        case .socialOffice: deleteSocialOffice
        }
    }

    private static let deleteJobCentre = Statement(
        "delete job_centre_cases",
        "DELETE FROM job_centre_cases c USING unnest($1::uuid[]) AS k (case_id) WHERE c.case_id = k.case_id")
    private static let deleteYouthOffice = Statement(
        "delete youth_office_cases",
        "DELETE FROM youth_office_cases c USING unnest($1::uuid[]) AS k (case_id) WHERE c.case_id = k.case_id")
    private static let deleteSocialOffice = Statement(
        "delete social_office_cases",
        "DELETE FROM social_office_cases c USING unnest($1::uuid[]) AS k (case_id) WHERE c.case_id = k.case_id")

    static let summaryCases = Statement(
        "write summary_cases",
        """
        INSERT INTO summary_cases (case_id, area_id, household_id, span_kind, span_office, span_from, span_until,
            span_strand, span_orientation, span_solidarity, change_kind, change_office, change_on, active_month,
            active_job_centre, active_youth_office, active_social_office, expected_month, expected_if_accepted,
            expected_job_centre, expected_youth_office, expected_social_office)
        SELECT r.case_id, r.area_id, r.household_id, r.span_kind::text[], r.span_office::text[], r.span_from::date[],
            r.span_until::date[], r.span_strand::text[], r.span_orientation::text[], r.span_solidarity::text[],
            r.change_kind::text[], r.change_office::text[], r.change_on::date[], r.active_month::date[],
            r.active_job_centre::integer[], r.active_youth_office::integer[], r.active_social_office::integer[],
            r.expected_month::date[], r.expected_if_accepted::boolean[], r.expected_job_centre::integer[],
            r.expected_youth_office::integer[], r.expected_social_office::integer[]
        FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[],
                $17::text[], $18::text[], $19::text[], $20::text[], $21::text[], $22::text[])
            AS r (case_id, area_id, household_id, span_kind, span_office, span_from, span_until, span_strand,
                span_orientation, span_solidarity, change_kind, change_office, change_on, active_month,
                active_job_centre, active_youth_office, active_social_office, expected_month, expected_if_accepted,
                expected_job_centre, expected_youth_office, expected_social_office)
        ON CONFLICT (case_id) DO UPDATE SET
            area_id = excluded.area_id, household_id = excluded.household_id, span_kind = excluded.span_kind,
            span_office = excluded.span_office, span_from = excluded.span_from, span_until = excluded.span_until,
            span_strand = excluded.span_strand, span_orientation = excluded.span_orientation,
            span_solidarity = excluded.span_solidarity, change_kind = excluded.change_kind,
            change_office = excluded.change_office, change_on = excluded.change_on,
            active_month = excluded.active_month, active_job_centre = excluded.active_job_centre,
            active_youth_office = excluded.active_youth_office, active_social_office = excluded.active_social_office,
            expected_month = excluded.expected_month, expected_if_accepted = excluded.expected_if_accepted,
            expected_job_centre = excluded.expected_job_centre,
            expected_youth_office = excluded.expected_youth_office,
            expected_social_office = excluded.expected_social_office
        """)

    static let deleteFindings = Statement(
        "delete office_findings",
        """
        DELETE FROM office_findings f USING unnest($1::uuid[]) AS o (owner_id)
        WHERE f.owner_id = o.owner_id AND NOT EXISTS (
            SELECT FROM unnest($2::uuid[], $3::text[]) AS k (finding_id, office)
            WHERE k.finding_id = f.finding_id AND k.office = f.office)
        """)

    static let findings = Statement(
        "write office_findings",
        """
        INSERT INTO office_findings (finding_id, office, visible, owner_id, area_id, kind, is_open, opened_on, closed_on,
            from_day, to_day, days, offices, case_ids, measure_ids, explanation, basis)
        SELECT r.finding_id, r.office, r.visible::datemultirange, r.owner_id, r.area_id, r.kind, r.is_open, r.opened_on,
            r.closed_on, r.from_day, r.to_day, r.days, r.offices::text[], r.case_ids::uuid[], r.measure_ids::uuid[],
            r.explanation, r.basis::json
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::boolean[], $8::date[],
                $9::date[], $10::date[], $11::date[], $12::integer[], $13::text[], $14::text[], $15::text[], $16::text[],
                $17::text[])
            AS r (finding_id, office, visible, owner_id, area_id, kind, is_open, opened_on, closed_on, from_day, to_day,
                days, offices, case_ids, measure_ids, explanation, basis)
        ON CONFLICT (finding_id, office) DO UPDATE SET
            visible = excluded.visible, owner_id = excluded.owner_id, area_id = excluded.area_id, kind = excluded.kind,
            is_open = excluded.is_open, opened_on = excluded.opened_on, closed_on = excluded.closed_on,
            from_day = excluded.from_day, to_day = excluded.to_day, days = excluded.days, offices = excluded.offices,
            case_ids = excluded.case_ids, measure_ids = excluded.measure_ids, explanation = excluded.explanation,
            basis = excluded.basis
        """)

    static let deleteOpenFindings = Statement(
        "delete office_open_findings",
        """
        DELETE FROM office_open_findings f USING unnest($1::uuid[]) AS o (owner_id)
        WHERE f.owner_id = o.owner_id AND NOT EXISTS (
            SELECT FROM unnest($2::uuid[], $3::text[], $4::uuid[]) AS k (case_id, office, finding_id)
            WHERE k.case_id = f.case_id AND k.office = f.office AND k.finding_id = f.finding_id)
        """)

    static let openFindings = Statement(
        "write office_open_findings",
        """
        INSERT INTO office_open_findings (case_id, office, finding_id, visible, owner_id, kind, opened_on)
        SELECT r.case_id, r.office, r.finding_id, r.visible::datemultirange, r.owner_id, r.kind, r.opened_on
        FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::date[])
            AS r (case_id, office, finding_id, visible, owner_id, kind, opened_on)
        ON CONFLICT (case_id, office, finding_id) DO UPDATE SET
            visible = excluded.visible, owner_id = excluded.owner_id, kind = excluded.kind, opened_on = excluded.opened_on
        """)

    static let deleteProposals = Statement(
        "delete office_proposals",
        """
        DELETE FROM office_proposals p USING unnest($1::uuid[]) AS o (owner_id)
        WHERE p.owner_id = o.owner_id AND NOT EXISTS (
            SELECT FROM unnest($2::uuid[], $3::text[]) AS k (proposal_id, office)
            WHERE k.proposal_id = p.proposal_id AND k.office = p.office)
        """)

    static let proposals = Statement(
        "write office_proposals",
        """
        INSERT INTO office_proposals (proposal_id, office, visible, owner_id, area_id, kinds, state, proposed_on, answer_due,
            document)
        SELECT r.proposal_id, r.office, r.visible::datemultirange, r.owner_id, r.area_id, r.kinds::text[], r.state,
            r.proposed_on, r.answer_due, r.document::json
        FROM unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::date[],
                $9::date[], $10::text[])
            AS r (proposal_id, office, visible, owner_id, area_id, kinds, state, proposed_on, answer_due, document)
        ON CONFLICT (proposal_id, office) DO UPDATE SET
            visible = excluded.visible, owner_id = excluded.owner_id, area_id = excluded.area_id, kinds = excluded.kinds,
            state = excluded.state, proposed_on = excluded.proposed_on, answer_due = excluded.answer_due,
            document = excluded.document
        """)

    static let deleteSummaryFindings = Statement(
        "delete summary_findings",
        """
        DELETE FROM summary_findings f USING unnest($1::uuid[]) AS o (owner_id)
        WHERE f.owner_id = o.owner_id AND NOT EXISTS (
            SELECT FROM unnest($2::uuid[]) AS k (finding_id) WHERE k.finding_id = f.finding_id)
        """)

    static let summaryFindings = Statement(
        "write summary_findings",
        """
        INSERT INTO summary_findings (finding_id, owner_id, area_id, kind, offices, opened_on, closed_on)
        SELECT r.finding_id, r.owner_id, r.area_id, r.kind, r.offices::text[], r.opened_on, r.closed_on
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::date[], $7::date[])
            AS r (finding_id, owner_id, area_id, kind, offices, opened_on, closed_on)
        ON CONFLICT (finding_id) DO UPDATE SET
            owner_id = excluded.owner_id, area_id = excluded.area_id, kind = excluded.kind, offices = excluded.offices,
            opened_on = excluded.opened_on, closed_on = excluded.closed_on
        """)

    static let catalogue = Statement(
        "write catalogue",
        """
        INSERT INTO catalogue (kind, id, sort_name, area_ids, open_through, is_full, variety, occupations, document)
        SELECT r.kind, r.id, r.sort_name, r.area_ids::text[], r.open_through, r.is_full, r.variety,
            r.occupations::text[], r.document::json
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::date[], $6::boolean[], $7::text[], $8::text[],
            $9::text[])
            AS r (kind, id, sort_name, area_ids, open_through, is_full, variety, occupations, document)
        ON CONFLICT (kind, id) DO UPDATE SET
            sort_name = excluded.sort_name, area_ids = excluded.area_ids, open_through = excluded.open_through,
            is_full = excluded.is_full, variety = excluded.variety, occupations = excluded.occupations,
            document = excluded.document
        """)

    static let areas = Statement(
        "write areas",
        """
        INSERT INTO areas (area_id, name, region, land, municipality, description, published_on)
        SELECT r.area_id, r.name, r.region, r.land, r.municipality, r.description, r.published_on
        FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[])
            AS r (area_id, name, region, land, municipality, description, published_on)
        ON CONFLICT (area_id) DO UPDATE SET
            name = excluded.name, region = excluded.region, land = excluded.land,
            municipality = excluded.municipality, description = excluded.description,
            published_on = excluded.published_on
        """)
}
