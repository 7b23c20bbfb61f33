/// The public holidays of the Länder, 1990 to 2040, one line each. Where no law is named, it is the Land's own list of
/// holidays (``Land/holidayAct``), as amended for the years that are given.
///
/// Days before 3 October 1990 in what were to become the new Länder follow the law of the GDR, whose days off in that
/// year were the ones below once its ordinance of 16 May 1990 (GBl. I Nr. 27 S. 248) had brought some of them back.
enum HolidayTable {
    static let all = Land.allCases
    /// The Länder that joined the Federal Republic on 3 October 1990.
    static let new: [Land] = [.brandenburg, .mecklenburgVorpommern, .sachsen, .sachsenAnhalt, .thueringen]
    static let old = all.filter { !new.contains($0) }

    static let rules: [HolidayRule] = everywhere + someLaender + introducedLater + once + local

    private static let everywhere = [
        HolidayRule("Neujahr", .fixed(month: 1, day: 1), in: all),
        HolidayRule("Karfreitag", .easter(-2), in: all),
        HolidayRule("Ostermontag", .easter(1), in: all),
        HolidayRule("Erster Mai", .fixed(month: 5, day: 1), in: all),
        HolidayRule("Christi Himmelfahrt", .easter(39), in: all),
        HolidayRule("Pfingstmontag", .easter(50), in: all),
        HolidayRule(
            "Tag der deutschen Einheit", .fixed(month: 6, day: 17), in: old, through: 1990,
            law: "Gesetz über den Tag der deutschen Einheit vom 4. August 1953 (BGBl. I S. 778)"),
        HolidayRule("Tag der Deutschen Einheit", .fixed(month: 10, day: 3), in: all, law: "Art. 2 Abs. 2 EinigVtr"),
        // Given up to pay for long-term care insurance, in every Land but Saxony (§ 58 Abs. 2 and 3 SGB XI).
        HolidayRule("Buß- und Bettag", .repentanceDay, in: all.filter { $0 != .sachsen }, through: 1994),
        HolidayRule("Buß- und Bettag", .repentanceDay, in: [.sachsen]),
        HolidayRule("Erster Weihnachtstag", .fixed(month: 12, day: 25), in: all),
        HolidayRule("Zweiter Weihnachtstag", .fixed(month: 12, day: 26), in: all),
    ]

    private static let someLaender = [
        HolidayRule("Heilige Drei Könige", .fixed(month: 1, day: 6), in: [.badenWuerttemberg, .bayern]),
        // By the Land's act of 22 May 1992.
        HolidayRule("Heilige Drei Könige", .fixed(month: 1, day: 6), in: [.sachsenAnhalt], from: 1993),
        HolidayRule("Ostersonntag", .easter(0), in: [.brandenburg], from: 1991),
        HolidayRule("Pfingstsonntag", .easter(49), in: [.brandenburg], from: 1991),
        HolidayRule(
            "Fronleichnam", .easter(60),
            in: [.badenWuerttemberg, .bayern, .hessen, .nordrheinWestfalen, .rheinlandPfalz, .saarland]),
        HolidayRule("Mariä Himmelfahrt", .fixed(month: 8, day: 15), in: [.saarland]),
        HolidayRule("Reformationstag", .fixed(month: 10, day: 31), in: new),
        HolidayRule(
            "Allerheiligen", .fixed(month: 11, day: 1),
            in: [.badenWuerttemberg, .bayern, .nordrheinWestfalen, .rheinlandPfalz, .saarland]),
    ]

    private static let introducedLater = [
        HolidayRule(
            "Reformationstag", .fixed(month: 10, day: 31), in: [.bremen, .hamburg, .niedersachsen, .schleswigHolstein],
            from: 2018),
        HolidayRule("Internationaler Frauentag", .fixed(month: 3, day: 8), in: [.berlin], from: 2019),
        HolidayRule("Internationaler Frauentag", .fixed(month: 3, day: 8), in: [.mecklenburgVorpommern], from: 2023),
        HolidayRule("Weltkindertag", .fixed(month: 9, day: 20), in: [.thueringen], from: 2019),
    ]

    private static let once = [
        HolidayRule(
            "Reformationstag (500 Jahre Reformation)", .fixed(month: 10, day: 31), in: old, from: 2017, through: 2017,
            law: "the Land's act or ordinance for 2017 alone"),
        HolidayRule(
            "75. Jahrestag der Befreiung", .fixed(month: 5, day: 8), in: [.berlin], from: 2020, through: 2020),
        HolidayRule(
            "80. Jahrestag der Befreiung", .fixed(month: 5, day: 8), in: [.berlin], from: 2025, through: 2025),
        HolidayRule(
            "75. Jahrestag des Aufstandes vom 17. Juni 1953", .fixed(month: 6, day: 17), in: [.berlin], from: 2028,
            through: 2028),
    ]

    private static let local = [
        HolidayRule(
            "Augsburger Friedensfest", .fixed(month: 8, day: 8), in: [.bayern], only: .peaceFestival,
            law: "Art. 1 Abs. 2 BayFTG"),
        HolidayRule(
            "Mariä Himmelfahrt", .fixed(month: 8, day: 15), in: [.bayern], only: .assumption,
            law: "Art. 1 Abs. 1 Nr. 2 BayFTG"),
        // The ordinance that names the municipalities is of 4 May 1993; Corpus Christi of that year was 10 June.
        HolidayRule(
            "Fronleichnam", .easter(60), in: [.sachsen], from: 1993, only: .corpusChristi,
            law: "§ 1 SächsSFG with the FronleichnamsVO"),
        // § 10 keeps what was celebrated as a holiday in 1994; that goes back to the ordinance of 16 May 1990.
        HolidayRule(
            "Fronleichnam", .easter(60), in: [.thueringen], only: .corpusChristi,
            law: "§ 2 Abs. 2 and § 10 Abs. 1 ThürFGtG"),
    ]
}
