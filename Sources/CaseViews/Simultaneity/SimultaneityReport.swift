public import CaseFile
public import CaseTiming
public import Foundation
public import Ledger

/// Of which case or household it is asked how far offices act at the same time.
public struct SimultaneityQuery: Sendable {
    /// The office that looks.
    public var office: Office
    /// Who asks.
    public var actor: Actor
    /// The case.
    public var caseId: UUID
    /// Whether its whole household is meant.
    public var ofHousehold: Bool
    /// The present day, Europe/Berlin.
    public var day: CalendarDate
    /// The months.
    public var months: ClosedRange<CalendarMonth>

    /// A question about a case, or about the household that it belongs to.
    public init(
        office: Office, actor: Actor, caseId: UUID, ofHousehold: Bool, day: CalendarDate,
        months: ClosedRange<CalendarMonth>
    ) {
        self.office = office
        self.actor = actor
        self.caseId = caseId
        self.ofHousehold = ofHousehold
        self.day = day
        self.months = months
    }
}

/// How far offices act at the same time, month by month, as far as the asking office may know when their measures are.
public struct SimultaneityReport: Hashable, Sendable {
    /// The day as of which is counted, Europe/Berlin.
    public var asOf: CalendarDate
    /// The cases whose measures are counted.
    public var cases: [UUID]
    /// The open proposals that are taken for accepted in `ifAccepted`.
    public var proposals: [UUID]
    /// Whether another office is responsible of whose measures the asking one may not know when they are, or a member of the
    /// household has a case that it does not know.
    public var isPartial: Bool
    /// The months.
    public var months: [SimultaneityOutlook]
}

extension SimultaneityReport {
    /// What the files of some cases, as one office sees them, come to.
    ///
    /// - Parameter isWhole: whether these are all the cases that are meant.
    init(of files: [OfficeCaseFile], isWhole: Bool, _ query: SimultaneityQuery) {
        // What is known of a case that was merged into one of these belongs to the same person.
        let known = files.flatMap { [$0] + $0.merged }
        let proposals = known.flatMap(\.proposals).filter { $0.state == .open }
        var shifts: [UUID: Int] = [:]
        for shift in proposals.flatMap(\.shifts) { shifts[shift.measureId] = shift.days }
        self.init(
            asOf: query.day, cases: Set(known.map(\.caseId)).sorted(),
            proposals: Set(proposals.map(\.proposalId)).sorted(),
            isPartial: !isWhole || known.contains { $0.hidesMeasures(on: query.day) },
            months: SimultaneityOutlook.byMonth(
                of: known.flatMap(\.timedMeasures), shiftedBy: shifts, on: query.day, in: query.months))
    }
}

extension AlignmentShift {
    /// The days by which open proposals would move measures.
    static func days(ofOpen proposals: [AlignmentProposal]) -> [UUID: Int] {
        var days: [UUID: Int] = [:]
        for shift in proposals.filter(\.isOpen).flatMap(\.shifts) { days[shift.measureId] = shift.days }
        return days
    }
}

extension OfficeCaseFile {
    /// Whether another office is responsible too, and nothing opens to this one when its measures are.
    fileprivate func hidesMeasures(on day: CalendarDate) -> Bool {
        engagements.contains { $0.office != office } && !knowsTiming(on: day)
    }

    /// Whether the office may know when others' measures are: by its own legal basis, or by a consent that names it.
    private func knowsTiming(on day: CalendarDate) -> Bool {
        engagements.contains { $0.office == office && $0.legalBasis != nil }
            || consents.contains { consent in
                consent.categories.contains(.timing) && consent.recipients.contains(office) && consent.from <= day
                    && day <= consent.validUntil ?? day
                    && !consent.withdrawals.contains {
                        $0.categories.contains(.timing) && $0.recipients.contains(office) && $0.on <= day
                    }
            }
    }

    /// The measures that the office knows of, each once: its own, and those of others as far as anything opens them.
    fileprivate var timedMeasures: [TimedMeasure] {
        let own = plans.flatMap(\.measures).map { TimedMeasure($0, of: office, in: caseId) }
        let others = shared.flatMap { block -> [TimedMeasure] in
            guard let recorder = block.office else { return [] }
            let content = (block.content.measures ?? []) + (block.content.plans ?? []).flatMap(\.measures)
            return (block.content.timing ?? []).map {
                TimedMeasure(
                    $0.measureId, of: recorder, in: caseId, $0.window, $0.progress, $0.startedOn, $0.endedOn, $0.pauses)
            } + content.map { TimedMeasure($0, of: recorder, in: caseId) }
        }
        var seen: Set<UUID> = []
        return (own + others).filter { seen.insert($0.id).inserted }
    }
}

extension TimedMeasure {
    fileprivate init(_ measure: OfficeCaseFile.Measure, of office: Office, in caseId: UUID) {
        self.init(
            measure.measureId, of: office, in: caseId, measure.window, measure.progress, measure.startedOn,
            measure.endedOn, measure.pauses)
    }

    fileprivate init(
        _ id: UUID, of office: Office, in caseId: UUID, _ window: DayRange, _ status: CaseFile.Measure.Status,
        _ startedOn: CalendarDate?, _ endedOn: CalendarDate?, _ pauses: [OfficeCaseFile.Pause]
    ) {
        let progress: MeasureProgress =
            switch status {
            case .planned: .planned
            case .started: .running(since: startedOn ?? window.first)
            case .paused: .paused(since: startedOn ?? window.first, on: pauses.last?.from ?? window.last)
            case .completed: .completed(from: startedOn ?? endedOn ?? window.first, on: endedOn ?? window.last)
            case .abandoned: .abandoned(from: startedOn, on: endedOn ?? window.first)
            }
        self.init(
            id: id, caseID: caseId, office: office, window: window, progress: progress,
            pauses: pauses.compactMap { pause in pause.to.flatMap { DayRange(first: pause.from, last: $0) } })
    }
}
