import CaseFile
import CaseTiming
import Foundation
import Ledger

// What keeps or restricts the person's data and what is disputed of it, as auditors read it.

extension CaseStateDocument {
    func dataProtection(_ protection: DataProtection) -> JSONValue {
        .fields([
            (
                "legalHolds",
                .list(protection.holds) { hold in
                    .fields(
                        [
                            ("holdId", .id(hold.holdId)), ("reason", .text(hold.reason)),
                            ("lifted", hold.lifted.map { .fields(provenance($0)) }),
                        ] + provenance(hold.imposed))
                }
            ),
            (
                "restrictions",
                .list(protection.restrictions) { restriction in
                    .fields(
                        [
                            ("restrictionId", .id(restriction.restrictionId)),
                            ("ground", .string(restriction.ground.rawValue)),
                            ("categories", restriction.categories.map { .words($0.map(\.rawValue)) }),
                            ("reason", .text(restriction.reason)),
                            ("lifted", restriction.lifted.map { .fields(provenance($0)) }),
                        ] + provenance(restriction.restricted))
                }
            ),
            ("disputes", .list(protection.disputes, dispute)),
            (
                "erasure",
                protection.erasure.map { erasure in
                    .fields([("ground", .string(erasure.ground.rawValue))] + provenance(erasure.erased))
                }
            ),
        ])
    }

    /// That something was told in confidence, and when it was handed over. What was told stays with those who hold it, and so
    /// do their names (§ 65 SGB VIII).
    func entrustedNote(_ note: EntrustedNote) -> JSONValue {
        .fields(
            [
                ("noteId", .id(note.noteId)),
                (
                    "handovers",
                    .list(note.handovers) { handover in
                        .fields([("ground", .string(handover.ground.rawValue))] + provenance(handover.handedOver))
                    }
                ),
            ] + provenance(note.entrusted))
    }

    private func dispute(_ dispute: Dispute) -> JSONValue {
        .fields(
            [
                ("disputeId", .id(dispute.disputeId)), ("about", .string(dispute.about.rawValue)),
                ("recordId", dispute.recordId.map(JSONValue.id)), ("statement", .text(dispute.statement)),
                (
                    "settlement",
                    dispute.settlement.map { settlement in
                        .fields(
                            [
                                ("outcome", .string(settlement.outcome.rawValue)), ("reason", .text(settlement.reason)),
                            ] + provenance(settlement.settled))
                    }
                ),
            ] + provenance(dispute.disputed))
    }
}
