import CaseTiming
public import Foundation
public import Ledger

/// Records that the participant says that something in the record is wrong. It is marked from then on.
public struct DisputeData: CommandBody {
    /// The name by which it is asked for.
    public static let name = "dispute-data"

    /// The dispute.
    public var disputeId: UUID
    /// What kind of thing is disputed.
    public var about: DisputedRecord
    /// Which one, where there can be several of its kind.
    public var recordId: UUID?
    /// What the participant says. Personal.
    public var statement: String

    /// A dispute.
    public init(disputeId: UUID, about: DisputedRecord, recordId: UUID? = nil, statement: String) {
        self.disputeId = disputeId
        self.about = about
        self.recordId = recordId
        self.statement = statement
    }
}

/// The participant says that something in the record is wrong.
public struct DataDisputed: EventBody {
    /// What the participant says.
    public struct Personal: Codable, Hashable, Sendable {
        /// What the participant says.
        public var statement: String

        /// A statement.
        public init(statement: String) { self.statement = statement }
    }

    /// The dispute.
    public var disputeId: UUID
    /// What kind of thing is disputed.
    public var about: DisputedRecord
    /// Which one.
    public var recordId: UUID?
    /// What the participant says; `nil` once the person is erased.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case disputeId, about, recordId
    }

    /// A dispute.
    public init(disputeId: UUID, about: DisputedRecord, recordId: UUID? = nil, personal: Personal? = nil) {
        self.disputeId = disputeId
        self.about = about
        self.recordId = recordId
        self.personal = personal
    }
}

extension DataDisputed: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["disputeId", "about", "recordId"], .exchange: ["statement"],
    ]
}

extension CaseState {
    func decide(_ command: DisputeData, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard dataProtection.dispute(command.disputeId) == nil else { throw .disputeKnown }
        try command.statement.filled("statement")
        _ = try context.dayOfFact()
        guard let owner = recorder(of: command.about, command.recordId) else { throw .noSuchRecord }
        // Whoever recorded it examines it. Who somebody is, every office in the case knows and may find wrong.
        guard command.about == .participant || owner == context.actor.office else { throw .notYourRecord }
        return [
            .dataDisputed(
                DataDisputed(
                    disputeId: command.disputeId, about: command.about, recordId: command.recordId,
                    personal: DataDisputed.Personal(statement: command.statement)))
        ]
    }

    mutating func apply(_ event: DataDisputed, from provenance: Provenance) {
        dataProtection.disputes.append(
            Dispute(
                disputeId: event.disputeId, about: event.about, recordId: event.recordId,
                statement: event.personal?.statement, disputed: provenance))
    }

    /// Which office recorded something, if an office did; `nil` when there is no such thing.
    private func recorder(of kind: DisputedRecord, _ id: UUID?) -> Office?? {
        switch kind {
        case .participant: id == nil ? participant.map(\.registered.office) : nil
        case .potential: id == nil ? potential.map(\.assessed.office) : nil
        case .plan: plans.first { $0.planId == id }.map { .some($0.office) }
        case .measure: measures.first { $0.measureId == id }.map { .some($0.office) }
        case .placement: placements.first { $0.placementId == id }.map(\.offered.office)
        case .appointment: appointments.first { $0.appointmentId == id }.map { .some($0.office) }
        case .reduction: reductions.first { $0.reductionId == id }.map(\.decided.office)
        case .voucher: vouchers.first { $0.voucherId == id }.map(\.issued.office)
        case .wageSubsidy: subsidies.first { $0.subsidyId == id }.map(\.granted.office)
        }
    }
}

extension Rejection {
    /// There is a dispute of that id.
    public static let disputeKnown = Rejection(
        rule: "dispute-known", detail: "A dispute of this id is on record already; choose a new id for another one.")
    /// There is nothing like that to dispute.
    public static let noSuchRecord = Rejection(
        rule: "no-such-record",
        detail: "There is nothing of that kind and id in the case; name what is disputed, with recordId for a plan, "
            + "measure, placement, appointment, reduction, voucher or wage subsidy.")
    /// Another office recorded it.
    public static let notYourRecord = Rejection(
        rule: "not-your-record",
        detail: "Another office recorded what is disputed; it examines the dispute, so ask it to record it.")
}
