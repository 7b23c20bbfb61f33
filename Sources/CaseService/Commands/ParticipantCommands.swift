import CaseFile

/// The commands about the person, the offices in charge and what they may share.
enum ParticipantCommands {
    static let all: [CommandText] = [
        CommandText(
            "register-participant", "Opens a case for a participant.",
            notes:
                "Refused when the case is open already, the area is unknown, or the day of birth lies ahead. Answers "
                + "`candidates` where one of the office's own cases may be about the same person, as its views have it by "
                + "then; the candidates query asks again.",
            fields: [
                .required("givenName", .line, "Given name.", example: "Mira", personal: true),
                .required("familyName", .line, "Family name.", example: "Okafor", personal: true),
                .required("bornOn", .date, "Day of birth.", example: "2008-05-17", personal: true),
                .required("areaId", .slug, "The programme area the participant lives in.", example: Example.area),
                .optional("address", .object(address), "Where the participant lives.", example: .null, personal: true),
                .optional("contact", .object(contact), "How to reach the participant.", example: .null, personal: true),
                .optional(
                    "languages", .list(of: .languageTag), "Languages the participant speaks (BCP 47).",
                    example: ["de", "ig"], usual: true),
                .optional("schooling", .line, "School certificate, if any.", example: "Hauptschulabschluss"),
                .optional("vocationalCertificate", .line, "Vocational certificate, if any.", example: "none"),
            ]),
        CommandText(
            "correct-participant", "Corrects what was recorded of the participant.",
            notes: "What is absent stays. Refused when nothing changes.",
            fields: [
                .optional("givenName", .line, "Given name.", example: "Mira", personal: true),
                .optional("familyName", .line, "Family name.", example: "Okafor", personal: true, usual: true),
                .optional("bornOn", .date, "Day of birth.", example: "2008-05-17", personal: true),
                .optional(
                    "areaId", .slug, "The programme area, if it was wrong from the start.", example: Example.area),
                .optional("address", .object(address), "Where the participant lives.", example: .null, personal: true),
                .optional("contact", .object(contact), "How to reach the participant.", example: .null, personal: true),
                .optional(
                    "languages", .list(of: .languageTag), "Languages the participant speaks (BCP 47).",
                    example: ["de", "ig"]),
                .optional("schooling", .line, "School certificate, if any.", example: "Hauptschulabschluss"),
                .optional("vocationalCertificate", .line, "Vocational certificate, if any.", example: "none"),
                .optional(
                    "remove", .list(of: .choice(of: RemovableParticipantDetail.self)),
                    "What should not stand in the record.", example: ["contact"]),
                .optional("reason", .prose, "Why.", example: "As in the passport.", usual: true),
            ]),
        CommandText(
            "move-participant", "Records that the participant lives somewhere else.",
            notes: "Without an address the new one is not known yet. Refused when the area is unknown.",
            fields: [
                .required("areaId", .slug, "The programme area the participant lives in now.", example: Example.area),
                .optional("address", .object(address), "The new address.", example: .null, personal: true),
                .optional(
                    "from", .date, "The first day there, the effective day unless stated.", example: "2026-04-01",
                    usual: true),
            ]),
        CommandText(
            "engage-office", "Makes an office responsible for the case, with a caseworker.",
            notes: "Only for one's own office. Refused when the office is engaged already.",
            fields: [
                .required("office", .office, "The office.", example: "youth-office"),
                .optional("caseworker", .line, "The caseworker's subject.", example: "yo-7", usual: true),
                .optional("legalBasis", .line, "The law behind it.", example: "§13 SGB VIII", usual: true),
            ]),
        CommandText(
            "disengage-office", "Ends an office's responsibility for the case; it sees nothing of it any more.",
            notes:
                "Only for one's own office. Refused while anything of its own is open, and for the last office while a "
                + "measure runs.",
            fields: [
                .required("office", .office, "The office.", example: "youth-office"),
                .optional("reason", .prose, "Why.", example: "Of age and in training.", usual: true),
                .optional(
                    "successor", .office, "The office that goes on; it is engaged already.", example: "job-centre",
                    usual: true),
            ]),
        CommandText(
            "reassign-caseworker", "Puts another caseworker of an engaged office in charge.",
            notes: "Only for one's own office, which alone reads the note.",
            fields: [
                .required("office", .office, "The office.", example: "youth-office"),
                .required("caseworker", .line, "The caseworker's subject.", example: "yo-8"),
                .optional(
                    "handoverNote", .prose, "What to know.", example: "Best reached after school.", personal: true,
                    usual: true),
            ]),
        CommandText(
            "grant-consent", "Records that the participant agrees to the sharing of categories of data.",
            notes: "Health and entrusted data have to be named on their own; blanket consent is refused.",
            fields: [
                .required("categories", .list(of: category, count: 1...8), "What may be shared.", example: ["timing"]),
                .required(
                    "recipients", .list(of: .office, count: 1...3), "Who may see it.",
                    example: ["job-centre", "social-office"]),
                .required("purpose", .prose, "What for.", example: "Align the measures of the household."),
                .optional("validUntil", .date, "The last day of the consent.", example: "2027-12-31"),
                .optional("evidence", .line, "Where the signed form lies.", example: "form 2026/118"),
            ]),
        CommandText(
            "withdraw-consent", "Takes consent back, at once and without conditions.",
            notes: "Without categories or recipients all of them are meant.",
            fields: [
                .optional("categories", .list(of: category, count: 1...8), "What is withdrawn.", example: ["timing"]),
                .optional("recipients", .list(of: .office, count: 1...3), "From whom.", example: ["social-office"]),
                .optional("reason", .prose, "Why, if the participant says so.", example: "No longer wanted."),
            ]),
        CommandText(
            "join-household", "Puts the participant into a household that plans together.",
            notes: "The first member forms it. Refused when the participant is in one already.",
            fields: [
                .required("householdId", .identifier, "The household.", example: Example.household),
                .optional(
                    "role", .choice(of: HouseholdRole.self), "The participant's part in it.",
                    example: "youth", usual: true),
            ]),
        CommandText(
            "leave-household", "Takes the participant out of the household.",
            notes:
                "Relations with measures of the others end with it. Refused when the participant is in none, or another.",
            fields: [
                .optional("householdId", .identifier, "The household, to be sure.", example: Example.household),
                .optional("reason", .prose, "Why.", example: "Moved into a flat of her own.", usual: true),
            ]),
        CommandText(
            "assess-potential", "Records strengths, goals and obstacles in the participant's own words.",
            fields: [
                .optional(
                    "strengths", .list(of: .prose), "Strengths.", example: ["keeps at it"], personal: true, usual: true),
                .optional(
                    "goals", .list(of: .prose), "Goals.", example: ["become a welder"], personal: true, usual: true),
                .optional("obstacles", .list(of: .prose), "Obstacles.", example: ["no quiet place"], personal: true),
                .optional("level", .integer(1...8), "DQR level.", example: 2),
                .optional(
                    "occupationsSought", .list(of: .occupation), "Occupations sought (KldB 2010).", example: ["24422"]),
            ]),
        CommandText(
            "close-case", "Closes the case.",
            notes: "Refused while measures, placements, referrals or coming appointments are open.",
            fields: [.optional("reason", .prose, "Why.", example: "In work for a year.", usual: true)]),
        CommandText(
            "reopen-case", "Opens a closed case again.",
            notes: "Plans that were not concluded are in force again. Refused when the case is open.",
            fields: [.optional("reason", .prose, "Why.", example: "Lost the job.", usual: true)]),
        CommandText(
            "decide-identity", "Records whether the case and another one are about the same person, in both.",
            notes:
                "A later decision takes the place of an earlier one. A case in which the office does not work is not "
                + "found. Refused for cases that are merged.",
            fields: [
                .required("otherCaseId", .identifier, "The other case.", example: Example.otherCase),
                .required("verdict", .choice(of: IdentityVerdict.self), "What is so.", example: "same-person"),
                .required(
                    "reason", .prose, "What was compared.", example: "Same identity card.", personal: true),
            ]),
        CommandText(
            "merge-case", "Merges the case into another one about the same person; work goes on in that one.",
            notes:
                "Both keep their histories, and every office sees of each what it saw before. From then on the merged case "
                + "takes only what protects the participant: consents are withdrawn and reductions lifted there. Refused until "
                + "it is decided that both are about the same person (decide-identity), while measures, placements, referrals, "
                + "appointments, conferences, commitments or vouchers are open in it or it is in a household, where an "
                + "office is engaged in it and not in the other one, where others were merged into it, and where the other "
                + "one is closed or merged.",
            fields: [
                .required("into", .identifier, "The case in which the work goes on.", example: Example.otherCase),
                .required("reason", .prose, "Why.", example: "Registered twice.", personal: true),
            ]),
        CommandText(
            "unmerge-case", "Takes a merged case out again, because it was merged by mistake.",
            notes:
                "It goes on as it was. What was recorded in the other case since stays there. Refused when the case is not "
                + "merged.",
            fields: [.required("reason", .prose, "Why.", example: "Twins.", personal: true)]),
    ]

    private static let category = ValueShape.choice(of: ConsentCategory.self)

    private static let address = BodySchema(
        title: "Address", description: "Where somebody lives.",
        fields: [
            .optional("street", .line, "Street.", example: "Mainzer Landstraße"),
            .optional("houseNumber", .line, "House number.", example: "12a"),
            .optional("postalCode", .line, "Postal code.", example: "60327"),
            .optional("city", .line, "City.", example: "Frankfurt am Main"),
            .optional("addition", .line, "Anything else that helps to find the door.", example: "3rd floor"),
        ])

    private static let contact = BodySchema(
        title: "Contact", description: "How to reach somebody.",
        fields: [
            .optional("phone", .line, "Telephone.", example: "+49 69 5550100"),
            .optional("mobile", .line, "Mobile telephone.", example: "+49 151 5550100"),
            .optional("email", .line, "Mail address.", example: "mira@example.org"),
            .optional("note", .prose, "When and how best.", example: "after school"),
        ])
}
