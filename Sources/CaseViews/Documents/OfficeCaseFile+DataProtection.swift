public import CaseFile
public import CaseTiming
public import Foundation
public import Ledger

extension OfficeCaseFile {
    /// That processing is restricted.
    public struct Restriction: Codable, Hashable, Sendable {
        /// The restriction.
        public var restrictionId: UUID
        /// Why the law restricts.
        public var ground: RestrictionGround
        /// What may not go to other offices; `nil` where all of the case is only stored.
        public var categories: [ConsentCategory]?
        /// The day as of which it holds.
        public var since: CalendarDate
        /// Which office restricted it.
        public var by: Office?
        /// Anything else to know, told to the office that noted it only.
        public var reason: String?
    }

    /// That the participant says that something is wrong.
    public struct Dispute: Codable, Hashable, Sendable {
        /// The dispute.
        public var disputeId: UUID
        /// What kind of thing is disputed.
        public var about: DisputedRecord
        /// Which one, where there can be several of its kind.
        public var recordId: UUID?
        /// The day as of which it was disputed.
        public var since: CalendarDate
        /// Which office examines it.
        public var by: Office?
        /// Whether it was examined and neither was found.
        public var isUnresolved: Bool
        /// What the participant says, told to the office that examines it only.
        public var statement: String?
    }
}

extension OfficeCaseFile.Restriction {
    init(_ restriction: CaseFile.Restriction, for office: Office) {
        self.init(
            restrictionId: restriction.restrictionId, ground: restriction.ground, categories: restriction.categories,
            since: restriction.restricted.on, by: restriction.restricted.office,
            reason: restriction.restricted.office == office ? restriction.reason : nil)
    }
}

extension OfficeCaseFile.Dispute {
    init(_ dispute: CaseFile.Dispute, for office: Office) {
        self.init(
            disputeId: dispute.disputeId, about: dispute.about, recordId: dispute.recordId,
            since: dispute.disputed.on, by: dispute.disputed.office,
            isUnresolved: dispute.settlement?.outcome == .unresolved,
            statement: dispute.disputed.office == office ? dispute.statement : nil)
    }
}

extension OfficeCaseFile {
    /// Whether the office sees what is disputed: that there is something else is not told by its mark.
    func shows(_ dispute: Dispute) -> Bool {
        if dispute.about == .participant || dispute.by == office { return true }
        let id = dispute.recordId
        return shared.map(\.content).contains { content in
            switch dispute.about {
            case .participant: true
            case .potential: content.potential != nil
            case .plan: content.plans?.contains { $0.planId == id } ?? false
            case .measure:
                (content.timing?.contains { $0.measureId == id } ?? false)
                    || (content.measures?.contains { $0.measureId == id } ?? false)
                    || (content.plans?.contains { $0.measures.contains { $0.measureId == id } } ?? false)
            case .placement:
                (content.placements?.contains { $0.placementId == id } ?? false)
                    || (content.income?.contains { $0.placementId == id } ?? false)
            case .appointment: content.appointments?.contains { $0.appointmentId == id } ?? false
            case .reduction: content.reductions?.contains { $0.reductionId == id } ?? false
            case .voucher: content.vouchers?.contains { $0.voucherId == id } ?? false
            case .wageSubsidy: content.subsidies?.contains { $0.subsidyId == id } ?? false
            }
        }
    }
}

extension OfficeCaseFile.Restriction: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("restrictionId", restrictionId)
            $0.field("ground", ground)
            $0.field("categories", categories)
            $0.field("since", since)
            $0.field("by", by)
            $0.field("reason", reason)
        }
    }
}

extension OfficeCaseFile.Dispute: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("disputeId", disputeId)
            $0.field("about", about)
            $0.field("recordId", recordId)
            $0.field("since", since)
            $0.field("by", by)
            $0.field("isUnresolved", isUnresolved)
            $0.field("statement", statement)
        }
    }
}
