import CaseFile

/// The commands about meetings of an office with the participant.
enum AppointmentCommands {
    static let all: [CommandText] = [
        CommandText(
            "schedule-appointment", "Makes an appointment of the acting office with the participant.",
            notes: "Refused when the office is not engaged, the time lies in the past, or the office has another "
                + "appointment with the participant at that time. Others see at most when it is.",
            fields: [
                .required("appointmentId", .identifier, "An id of the client's choice.", example: Example.appointment),
                .optional("office", .office, "The acting office; no other is accepted.", example: "job-centre"),
                .required(
                    "at", .wallTime, "When it begins; without an offset, on the wall clock in Europe/Berlin.",
                    example: "2026-03-09T10:00:00+01:00"),
                .optional(
                    "minutes", .integer(1...1440), "How long it takes, 30 unless stated.", example: 45, usual: true),
                .optional("place", .line, "Where.", example: "Room 3", personal: true, usual: true),
                .optional("reason", .prose, "What for.", example: "First talk.", personal: true),
            ]),
        CommandText(
            "keep-appointment", "Records that the participant came.",
            notes: "Refused before its day, and when it was kept, missed or cancelled already.",
            fields: [.required("appointmentId", .identifier, "The appointment.", example: Example.appointment)]),
        CommandText(
            "miss-appointment", "Records that the participant did not come.",
            notes: "Refused before its day, and when it was kept, missed or cancelled already.",
            fields: [
                .required("appointmentId", .identifier, "The appointment.", example: Example.appointment),
                .optional("reason", .prose, "Why, as far as it is known.", example: "Was ill.", personal: true),
            ]),
        CommandText(
            "cancel-appointment", "Calls an appointment off.",
            notes: "Refused when it was kept, missed or cancelled already.",
            fields: [
                .required("appointmentId", .identifier, "The appointment.", example: Example.appointment),
                .optional("reason", .prose, "Why.", example: "The office is closed.", personal: true, usual: true),
            ]),
    ]
}
