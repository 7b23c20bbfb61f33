import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

private let engaged: [Past<CaseEvent>] = [
    .participantRegistered(), .officeEngaged(.jobCentre), .officeEngaged(.youthOffice),
    .consentGranted([.education, .employment], to: [.youthOffice]),
]

@Suite("call-conference") struct CallConferenceTests {
    private func calling(
        _ id: UUID = conferenceId, with offices: [Office] = [.youthOffice], at: String = "2026-03-09T14:00",
        consent: Int? = nil, place: String? = nil
    ) throws -> CaseCommand {
        .callConference(
            CallConference(
                conferenceId: id, participants: offices, at: try #require(WallTime(at)), consentReference: consent,
                place: place))
    }

    @Test func callsTheOfficesTogether() throws {
        given(engaged).when(try calling(with: [.youthOffice, .youthOffice], place: "town hall"))
            .thenEvents([
                .conferenceCalled(
                    ConferenceCalled(
                        conferenceId: conferenceId, office: .jobCentre, participants: [.jobCentre, .youthOffice],
                        at: try #require(WallTime("2026-03-09T14:00")), consents: [1],
                        categories: [.education, .employment],
                        personal: ConferenceCalled.Personal(place: "town hall")))
            ])
        let conference = given(engaged).when(try calling(with: [.jobCentre, .youthOffice])).thenState()
            .conference(conferenceId)
        #expect(conference?.status == .called && conference?.participants == [.jobCentre, .youthOffice])
    }

    @Test func anOfficeIsNotInTwoPlacesAtOnce() throws {
        let booked = engaged + [.appointmentScheduled(at: "2026-03-09T13:30", minutes: 45)]
        let rejection = try #require(given(booked).when(try calling()).thenRejected("appointment-clash"))
        #expect(rejection.detail.contains("13:30"))
        given(booked).when(try calling(at: "2026-03-09T14:15")).thenAccepted()
        given(booked).when(try calling(at: "2026-03-09T12:30")).thenAccepted()
        given(booked + [.appointmentCancelled()]).when(try calling()).thenAccepted()
        // What another office has in its calendar may not be this one's to know.
        let others = engaged + [.appointmentScheduled(office: .youthOffice, at: "2026-03-09T13:30", minutes: 45)]
        given(others).when(try calling()).thenAccepted()
    }

    @Test func noAppointmentIsMadeForTheHourOfAConference() throws {
        let past = engaged + [.conferenceCalled(at: "2026-03-09T14:00")]
        func scheduling(_ at: String) throws -> CaseCommand {
            .scheduleAppointment(
                ScheduleAppointment(appointmentId: appointmentId, at: try #require(WallTime(at)), minutes: 30))
        }
        for at in ["2026-03-09T13:31", "2026-03-09T14:00", "2026-03-09T14:59"] {
            for actor in [Actor.jobCentre, .youthOffice] {
                given(past).when(try scheduling(at), by: actor).thenRejected("appointment-clash")
            }
        }
        for at in ["2026-03-09T13:30", "2026-03-09T15:00"] { given(past).when(try scheduling(at)).thenAccepted() }
        given(past + [.conferenceCancelled()]).when(try scheduling("2026-03-09T14:00")).thenAccepted()
    }

    @Test func consentOpensSomethingToEveryOtherOffice() throws {
        let all = engaged + [.officeEngaged(.socialOffice)]
        given(all).when(try calling(with: [.youthOffice, .socialOffice])).thenRejected(.conferenceWithoutConsent)
        // Each office may know something, but nothing is for both.
        given(all + [.consentGranted([.benefits], to: [.socialOffice])])
            .when(try calling(with: [.youthOffice, .socialOffice])).thenRejected(.conferenceWithoutConsent)
        let both = all + [.consentGranted([.employment, .benefits], to: [.socialOffice])]
        let conference = given(both).when(try calling(with: [.youthOffice, .socialOffice])).thenState()
            .conference(conferenceId)
        #expect(conference?.categories == [.employment] && conference?.consents == [1, 2])
    }

    @Test func theConsentHoldsOnTheDay() throws {
        for consent in [
            [.consentGranted([.timing], to: [.youthOffice], until: "2026-03-08")],
            [.consentGranted([.timing], to: [.youthOffice]).on("2026-03-10")],
            [.consentGranted([.entrusted], to: [.youthOffice])],
            [.consentGranted([.timing], to: [.youthOffice]), .consentWithdrawn([.timing], from: [.youthOffice])],
            [],
        ] as [[Past<CaseEvent>]] {
            given(Array(engaged.prefix(3)) + consent).when(try calling()).thenRejected(.conferenceWithoutConsent)
        }
        given(Array(engaged.prefix(3)) + [.consentGranted([.timing], to: [.youthOffice], until: "2026-03-09")])
            .when(try calling()).thenAccepted()
    }

    @Test func restsOnTheConsentThatItNames() throws {
        let two = engaged + [.consentGranted([.timing], to: [.youthOffice, .socialOffice])]
        let conference = given(two).when(try calling(consent: 2)).thenState().conference(conferenceId)
        #expect(conference?.consents == [2] && conference?.categories == [.timing])
        given(two).when(try calling(consent: 3)).thenRejected(.conferenceWithoutConsent)
    }

    @Test func isForEngagedOfficesAndMoreThanOne() throws {
        given(engaged).when(try calling(), by: .socialOffice).thenRejected(.officeNotEngaged)
        given(engaged).when(try calling(with: [])).thenRejected(.conferenceAlone)
        given(engaged).when(try calling(with: [.jobCentre])).thenRejected(.conferenceAlone)
        given(engaged).when(try calling(with: [.youthOffice, .socialOffice])).thenRejected(.participantNotEngaged)
    }

    @Test func liesAheadUnderANewId() throws {
        given(engaged + [.conferenceCalled()]).when(try calling()).thenRejected(.conferenceExists)
        given(engaged).when(try calling(at: "2026-03-01T23:00")).thenRejected(.conferenceInThePast)
        given(engaged).when(try calling(at: "2026-03-02T00:00")).thenAccepted()
        given(engaged).when(try calling(at: "2026-03-29T02:30")).thenRejected(.timeSkipped)
        given(engaged).when(try calling(at: "2201-01-01T10:00")).thenRejected("invalid-date")
    }
}

@Suite("minute-, cancel-conference") struct SettleConferenceTests {
    private let called: [Past<CaseEvent>] = engaged + [.conferenceCalled()]

    private func minuting(_ agreements: [MinuteConference.Agreement], minutes: String? = nil) -> CaseCommand {
        .minuteConference(
            MinuteConference(conferenceId: conferenceId, agreements: agreements, minutes: minutes))
    }

    private func agreement(
        _ office: Office = .youthOffice, what: String = "calls the school", by: CalendarDate = "2026-03-20",
        id: UUID? = nil
    ) -> MinuteConference.Agreement {
        MinuteConference.Agreement(office: office, what: what, by: by, commitmentId: id)
    }

    private let cancelling = CaseCommand.cancelConference(
        CancelConference(conferenceId: conferenceId, reason: "ill"))

    @Test func everyAgreementBecomesACommitment() {
        given(called).when(
            minuting(
                [agreement(id: commitmentId), agreement(.jobCentre, what: "pays the fare")], minutes: "all agreed")
        ).thenEvents([
            .conferenceMinuted(
                ConferenceMinuted(
                    conferenceId: conferenceId,
                    commitments: [commitmentId, UUID(derivedFrom: conferenceId, "agreement 2")],
                    personal: ConferenceMinuted.Personal(minutes: "all agreed"))),
            .commitmentMade(
                CommitmentMade(
                    commitmentId: commitmentId, office: .youthOffice, to: [.jobCentre], by: "2026-03-20",
                    conferenceId: conferenceId, personal: CommitmentMade.Personal(what: "calls the school"))),
            .commitmentMade(
                CommitmentMade(
                    commitmentId: UUID(derivedFrom: conferenceId, "agreement 2"), office: .jobCentre,
                    to: [.youthOffice], by: "2026-03-20", conferenceId: conferenceId,
                    personal: CommitmentMade.Personal(what: "pays the fare"))),
        ])
        let state = given(called).when(minuting([agreement(id: commitmentId)]), by: .youthOffice).thenState()
        #expect(state.conference(conferenceId)?.status == .minuted)
        #expect(state.commitment(commitmentId)?.status == .open)
        given(called).when(minuting([])).thenAccepted()
    }

    @Test func commitsOnlyOfficesThatTookPart() {
        given(called).when(minuting([agreement(.socialOffice)])).thenRejected(.notAtTheConference)
        given(called + [.officeDisengaged(.youthOffice)]).when(minuting([agreement()]))
            .thenRejected(.participantNotEngaged)
        given(called + [.officeEngaged(.socialOffice)]).when(minuting([]), by: .socialOffice)
            .thenRejected(.notAtTheConference)
        given(engaged).when(minuting([])).thenRejected(.unknownConference)
    }

    @Test func agreementsAreSound() {
        given(called).when(minuting([agreement(what: " ")])).thenRejected("invalid-what")
        given(called).when(minuting([agreement(by: "2026-02-26")])).thenRejected(.agreedForThePast)
        given(called).when(minuting([agreement(by: "2026-02-27")])).thenAccepted()
        given(called).when(minuting([agreement(by: "2201-01-01")])).thenRejected("invalid-date")
        given(called).when(minuting([agreement(id: commitmentId), agreement(id: commitmentId)]))
            .thenRejected(.commitmentExists)
        given(called + [.commitmentMade()]).when(minuting([agreement(id: commitmentId)]))
            .thenRejected(.commitmentExists)
    }

    @Test func itsDayHasComeAndTheConsentHeldOnIt() {
        given(called).when(minuting([]), on: "2026-02-26").thenRejected(.conferenceAhead)
        given(called).when(minuting([]), on: "2026-03-03").thenRejected("in-the-future")
        let withdrawal = Past<CaseEvent>.consentWithdrawn([.education, .employment], from: [.youthOffice])
        given(called + [withdrawal.on("2026-02-27")]).when(minuting([])).thenRejected(.conferenceWithoutConsent)
        given(called + [withdrawal.on("2026-02-28")]).when(minuting([])).thenAccepted()
        given(called + [withdrawal.on("2026-02-27")]).when(cancelling).thenAccepted()
    }

    @Test func isSettledOnce() {
        for settled in [[.conferenceMinuted()], [.conferenceCancelled()]] as [[Past<CaseEvent>]] {
            given(called + settled).when(minuting([])).thenRejected(.conferenceSettled)
            given(called + settled).when(cancelling).thenRejected(.conferenceSettled)
        }
    }

    @Test func isCalledOffByWhoCalledIt() {
        given(called).when(cancelling).thenEvents([
            .conferenceCancelled(
                ConferenceCancelled(
                    conferenceId: conferenceId, personal: ConferenceCancelled.Personal(reason: "ill")))
        ])
        given(called).when(cancelling, by: .youthOffice).thenRejected(.notYourConference)
        given(called).when(cancelling, on: "2026-03-03").thenRejected("in-the-future")
        given(engaged).when(cancelling).thenRejected(.unknownConference)
    }

    @Test func othersAreToldWhoseItIs() {
        let state = given(called + [.officeEngaged(.socialOffice)]).state
        #expect(
            CommandPolicy.judge(minuting([]), by: .socialOffice, on: state)
                == .forbidden(Rejection.notAtTheConference.detail))
        #expect(CommandPolicy.judge(minuting([]), by: .youthOffice, on: state) == .allowed)
        #expect(
            CommandPolicy.judge(cancelling, by: .youthOffice, on: state)
                == .forbidden(Rejection.notYourConference.detail))
        #expect(CommandPolicy.judge(cancelling, by: .jobCentre, on: state) == .allowed)
    }

    @Test func aCaseIsNotClosedBeforeIt() throws {
        let ahead = engaged + [.conferenceCalled(at: "2026-03-02T14:00")]
        let closing = CaseCommand.closeCase(CloseCase())
        let rejection = try #require(given(ahead).when(closing).thenRejected("open-work-remains"))
        #expect(rejection.detail.contains("conferences \(conferenceId.uuidString.lowercased())"))
        given(ahead).when(.disengageOffice(DisengageOffice(office: .jobCentre))).thenRejected("open-work-remains")
        given(ahead).when(.disengageOffice(DisengageOffice(office: .youthOffice)), by: .youthOffice).thenAccepted()
        given(ahead + [.conferenceCancelled()]).when(closing).thenAccepted()
        given(called).when(closing).thenAccepted()
    }
}
