import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

let holdId = id(160)

extension Past<CaseEvent> {
    static func legalHoldSet(_ id: UUID = holdId, reason: String = "a lawsuit") -> Past {
        Past(event: .legalHoldSet(LegalHoldSet(holdId: id, personal: LegalHoldSet.Personal(reason: reason))))
    }

    static func legalHoldLifted(_ id: UUID = holdId) -> Past {
        Past(event: .legalHoldLifted(LegalHoldLifted(holdId: id, personal: LegalHoldLifted.Personal(reason: "over"))))
    }
}

@Suite("set-legal-hold and lift-legal-hold") struct LegalHoldTests {
    private let setting = CaseCommand.setLegalHold(SetLegalHold(holdId: holdId, reason: "a lawsuit"))
    private let lifting = CaseCommand.liftLegalHold(LiftLegalHold(holdId: holdId, reason: "over"))

    @Test func isSetAndLifted() {
        let set = given(.participantRegistered()).when(setting)
        set.thenEvents([
            .legalHoldSet(LegalHoldSet(holdId: holdId, personal: LegalHoldSet.Personal(reason: "a lawsuit")))
        ])
        #expect(
            set.thenState().dataProtection.holds == [
                LegalHold(
                    holdId: holdId, reason: "a lawsuit", imposed: Provenance(office: .jobCentre, on: "2026-03-02"))
            ])
        let lifted = given(.participantRegistered(), .legalHoldSet()).when(lifting).thenState()
        #expect(lifted.dataProtection.hold(holdId)?.lifted == Provenance(office: .jobCentre, on: "2026-03-02"))
    }

    @Test func isSetInClosedCasesToo() {
        given(.participantRegistered(), .caseClosed()).when(setting).thenAccepted()
        given(.participantRegistered(), .legalHoldSet(), .caseClosed()).when(lifting).thenAccepted()
    }

    @Test func isSetOnce() {
        given(.participantRegistered(), .legalHoldSet()).when(setting).thenRejected(.holdKnown)
        given(.participantRegistered(), .legalHoldSet(), .legalHoldLifted()).when(setting).thenRejected(.holdKnown)
    }

    @Test func saysWhy() {
        given(.participantRegistered()).when(.setLegalHold(SetLegalHold(holdId: holdId, reason: " ")))
            .thenRejected("invalid-reason")
        given(.participantRegistered(), .legalHoldSet()).when(.liftLegalHold(LiftLegalHold(holdId: holdId, reason: "")))
            .thenRejected("invalid-reason")
    }

    @Test func isLiftedByWhoSetItOrAdministrators() {
        given(.participantRegistered(), .legalHoldSet()).when(lifting, by: .youthOffice).thenRejected(.notYourHold)
        given(.participantRegistered(), .legalHoldSet()).when(lifting, by: .administrator).thenAccepted()
        given(.participantRegistered()).when(lifting).thenRejected(.noSuchHold)
        given(.participantRegistered(), .legalHoldSet(), .legalHoldLifted()).when(lifting).thenRejected(.noSuchHold)
    }

    @Test func isLiftedAfterItWasSet() {
        given(.participantRegistered(), .legalHoldSet()).when(lifting, on: "2026-01-04").thenRejected(.liftedBeforeSet)
        given(.participantRegistered(), .legalHoldSet()).when(lifting, on: "2026-03-03").thenRejected("in-the-future")
        given(.participantRegistered()).when(setting, on: "2026-03-03").thenRejected("in-the-future")
    }

    @Test func isForOfficesInTheCaseAndAdministrators() {
        let registered = given(.participantRegistered()).state
        #expect(CommandPolicy.judge(setting, by: .jobCentre, on: registered) == .allowed)
        #expect(CommandPolicy.judge(setting, by: .administrator, on: registered) == .allowed)
        #expect(CommandPolicy.judge(setting, by: .administrator, on: CaseState()) == .notFound)
        let elsewhere = Actor(subject: "ad-2", role: .administrator, areas: ["nied"])
        #expect(CommandPolicy.judge(setting, by: elsewhere, on: registered) == .notFound)
        #expect(CommandPolicy.judge(setting, by: .youthOffice, on: registered) == .notFound)
        for actor in [Actor.supervisor, .auditor, .partner, .worker] {
            guard case .forbidden = CommandPolicy.judge(setting, by: actor, on: registered) else {
                Issue.record("\(actor.role) may set a hold")
                continue
            }
        }
    }
}
