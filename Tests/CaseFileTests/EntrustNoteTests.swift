import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

private let noteId = id(170)

extension Past<CaseEvent> {
    fileprivate static func noteEntrusted() -> Past {
        Past(
            event: .noteEntrusted(
                NoteEntrusted(
                    noteId: noteId, personal: NoteEntrusted.Personal(text: "confided", toldBy: .participant))),
            actor: .youthOffice)
    }

    fileprivate static func noteHandedOver(to successor: String) -> Past {
        Past(
            event: .noteHandedOver(NoteHandedOver(noteId: noteId, successor: successor, ground: .consent)),
            actor: .youthOffice)
    }
}

@Suite("entrust-note and hand-over-note") struct EntrustNoteTests {
    private let engaged: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.jobCentre), .officeEngaged(.youthOffice),
    ]
    private let entrusting = CaseCommand.entrustNote(
        EntrustNote(noteId: noteId, text: "confided", toldBy: .participant))
    private let handingOver = CaseCommand.handOverNote(
        HandOverNote(noteId: noteId, successor: "yo-8", ground: .consent))

    private func colleague(_ subject: String, _ role: Role = .caseworker, _ office: Office? = .youthOffice) -> Actor {
        Actor(subject: subject, role: role, office: office)
    }

    @Test func isReadByWhomItWasToldToAndNobodyElse() {
        let told = given(engaged).when(entrusting, by: .youthOffice)
        told.thenEvents([
            .noteEntrusted(
                NoteEntrusted(
                    noteId: noteId, personal: NoteEntrusted.Personal(text: "confided", toldBy: .participant)))
        ])
        let state = told.thenState()
        #expect(state.entrustedNotes(for: .youthOffice).map { $0.content(for: .youthOffice)?.text } == ["confided"])
        for other in [
            colleague("yo-8"), colleague(Actor.youthOffice.subject, .supervisor),
            colleague(Actor.youthOffice.subject, .caseworker, .jobCentre),
            colleague(Actor.youthOffice.subject, .auditor, nil),
            colleague(Actor.youthOffice.subject, .administrator, nil), .jobCentre, .socialOffice,
        ] {
            #expect(state.entrustedNotes(for: other).isEmpty)
            #expect(state.entrustedNote(noteId)?.content(for: other) == nil)
        }
    }

    @Test func isReadByANamedSuccessor() {
        let handedOver = given(engaged + [.noteEntrusted()]).when(handingOver, by: .youthOffice)
        handedOver.thenEvents([
            .noteHandedOver(NoteHandedOver(noteId: noteId, successor: "yo-8", ground: .consent))
        ])
        let state = handedOver.thenState()
        #expect(state.entrustedNote(noteId)?.content(for: colleague("yo-8"))?.text == "confided")
        #expect(state.entrustedNote(noteId)?.content(for: .youthOffice)?.text == "confided")
        #expect(state.entrustedNote(noteId)?.content(for: colleague("yo-9")) == nil)
        // Named again, it is so already.
        given(engaged + [.noteEntrusted(), .noteHandedOver(to: "yo-8")]).when(handingOver, by: .youthOffice)
            .thenNothing()
    }

    @Test func theSuccessorHandsItOnAndReadsItNoMore() {
        let on = CaseCommand.handOverNote(HandOverNote(noteId: noteId, successor: "yo-9", ground: .riskToChild))
        let state = given(engaged + [.noteEntrusted(), .noteHandedOver(to: "yo-8")])
            .when(on, by: colleague("yo-8")).thenState()
        #expect(state.entrustedNote(noteId)?.content(for: colleague("yo-9"))?.text == "confided")
        #expect(state.entrustedNote(noteId)?.content(for: colleague("yo-8")) == nil)
        #expect(state.entrustedNote(noteId)?.content(for: .youthOffice)?.text == "confided")
    }

    @Test func whoDoesNotHoldItIsToldWhatAnybodyIsToldOfNone() {
        let held = given(engaged + [.noteEntrusted()])
        held.when(handingOver, by: colleague("yo-9")).thenRejected(.noSuchNote)
        given(engaged).when(handingOver, by: .youthOffice).thenRejected(.noSuchNote)
    }

    @Test func isRefusedWhereItCannotBe() {
        given(.participantRegistered(), .officeEngaged(.jobCentre)).when(entrusting, by: .youthOffice)
            .thenRejected(.notEngaged)
        given(engaged + [.noteEntrusted()]).when(entrusting, by: colleague("yo-9")).thenRejected(.noteKnown)
        let empty = CaseCommand.entrustNote(EntrustNote(noteId: noteId, text: " ", toldBy: .other))
        given(engaged).when(empty, by: .youthOffice).thenRejected("invalid-text")
        let nobody = CaseCommand.handOverNote(HandOverNote(noteId: noteId, successor: " ", ground: .consent))
        given(engaged + [.noteEntrusted()]).when(nobody, by: .youthOffice).thenRejected("invalid-successor")
        given(engaged + [.noteEntrusted()]).when(handingOver, by: .youthOffice, on: "2026-01-04")
            .thenRejected(.handedOverBeforeEntrusted)
        given(engaged).when(entrusting, by: .youthOffice, on: "2026-03-03").thenRejected("in-the-future")
    }

    @Test func onlyTheYouthOfficeAsksForIt() {
        let state = given(engaged + [.noteEntrusted()]).state
        for command in [entrusting, handingOver] {
            #expect(CommandPolicy.judge(command, by: .youthOffice, on: state) == .allowed)
            for other in [
                Actor.jobCentre, .socialOffice, colleague("yo-7", .supervisor), colleague("x", .auditor, nil),
            ] {
                guard case .forbidden = CommandPolicy.judge(command, by: other, on: state) else {
                    Issue.record("\(command.name) is not forbidden for \(other)")
                    continue
                }
            }
        }
    }

    @Test func whoLeavesHandsOverInAClosedCaseToo() {
        let closed = given(engaged + [.noteEntrusted(), .caseClosed()])
        closed.when(handingOver, by: .youthOffice).thenAccepted()
        closed.when(entrusting, by: .youthOffice).thenRejected(.caseClosed)
    }
}
