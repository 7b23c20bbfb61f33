import CaseFile
import CaseTiming
import Foundation

/// The rows that are written together. A part whose rows are as they were is not written again.
enum ViewPart: Hashable {
    case office(Office)
    case names
    case summary
    case findings
    case proposals
}

extension ViewWriter {
    /// Collects the rows of a case: a pure function of its state and its household's.
    ///
    /// - Parameters:
    ///   - others: cases among which are those that this one was merged with.
    ///   - isNew: told which rows these are and asked whether they have to be written; it gets a digest of them when it
    ///     wants to compare.
    mutating func add(
        _ id: UUID, _ state: CaseState, in household: HouseholdFile?, among others: [UUID: CaseState] = [:],
        where isNew: (ViewPart, _ digest: () -> Int) -> Bool = { _, _ in true }
    ) {
        let surroundings = CaseSurroundings(caseId: id, state: state, household: household, among: others)
        for office in Office.allCases where views.contains(.caseFiles) || views.contains(ViewName(worklistOf: office)) {
            let stored = StoredCaseFile(surroundings, for: office)
            let file = stored.map { CaseFileRow($0, StoredTimeline(surroundings, for: office)) }
            guard isNew(.office(office), { file?.hashValue ?? 0 }) else { continue }
            guard let stored, let file else {
                unengaged[office, default: []].append(id)
                continue
            }
            files.append(file)
            guard stored.file.mergedInto == nil else {
                merged[office, default: []].append(id)
                continue
            }
            // A worklist's row follows from the stored file, so it changes only when that does.
            if let row = JobCentreRow(stored) { jobCentre.append(row) }
            if let row = YouthOfficeRow(stored) { youthOffice.append(row) }
            if let row = SocialOfficeRow(stored) { socialOffice.append(row) }
        }
        let found = views.contains(.names) ? CaseNames.rows(caseId: id, state: state) : nil
        if let found, isNew(.names, { found.hashValue }) {
            names += found
            for office in Office.allCases where !found.contains(where: { $0.office == office }) {
                unnamed[office, default: []].append(id)
            }
        }
        if views.contains(.summary), let row = SummaryCaseRow(caseId: id, state: state),
            isNew(.summary, { row.hashValue })
        {
            summary.append(row)
        }
        add(FindingRows(owner: id, register: state.findings, cases: surroundings.cases), where: isNew)
        // What was proposed is never taken back, so without a proposal there is nothing to remove either.
        if views.contains(.findings), state.alignments.contains(where: { $0.caseId == id }) {
            let rows = ProposalRows(owner: id, state: state, cases: surroundings.cases)
            if isNew(.proposals, { rows.hashValue }) { proposals.append(rows) }
        }
    }

    /// Collects the rows of the findings that a case or household holds.
    mutating func add(
        _ rows: FindingRows, where isNew: (ViewPart, _ digest: () -> Int) -> Bool = { _, _ in true }
    ) {
        // A register only grows, so without contributions there is nothing to remove either.
        guard !rows.contributions.isEmpty, isNew(.findings, { rows.hashValue }) else { return }
        findings.append(rows)
    }
}
