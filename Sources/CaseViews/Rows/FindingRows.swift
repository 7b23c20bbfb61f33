import CaseFile
import CaseTiming
import Foundation
import Ledger

/// The rows that the findings of one case or household have in all tables.
struct FindingRows: Hashable, Sendable {
    /// A row of `office_findings`.
    struct Visible: Hashable, Sendable {
        var id: UUID
        var office: Office
        var visible: VisibleDays
        var areaId: String
        var entry: FindingRegister.Entry
        /// What it rests on, as JSON.
        var basis: [UInt8]
    }

    /// A row of `office_open_findings`.
    struct Open: Hashable, Sendable {
        var caseId: UUID
        var office: Office
        var id: UUID
        var visible: VisibleDays
        var kind: FindingKind
        var openedOn: CalendarDate
    }

    /// A row of `summary_findings`.
    struct Contribution: Hashable, Sendable {
        var id: UUID
        var areaId: String
        var entry: FindingRegister.Entry
    }

    var owner: UUID
    var visible: [Visible] = []
    var open: [Open] = []
    var contributions: [Contribution] = []

    /// The rows of what `register` holds for `owner`.
    ///
    /// - Parameter cases: the cases of the household, or the one case, by id.
    init(owner: UUID, register: FindingRegister, cases: [UUID: CaseState]) {
        self.owner = owner
        guard !register.entries.isEmpty else { return }
        let sights = Office.allCases.map { ($0, MeasureSight(of: $0, on: cases)) }
        for entry in register.entries.values.sorted(by: { $0.finding.key < $1.finding.key }) {
            let finding = entry.finding
            let areas = finding.cases.compactMap { id in cases[id]?.participant.map { (id, $0.areaId.storable) } }
            guard let area = areas.first?.1 else { continue }
            contributions.append(Contribution(id: finding.id, areaId: area, entry: entry))
            var basis = JSONWriter()
            basis.value(FindingBasis(of: finding, in: cases))
            for (office, sight) in sights {
                let days = sight.days(of: finding)
                guard !days.isEmpty else { continue }
                let engaged = finding.cases.filter { cases[$0]?.isEngaged(office) ?? false }
                visible.append(
                    Visible(
                        id: finding.id, office: office, visible: days,
                        areaId: areas.first { engaged.contains($0.0) }?.1 ?? area, entry: entry,
                        basis: basis.bytes))
                guard entry.isOpen else { continue }
                for caseId in engaged {
                    open.append(
                        Open(
                            caseId: caseId, office: office, id: finding.id, visible: days, kind: finding.kind,
                            openedOn: entry.openedOn))
                }
            }
        }
    }
}
