import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("schedule-appointment") struct ScheduleAppointmentTests {
    private let engaged: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.jobCentre), .officeEngaged(.youthOffice),
    ]

    private func scheduling(
        _ id: UUID = appointmentId, at: String = "2026-03-09T10:00", minutes: Int? = nil, office: Office? = nil,
        place: String? = nil, reason: String? = nil
    ) throws -> CaseCommand {
        .scheduleAppointment(
            ScheduleAppointment(
                appointmentId: id, office: office, at: try #require(WallTime(at)), minutes: minutes, place: place,
                reason: reason))
    }

    @Test func makesAnAppointmentOfTheActingOffice() throws {
        given(engaged).when(try scheduling(minutes: 45, place: "room 3", reason: "first talk"))
            .thenEvents([
                .appointmentScheduled(
                    AppointmentScheduled(
                        appointmentId: appointmentId, office: .jobCentre,
                        at: try #require(WallTime("2026-03-09T10:00")),
                        minutes: 45, personal: AppointmentScheduled.Personal(place: "room 3", reason: "first talk")))
            ])
    }

    @Test func takesHalfAnHourUnlessSaidOtherwise() throws {
        let state = given(engaged).when(try scheduling()).thenState()
        #expect(state.appointment(appointmentId)?.minutes == 30)
        #expect(state.appointment(appointmentId)?.status == .scheduled)
        for minutes in [0, -5, 1441] {
            given(engaged).when(try scheduling(minutes: minutes)).thenRejected(.invalidMinutes)
        }
        given(engaged).when(try scheduling(minutes: 1440)).thenAccepted()
    }

    @Test func isTheOwnOfficesToMake() throws {
        given(engaged).when(try scheduling(office: .youthOffice)).thenRejected(.notYourAppointment)
        given(engaged).when(try scheduling(office: .jobCentre)).thenAccepted()
        given(engaged).when(try scheduling(), by: .socialOffice).thenRejected(.officeNotEngaged)
    }

    @Test func needsANewId() throws {
        given(engaged + [.appointmentScheduled()]).when(try scheduling()).thenRejected(.appointmentExists)
    }

    @Test func liesAhead() throws {
        given(engaged).when(try scheduling(at: "2026-03-01T10:00")).thenRejected(.appointmentInThePast)
        given(engaged).when(try scheduling(at: "2026-03-01T10:00"), on: "2026-02-20").thenAccepted()
        given(engaged).when(try scheduling(at: "2026-03-02T00:00")).thenAccepted()
        given(engaged).when(try scheduling(at: "2201-01-01T10:00")).thenRejected("invalid-date")
    }

    @Test func noClockShowsTheHourThatIsSkipped() throws {
        // 29 March 2026 is the last Sunday of the month, 22 March is not.
        given(engaged).when(try scheduling(at: "2026-03-29T02:30")).thenRejected(.timeSkipped)
        for time in [
            "2026-03-29T01:59", "2026-03-29T03:00", "2026-03-28T02:30", "2026-03-22T02:30", "2026-10-25T02:30",
        ] {
            given(engaged).when(try scheduling(at: time)).thenAccepted()
        }
    }

    @Test func doesNotClashInsideTheOffice() throws {
        let booked = given(engaged + [.appointmentScheduled(at: "2026-03-09T10:00", minutes: 60)])
        for (at, minutes) in [
            ("2026-03-09T10:00", 60), ("2026-03-09T09:30", 31), ("2026-03-09T10:59", 5), ("2026-03-08T23:00", 900),
        ] {
            let rejection = try #require(
                booked.when(try scheduling(otherAppointmentId, at: at, minutes: minutes))
                    .thenRejected("appointment-clash"))
            #expect(rejection.detail.contains("10:00"))
        }
        for (at, minutes) in [("2026-03-09T09:30", 30), ("2026-03-09T11:00", 30), ("2026-03-10T10:00", 60)] {
            booked.when(try scheduling(otherAppointmentId, at: at, minutes: minutes)).thenAccepted()
        }
    }

    @Test func othersAppointmentsAndCancelledOnesDoNotClash() throws {
        let booked = engaged + [.appointmentScheduled(at: "2026-03-09T10:00", minutes: 60)]
        given(booked).when(try scheduling(otherAppointmentId), by: .youthOffice).thenAccepted()
        given(booked + [.appointmentCancelled()]).when(try scheduling(otherAppointmentId)).thenAccepted()
    }
}

@Suite("keep-, miss-, cancel-appointment") struct SettleAppointmentTests {
    private let booked: [Past<CaseEvent>] = [
        .participantRegistered(), .officeEngaged(.jobCentre), .officeEngaged(.youthOffice),
        .appointmentScheduled(at: "2026-03-02T10:00"),
    ]
    private let keeping = CaseCommand.keepAppointment(KeepAppointment(appointmentId: appointmentId))
    private let missing = CaseCommand.missAppointment(MissAppointment(appointmentId: appointmentId, reason: "ill"))
    private let cancelling = CaseCommand.cancelAppointment(
        CancelAppointment(appointmentId: appointmentId, reason: "strike"))

    @Test func recordsWhatBecameOfIt() {
        given(booked).when(keeping).thenEvents([.appointmentKept(AppointmentKept(appointmentId: appointmentId))])
        given(booked).when(missing).thenEvents([
            .appointmentMissed(
                AppointmentMissed(appointmentId: appointmentId, personal: AppointmentMissed.Personal(reason: "ill")))
        ])
        given(booked).when(cancelling).thenEvents([
            .appointmentCancelled(
                AppointmentCancelled(
                    appointmentId: appointmentId, personal: AppointmentCancelled.Personal(reason: "strike")))
        ])
        let outcomes = [keeping, missing, cancelling].map {
            given(booked).when($0).thenState().appointment(appointmentId)?.outcome
        }
        #expect(
            outcomes == [
                .kept(on: "2026-03-02"), .missed(on: "2026-03-02", reason: "ill"),
                .cancelled(on: "2026-03-02", reason: "strike"),
            ])
    }

    @Test func happensOnce() {
        for first in [keeping, missing, cancelling] {
            guard case .success(let events) = given(booked).when(first).result else {
                Issue.record("\(first.name) was rejected")
                continue
            }
            for second in [keeping, missing, cancelling] {
                given(booked + events.map { Past(event: $0) }).when(second).thenRejected(.appointmentSettled)
            }
        }
    }

    @Test func itsDayHasCome() {
        let ahead: [Past<CaseEvent>] = [
            .participantRegistered(), .officeEngaged(.jobCentre), .appointmentScheduled(at: "2026-03-03T08:00"),
        ]
        given(ahead).when(keeping).thenRejected(.appointmentAhead)
        given(ahead).when(missing).thenRejected(.appointmentAhead)
        given(ahead).when(cancelling).thenAccepted()
        for command in [keeping, missing, cancelling] {
            given(booked).when(command, on: "2026-03-03").thenRejected("in-the-future")
        }
    }

    @Test func isTheOwnOfficesToRecord() {
        for command in [keeping, missing, cancelling] {
            given(booked).when(command, by: .youthOffice).thenRejected(.notYourAppointment)
            guard case .forbidden = CommandPolicy.judge(command, by: .youthOffice, on: given(booked).state) else {
                Issue.record("another office may \(command.name)")
                continue
            }
            #expect(CommandPolicy.judge(command, by: .jobCentre, on: given(booked).state) == .allowed)
            given(.participantRegistered(), .officeEngaged(.jobCentre)).when(command).thenRejected(.unknownAppointment)
        }
    }

    @Test func aCaseIsNotClosedBeforeIt() {
        let closing = CaseCommand.closeCase(CloseCase())
        given(booked).when(closing).thenRejected("open-work-remains")
        given(booked + [.appointmentCancelled()]).when(closing).thenAccepted()
        given(booked).when(closing, on: "2026-03-03", today: "2026-03-03").thenAccepted()
    }
}
