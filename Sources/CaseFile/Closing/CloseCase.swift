public import Foundation
public import Ledger

/// That a case is closed.
public struct Closure: Hashable, Sendable {
    /// Why.
    public var reason: String?
    /// Which office closed it, and as of when.
    public var closed: Provenance
}

/// Closes the case.
public struct CloseCase: CommandBody {
    /// The name by which it is asked for.
    public static let name = "close-case"

    /// Why.
    public var reason: String?

    /// A closing.
    public init(reason: String? = nil) { self.reason = reason }
}

/// The case was closed.
public struct CaseClosed: EventBody {
    /// Why.
    public var reason: String?

    /// A closing.
    public init(reason: String? = nil) { self.reason = reason }
}

extension CaseState {
    func decide(_ command: CloseCase, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let day = try context.dayOfFact()
        let openMeasures = measures.filter(\.isOpen).map(\.measureId)
        let openPlacements = placements.filter { placement in
            switch placement.status {
            case .offered: !placement.hasLapsed(on: day)
            case .accepted, .started: true
            case .refused, .ended: false
            }
        }
        guard openMeasures.isEmpty, openPlacements.isEmpty else {
            throw .openWorkRemains(measures: openMeasures, placements: openPlacements.map(\.placementId))
        }
        return [.caseClosed(CaseClosed(reason: command.reason))]
    }

    mutating func apply(_ event: CaseClosed, from provenance: Provenance) {
        closure = Closure(reason: event.reason, closed: provenance)
    }
}

extension Rejection {
    /// The case is closed.
    public static let caseClosed = Rejection(
        rule: "case-closed", detail: "This case is closed; nothing more can be recorded in it.")

    /// Measures or placements are still open.
    public static func openWorkRemains(measures: [UUID], placements: [UUID]) -> Rejection {
        let lists = [("measures", measures), ("placements", placements)].compactMap { name, ids in
            ids.isEmpty ? nil : "\(name) " + ids.map { $0.uuidString.lowercased() }.joined(separator: ", ")
        }
        return Rejection(
            rule: "open-work-remains",
            detail: "Open work remains: " + lists.joined(separator: "; ")
                + ". Complete, abandon, answer or end it before closing the case.")
    }
}
