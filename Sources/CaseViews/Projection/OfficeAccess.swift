import CaseFile
import CaseTiming
import Foundation
import Ledger

extension CategoryGrant {
    /// The days on which it holds.
    var days: VisibleDays { VisibleDays(from: from, until: until) }
}

extension CaseState {
    /// The days on which `office` may see others' data of `category` in this case, given it is engaged.
    func days(of category: ConsentCategory, for office: Office) -> VisibleDays {
        VisibleDays(
            grants(for: office).filter { $0.category == category }.map {
                VisibleDays.Span(from: $0.from, until: $0.until)
            })
    }

    /// The days on which `office` may know when measures of others are, be it engaged in this case or not: a consent that
    /// names it also holds where it works with another member of the household only.
    func timingDays(for office: Office) -> VisibleDays {
        let consented = consents.compactMap { $0.period(of: .timing, to: office) }
        return days(of: .timing, for: office).union(
            VisibleDays(consented.map { VisibleDays.Span(from: $0.from, until: $0.until) }))
    }
}

/// What an office may know of a household's measures, or of those of a case without one.
struct MeasureSight {
    let office: Office
    private let cases: [UUID: CaseState]
    private let timing: [UUID: VisibleDays]
    private let measures: [UUID: (office: Office, caseID: UUID)]

    /// The sight of an office on these cases.
    init(of office: Office, on cases: [UUID: CaseState]) {
        self.office = office
        self.cases = cases
        timing = cases.mapValues { $0.timingDays(for: office) }
        var measures: [UUID: (office: Office, caseID: UUID)] = [:]
        for (id, state) in cases {
            for measure in state.measures { measures[measure.measureId] = (measure.office, id) }
        }
        self.measures = measures
    }

    /// The days from which the office is responsible for any of the cases.
    func engagedDays(in ids: [UUID]) -> VisibleDays {
        VisibleDays(ids.compactMap { cases[$0]?.engagements[office].map { VisibleDays.Span(from: $0.from) } })
    }

    /// The days on which the office may know when all of the measures are; never, if one is unknown.
    func days(of ids: [UUID], within days: VisibleDays) -> VisibleDays {
        ids.reduce(days) { days, id in
            guard let measure = measures[id] else { return .never }
            return measure.office == office ? days : days.intersection(timing[measure.caseID] ?? .never)
        }
    }

    /// The days on which the office may know of a finding.
    ///
    /// It has to be engaged in one of the finding's cases, and may have to know when the measures of others are that it is
    /// about, and all else that it rests on. Where it concerns other offices without naming anything of theirs, a gap in
    /// their plans for instance, timing has to be open in all of its cases.
    func days(of finding: CaseTiming.Finding) -> VisibleDays {
        var days = engagedDays(in: finding.cases)
        guard !days.isEmpty else { return .never }
        days = self.days(of: finding.measures, within: days)
        let grounds = finding.grounds ?? []
        days = grounds.reduce(days) { $1.office == office && $1.fact != .idleness ? $0 : self.days(of: $1, within: $0) }
        let named = Set(finding.measures.compactMap { measures[$0]?.office }).union(grounds.compactMap(\.office))
        guard finding.offices.contains(where: { $0 != office && !named.contains($0) }) else { return days }
        return finding.cases.reduce(days) { $0.intersection(timing[$1] ?? .never) }
    }

    /// The days on which the office may know of something that is not its own.
    private func days(of ground: FindingGround, within days: VisibleDays) -> VisibleDays {
        guard let state = cases[ground.caseID] else { return .never }
        switch ground.fact {
        case .measure, .appointment: return days.intersection(timing[ground.caseID] ?? .never)
        case .idleness:
            // Where nobody else is engaged there is nothing of others to know.
            guard state.engagements.keys.contains(where: { $0 != office }) else { return days }
            return days.intersection(timing[ground.caseID] ?? .never)
        case .placement: return days.intersection(state.days(of: CaseFile.Placement.category, for: office))
        case .income: return days.intersection(state.days(of: CaseFile.Placement.incomeCategory, for: office))
        case .engagement, .participant: return days.intersection(engagedDays(in: [ground.caseID]))
        case .duty: return .never
        }
    }
}
