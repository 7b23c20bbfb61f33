public import Foundation
public import Ledger

/// That one office asked another to act, and the other said yes.
public struct AcceptedReferral: Hashable, Sendable {
    /// The referral.
    public let id: UUID
    /// The participant's case.
    public let caseID: UUID
    /// The office that asked.
    public let from: Office
    /// The day of the answer.
    public let acceptedOn: CalendarDate
    /// The day on which the other office had acted; `nil` as long as it has not.
    public let completedOn: CalendarDate?

    /// An accepted referral.
    public init(id: UUID, caseID: UUID, from: Office, acceptedOn: CalendarDate, completedOn: CalendarDate? = nil) {
        self.id = id
        self.caseID = caseID
        self.from = from
        self.acceptedOn = acceptedOn
        self.completedOn = completedOn
    }
}
