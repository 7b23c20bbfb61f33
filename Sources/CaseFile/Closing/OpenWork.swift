import CaseTiming
import Foundation
import Ledger

/// What has to be brought to an end before a case is closed or an office leaves it.
struct OpenWork: Hashable {
    var plans: [UUID] = []
    var measures: [UUID] = []
    var placements: [UUID] = []
    var appointments: [UUID] = []
    var referrals: [UUID] = []
    var conferences: [UUID] = []
    var commitments: [UUID] = []

    /// What is open in the whole case on a day. Plans end with the case.
    init(in state: CaseState, on day: CalendarDate) {
        measures = state.measures.filter(\.isOpen).map(\.measureId)
        placements = state.placements.filter { $0.isOpen(on: day) }.map(\.placementId)
        appointments = state.appointments.filter { $0.isAhead(of: day) }.map(\.appointmentId)
        referrals = state.referrals.filter(\.isOpen).map(\.referralId)
        conferences = state.conferences.filter { $0.isAhead(of: day) }.map(\.conferenceId)
        commitments = state.commitments.filter { $0.status == .open }.map(\.commitmentId)
    }

    /// What of it, and which plans, an office has to end itself.
    init(in state: CaseState, on day: CalendarDate, of office: Office) {
        plans = state.openPlans(of: office).map(\.planId)
        measures = state.measures.filter { $0.office == office && $0.isOpen }.map(\.measureId)
        if office == .jobCentre {
            placements = state.placements.filter { $0.isOpen(on: day) }.map(\.placementId)
        }
        appointments = state.appointments.filter { $0.office == office && $0.isAhead(of: day) }.map(\.appointmentId)
        referrals = state.referrals.filter { $0.isOpen && $0.concerns(office) }.map(\.referralId)
        conferences = state.conferences.filter { $0.office == office && $0.isAhead(of: day) }.map(\.conferenceId)
        commitments = state.commitments.filter { $0.office == office && $0.status == .open }.map(\.commitmentId)
    }

    var isEmpty: Bool {
        plans.isEmpty && measures.isEmpty && placements.isEmpty && appointments.isEmpty && referrals.isEmpty
            && conferences.isEmpty && commitments.isEmpty
    }
}

extension Placement {
    /// Whether something is still to happen with it: an answer that can be given, a beginning or an end.
    fileprivate func isOpen(on day: CalendarDate) -> Bool {
        switch status {
        case .offered: !hasLapsed(on: day)
        case .accepted, .started: true
        case .refused, .ended: false
        }
    }
}

extension Rejection {
    /// Something is still to be brought to an end.
    static func openWorkRemains(_ work: OpenWork, before what: String) -> Rejection {
        let lists = [
            ("measures", work.measures), ("placements", work.placements), ("plans", work.plans),
            ("appointments", work.appointments), ("referrals", work.referrals), ("conferences", work.conferences),
            ("commitments", work.commitments),
        ].compactMap { name, ids in
            ids.isEmpty ? nil : "\(name) " + ids.map { $0.uuidString.lowercased() }.joined(separator: ", ")
        }
        return Rejection(
            rule: "open-work-remains",
            detail: "Open work remains: " + lists.joined(separator: "; ")
                + ". Complete, abandon, answer, keep, withdraw, conclude, cancel or end it before \(what).")
    }
}
