import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres
import Testing

@testable import CaseViews

@Suite("Verification of the views")
struct VerificationTests {
    /// One statement of damage per table, and what verification should call it.
    private static let damages: [(table: String, sql: String, kind: ViewDamage.Kind)] = [
        ("areas", "UPDATE views.areas SET name = name || '.'", .changed),
        ("catalogue", "UPDATE views.catalogue SET is_full = NOT is_full", .changed),
        ("job_centre_cases", "UPDATE views.job_centre_cases SET given_name = 'Mirb'", .changed),
        ("job_centre_cases", "DELETE FROM views.job_centre_cases", .missing),
        ("job_centre_names", "UPDATE views.job_centre_names SET name_search = ''", .changed),
        ("youth_office_cases", "UPDATE views.youth_office_cases SET turns_18_on = turns_18_on + 1", .changed),
        ("social_office_cases", "UPDATE views.social_office_cases SET case_id = gen_random_uuid()", .surplus),
        (
            "office_case_files",
            "UPDATE views.office_case_files SET document = replace(document::text, '{', '{ ')::json "
                + "WHERE office = 'job-centre'", .changed
        ),
        (
            "office_case_files",
            "UPDATE views.office_case_files SET timeline = replace(timeline::text, '2026', '2027')::json "
                + "WHERE office = 'job-centre'", .changed
        ),
        ("office_findings", "UPDATE views.office_findings SET visible = '{[2026-01-02,)}'", .changed),
        ("office_open_findings", "DELETE FROM views.office_open_findings", .missing),
        ("summary_cases", "UPDATE views.summary_cases SET active_job_centre[1] = 0", .changed),
        (
            "summary_findings",
            "INSERT INTO views.summary_findings SELECT gen_random_uuid(), owner_id, area_id, kind, offices, opened_on "
                + "FROM views.summary_findings", .surplus
        ),
    ]

    @Test("finds a changed byte, a missing and a surplus row, and nothing where nothing is wrong")
    func damages() async throws {
        let desk = try await LedgerDesk.make()
        try await desk.publish("gallus")
        var story = CaseStory.registered(engaged: Office.allCases, legalBasis: "law")
        _ = story.givenPlan(.cooperation, of: .jobCentre, goal: "g", title: "t")
        let finding = Finding(
            key: "gap", kind: .gap, owner: .singleCase(story.id), cases: [story.id], measures: [],
            offices: [.jobCentre],
            from: "2026-02-01", to: nil, days: nil, explanation: "nothing runs")
        story.given(.findingOpened(FindingOpened(finding: finding, occurrence: 1)), by: nil)
        try await desk.append(story)
        let position = try await desk.project()
        // What the views have not reached yet is no damage.
        try await desk.append(CaseEvent.caseClosed(CaseClosed()), to: story.id.uuidString.lowercased())

        let clean = try await verify(desk)
        #expect(clean.damages == [] && clean.position == position && clean.rows > 8)

        for damage in Self.damages {
            try await desk.pool.withConnection { connection in
                try await connection.script("CREATE TABLE backup AS SELECT * FROM views.\(damage.table)")
                try await connection.script(damage.sql)
            }
            let report = try await verify(desk)
            #expect(!report.damages.isEmpty, "\(damage.sql)")
            #expect(report.damages.contains { $0.table == damage.table && $0.kind == damage.kind })
            #expect(report.damages.allSatisfy { $0.table == damage.table })
            try await desk.pool.withConnection { connection in
                try await connection.script(
                    """
                    TRUNCATE views.\(damage.table);
                    INSERT INTO views.\(damage.table) SELECT * FROM backup;
                    DROP TABLE backup
                    """)
            }
        }
        #expect(try await verify(desk).damages == [])
        let left = try await desk.pool.query(
            Statement("left", "SELECT count(*) FROM pg_class WHERE relname = 'office_case_files'"))
        #expect(try left[0].decode(0, as: Int.self) == 1, "the replay's tables are gone")
    }

    private func verify(_ desk: LedgerDesk) async throws -> ViewVerification.Report {
        try await ViewVerification.compareWithReplay(
            pool: desk.pool, store: desk.store, vault: desk.vault, pageSize: 4)
    }
}
