public import Foundation
public import Ledger

/// Records whether the participant was still employed some months after a placement began.
public struct RecordRetention: CommandBody {
    /// The name by which it is asked for.
    public static let name = "record-retention"

    /// The placement.
    public var placementId: UUID
    /// After how many months: 3, 6 or 12.
    public var afterMonths: Int
    /// Whether the participant was still employed there.
    public var stillEmployed: Bool

    /// What is known after some months.
    public init(placementId: UUID, afterMonths: Int, stillEmployed: Bool) {
        self.placementId = placementId
        self.afterMonths = afterMonths
        self.stillEmployed = stillEmployed
    }
}

/// It was recorded whether the participant was still employed some months after a placement began.
public struct RetentionRecorded: EventBody {
    /// The placement.
    public var placementId: UUID
    /// After how many months: 3, 6 or 12.
    public var afterMonths: Int
    /// Whether the participant was still employed there.
    public var stillEmployed: Bool

    /// What is known after some months.
    public init(placementId: UUID, afterMonths: Int, stillEmployed: Bool) {
        self.placementId = placementId
        self.afterMonths = afterMonths
        self.stillEmployed = stillEmployed
    }
}

extension RetentionRecorded: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["placementId"],
        .placement: ["afterMonths", "stillEmployed"],
    ]
}

extension CaseState {
    func decide(_ command: RecordRetention, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        let placement = try knownPlacement(command.placementId)
        guard let startedOn = placement.startedOn else { throw .placementNotStarted }
        guard Placement.Retention.months.contains(command.afterMonths) else { throw .invalidRetentionMonths }
        let day = startedOn.adding(months: command.afterMonths)
        guard day <= (try context.dayOfFact()) else { throw .retentionNotDue(day) }
        if command.stillEmployed, let end = placement.end, end.on < day { throw .endedBefore(end.on) }
        let known = placement.retentions.first { $0.afterMonths == command.afterMonths }
        guard known?.stillEmployed != command.stillEmployed else { return [] }
        return [
            .retentionRecorded(
                RetentionRecorded(
                    placementId: command.placementId, afterMonths: command.afterMonths,
                    stillEmployed: command.stillEmployed))
        ]
    }

    /// What is said later of the same months is a correction.
    mutating func apply(_ event: RetentionRecorded, from provenance: Provenance) {
        update(placement: event.placementId) {
            $0.retentions.removeAll { $0.afterMonths == event.afterMonths }
            $0.retentions.append(
                Placement.Retention(
                    afterMonths: event.afterMonths, stillEmployed: event.stillEmployed, recorded: provenance))
            $0.retentions.sort { $0.afterMonths < $1.afterMonths }
        }
    }
}

extension Rejection {
    /// The participant has not begun there.
    public static let placementNotStarted = Rejection(
        rule: "not-started", detail: "The placement has not begun; record its beginning first (start-placement).")
    /// Nobody asks after so many months.
    public static let invalidRetentionMonths = Rejection(
        rule: "invalid-retention-months", detail: "Retention is recorded after 3, 6 and 12 months.")
    /// That day has not come.
    public static func retentionNotDue(_ day: CalendarDate) -> Rejection {
        Rejection(
            rule: "retention-not-due", detail: "So many months are over on \(day); record it then or later.")
    }
    /// The placement was over.
    public static func endedBefore(_ day: CalendarDate) -> Rejection {
        Rejection(
            rule: "ended-before",
            detail: "The placement ended on \(day), before so many months were over; record that it was not kept.")
    }
}
