public import CaseFile
public import Foundation
public import Ledger

extension OfficeCaseFile {
    /// A meeting of the office with the participant.
    public struct Appointment: Codable, Hashable, Sendable {
        /// The appointment.
        public var appointmentId: UUID
        /// Where it stands.
        public var state: CaseFile.Appointment.Status
        /// When it begins, RFC 3339 with the offset of Europe/Berlin.
        public var at: BerlinMoment
        /// How long it takes.
        public var minutes: Int
        /// Where; `nil` once the person is erased.
        public var place: String?
        /// What for; `nil` once the person is erased.
        public var reason: String?
        /// The day as of which it was kept, missed or cancelled.
        public var settledOn: CalendarDate?
        /// Why it was missed or cancelled; `nil` once the person is erased.
        public var settledReason: String?
    }

    /// That an office meets the participant and when: all that *timing* opens.
    public struct AppointmentTiming: Codable, Hashable, Sendable {
        /// The appointment.
        public var appointmentId: UUID
        /// When it begins, RFC 3339 with the offset of Europe/Berlin.
        public var at: BerlinMoment
        /// How long it takes.
        public var minutes: Int
    }
}

extension OfficeCaseFile.Appointment: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("appointmentId", appointmentId)
            $0.field("state", state)
            $0.field("at", at.wall.rfc3339)
            $0.field("minutes", minutes)
            $0.field("place", place)
            $0.field("reason", reason)
            $0.field("settledOn", settledOn)
            $0.field("settledReason", settledReason)
        }
    }
}

extension OfficeCaseFile.AppointmentTiming: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("appointmentId", appointmentId)
            $0.field("at", at.wall.rfc3339)
            $0.field("minutes", minutes)
        }
    }
}
