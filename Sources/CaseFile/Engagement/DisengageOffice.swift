public import CaseTiming
public import Ledger

/// That an office was responsible for a case, and no longer is.
public struct Departure: Hashable, Sendable {
    /// The responsibility as it last was.
    public var engagement: Engagement
    /// Its last day, Europe/Berlin.
    public var until: CalendarDate
    /// Why the office left.
    public var reason: String?
    /// The office that goes on with what is left to do.
    public var successor: Office?
}

/// Ends an office's responsibility for a case.
public struct DisengageOffice: CommandBody {
    /// The name by which it is asked for.
    public static let name = "disengage-office"

    /// The office that leaves.
    public var office: Office
    /// Why.
    public var reason: String?
    /// The office that goes on with what is left to do; it is engaged already.
    public var successor: Office?

    /// The leaving of an office.
    public init(office: Office, reason: String? = nil, successor: Office? = nil) {
        self.office = office
        self.reason = reason
        self.successor = successor
    }
}

/// An office's responsibility for a case ended; the day it counts from is the last one.
public struct OfficeDisengaged: EventBody {
    /// The office that left.
    public var office: Office
    /// Why.
    public var reason: String?
    /// The office that goes on with what is left to do.
    public var successor: Office?

    /// The leaving of an office.
    public init(office: Office, reason: String? = nil, successor: Office? = nil) {
        self.office = office
        self.reason = reason
        self.successor = successor
    }
}

extension OfficeDisengaged: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [.identity: ["office", "successor"], .own: ["reason"]]
}

extension CaseState {
    func decide(_ command: DisengageOffice, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let engagement = engagements[command.office] else { throw .notEngaged }
        let day = try context.dayOfFact()
        guard engagement.from <= day else { throw .leavesBeforeEngagement }
        if let successor = command.successor {
            guard successor != command.office, isEngaged(successor) else { throw .successorNotEngaged }
        }
        guard engagements.count > 1 || !measures.contains(where: \.isUnderWay) else { throw .lastOfficeLeaves }
        // What an office leaves behind nobody else could end.
        let left = OpenWork(in: self, on: day, of: command.office)
        guard left.isEmpty else { throw .openWorkRemains(left, before: "the office leaves the case") }
        return [
            .officeDisengaged(
                OfficeDisengaged(office: command.office, reason: command.reason, successor: command.successor))
        ]
    }

    mutating func apply(_ event: OfficeDisengaged, from provenance: Provenance) {
        guard let engagement = engagements.removeValue(forKey: event.office) else { return }
        departures.append(
            Departure(
                engagement: engagement, until: provenance.on, reason: event.reason, successor: event.successor))
    }

    /// Whether the office was responsible once and is no longer.
    public func hasLeft(_ office: Office) -> Bool {
        !isEngaged(office) && departures.contains { $0.engagement.office == office }
    }
}

extension Rejection {
    /// The office is not responsible.
    public static let notEngaged = Rejection(
        rule: "not-engaged", detail: "This office is not engaged in the case; nothing needs to be done.")
    /// It would leave before it came.
    public static let leavesBeforeEngagement = Rejection(
        rule: "leaves-before-engagement",
        detail: "The office would leave before it was engaged; choose a day on or after its engagement.")
    /// The office that should go on is not there.
    public static let successorNotEngaged = Rejection(
        rule: "successor-not-engaged",
        detail: "The successor is another office that is engaged in the case; it engages itself first (engage-office).")
    /// A measure would run with nobody responsible.
    public static let lastOfficeLeaves = Rejection(
        rule: "last-office-leaves",
        detail: "A measure runs and no other office is engaged; complete or abandon it first, "
            + "or let another office engage itself.")
}
