/// Which municipalities have local holidays, as far as it is recorded.
///
/// - Bavaria: the statistical office finds after each census which municipalities have more Catholics than Protestants
///   (Art. 1 Abs. 3 BayFTG). On record are all of Upper and Lower Bavaria, every city that is a district of its own, and
///   the municipalities that changed in 2014 (census of 2011) and in 2025 (census of 2022). Sources: its press
///   releases 233/2014 and 217/2025; names of 2014 also in Süddeutsche Zeitung.
/// - Saxony: the ordinance on Corpus Christi of 4 May 1993, in the municipalities of today. Complete.
/// - Thuringia: the district of Eichsfeld and what else § 10 Abs. 1 ThürFGtG keeps from 1994, in the municipalities of
///   today. Keys and the names of the Eichsfeld are those of 25 January 2021 (annex to § 1 MietNEinV). Complete.
enum MunicipalityTable {
    static let entries = bavaria + saxony + thuringia

    // MARK: Bavaria

    private static let bavaria =
        [LocalHolidayEntry(.peaceFestival, .bayern, name: "Augsburg", key: "09761000")]
        // Upper and Lower Bavaria.
        + ["091", "092"].map { LocalHolidayEntry(.assumption, .bayern, key: $0) }
        + cities.map { LocalHolidayEntry($0.isCatholic ? .assumption : nil, .bayern, name: $0.name, key: $0.key) }
        + changed.map { LocalHolidayEntry(.assumption, .bayern, name: $0.name, from: $0.from, through: $0.through) }

    private static let cities: [(name: String, key: String, isCatholic: Bool)] = [
        ("Ingolstadt", "09161000", true), ("München", "09162000", true), ("Rosenheim", "09163000", true),
        ("Landshut", "09261000", true), ("Passau", "09262000", true), ("Straubing", "09263000", true),
        ("Amberg", "09361000", true), ("Regensburg", "09362000", true), ("Weiden i.d.OPf.", "09363000", true),
        ("Bamberg", "09461000", true), ("Bayreuth", "09462000", false), ("Coburg", "09463000", false),
        ("Hof", "09464000", false), ("Ansbach", "09561000", false), ("Erlangen", "09562000", false),
        ("Fürth", "09563000", false), ("Nürnberg", "09564000", false), ("Schwabach", "09565000", false),
        ("Aschaffenburg", "09661000", true), ("Schweinfurt", "09662000", true), ("Würzburg", "09663000", true),
        ("Augsburg", "09761000", true), ("Kaufbeuren", "09762000", true), ("Kempten (Allgäu)", "09763000", true),
        ("Memmingen", "09764000", true),
    ]

    private static let changed: [(name: String, from: Int, through: Int)] = [
        // Gained with the census of 2011.
        ("Walsdorf", 2014, 2040), ("Maßbach", 2014, 2040), ("Sulzdorf an der Lederhecke", 2014, 2040),
        ("Geiselwind", 2014, 2040), ("Gochsheim", 2014, 2040), ("Thüngen", 2014, 2040), ("Leipheim", 2014, 2040),
        // Lost with it; two of them regained with the census of 2022.
        ("Speichersdorf", 1990, 2013), ("Baiersdorf", 1990, 2013), ("Baiersdorf", 2025, 2040),
        ("Memmingerberg", 1990, 2013), ("Memmingerberg", 2025, 2040),
        // Gained with the census of 2022.
        ("Marktrodach", 2025, 2040), ("Weisendorf", 2025, 2040), ("Schwebheim", 2025, 2040),
        ("Oettingen in Bayern", 2025, 2040),
        // Lost with it.
        ("Marktschorgast", 1990, 2024), ("Seßlach", 1990, 2024),
    ]

    // MARK: Saxony

    private static let saxony =
        [
            "Crostwitz", "Königswartha", "Nebelschütz", "Panschwitz-Kuckau", "Puschwitz", "Räckelwitz", "Radibor",
            "Ralbitz-Rosenthal", "Wittichenau",
            // Parts of municipalities that have not got it as a whole.
            "Bolbritz (Bautzen)", "Salzenforst (Bautzen)", "Prischwitz (Göda)", "Sdier (Großdubrau)",
            "Dörgenhausen (Hoyerswerda)", "Neschwitz (Neschwitz)", "Saritsch (Neschwitz)",
        ].map { LocalHolidayEntry(.corpusChristi, .sachsen, name: $0, from: 1993) }
        // A part that has not got what its municipality has.
        + [LocalHolidayEntry(nil, .sachsen, name: "Wartha (Königswartha)")]

    // MARK: Thuringia

    private static let thuringia =
        [LocalHolidayEntry(.corpusChristi, .thueringen, name: "Landkreis Eichsfeld", key: "16061")]
        + eichsfeld.map { LocalHolidayEntry(.corpusChristi, .thueringen, name: $0) }
        + [
            ("Buttlar", "16063011"), ("Geisa", "16063032"), ("Schleid", "16063068"), ("Südeichsfeld", "16064074"),
        ].map { LocalHolidayEntry(.corpusChristi, .thueringen, name: $0.0, key: $0.1) }
        + [
            "Bickenriede (Anrode)", "Zella (Anrode)", "Beberstedt (Dünwald)", "Hüpstedt (Dünwald)", "Struth (Rodeberg)",
            // Of the former Brunnhartshausen, and the former Zella/Rhön.
            "Föhlritz (Dermbach)", "Steinberg (Dermbach)", "Zella (Dermbach)",
        ].map { LocalHolidayEntry(.corpusChristi, .thueringen, name: $0) }
        + [LocalHolidayEntry(nil, .thueringen, name: "Heyerode (Südeichsfeld)")]

    private static let eichsfeld = [
        "Am Ohmberg", "Arenshausen", "Asbach-Sickenberg", "Berlingerode", "Birkenfelde", "Bodenrode-Westhausen",
        "Bornhagen", "Brehme", "Breitenworbis", "Buhla", "Burgwalde", "Büttstedt", "Dieterode", "Dietzenrode/Vatterode",
        "Dingelstädt", "Ecklingerode", "Effelder", "Eichstruth", "Ferna", "Freienhagen", "Fretterode", "Geisleden",
        "Geismar", "Gerbershausen", "Gernrode", "Glasehausen", "Großbartloff", "Haynrode", "Heilbad Heiligenstadt",
        "Heuthen", "Hohengandern", "Hohes Kreuz", "Kella", "Kirchgandern", "Kirchworbis", "Krombach", "Küllstedt",
        "Leinefelde-Worbis", "Lenterode", "Lindewerra", "Lutter", "Mackenrode", "Marth", "Niederorschel",
        "Pfaffschwende", "Reinholterode", "Rohrberg", "Röhrig", "Rustenfelde", "Schachtebich", "Schimberg",
        "Schönhagen", "Schwobfeld", "Sickerode", "Sonnenstein", "Steinbach", "Steinheuterode", "Tastungen",
        "Teistungen", "Thalwenden", "Uder", "Volkerode", "Wachstedt", "Wahlhausen", "Wehnde", "Wiesenfeld", "Wingerode",
        "Wüstheuterode",
    ]
}
