/// A Land of Germany by its ISO 3166-2 code without the country. Public holidays are the Länder's to fix.
public enum Land: String, Codable, CaseIterable, Hashable, Sendable {
    case badenWuerttemberg = "BW"
    case bayern = "BY"
    case berlin = "BE"
    case brandenburg = "BB"
    case bremen = "HB"
    case hamburg = "HH"
    case hessen = "HE"
    case mecklenburgVorpommern = "MV"
    case niedersachsen = "NI"
    case nordrheinWestfalen = "NW"
    case rheinlandPfalz = "RP"
    case saarland = "SL"
    case sachsen = "SN"
    case sachsenAnhalt = "ST"
    case schleswigHolstein = "SH"
    case thueringen = "TH"

    /// Reads the code with or without the country, `DE-HE` or `HE`.
    public init?(_ code: String) {
        self.init(rawValue: code.hasPrefix("DE-") ? String(code.dropFirst(3)) : code)
    }

    /// The Land's name in German: "Hessen".
    public var name: String { description.name }

    /// The first two digits of every official municipality key (AGS) in the Land.
    public var keyPrefix: String { description.key }

    /// Where the Land's own law lists its public holidays, as it is cited: "§ 1 HFeiertagsG".
    public var holidayAct: String { description.act }

    private var description: (name: String, key: String, act: String) {
        switch self {
        case .badenWuerttemberg: ("Baden-Württemberg", "08", "§ 1 FTG BW")
        case .bayern: ("Bayern", "09", "Art. 1 BayFTG")
        case .berlin: ("Berlin", "11", "§ 1 FeiertG BE")
        case .brandenburg: ("Brandenburg", "12", "§ 2 FTG BB")
        case .bremen: ("Bremen", "04", "§ 2 FeiertG HB")
        case .hamburg: ("Hamburg", "02", "§ 1 FeiertG HH")
        case .hessen: ("Hessen", "06", "§ 1 HFeiertagsG")
        case .mecklenburgVorpommern: ("Mecklenburg-Vorpommern", "13", "§ 2 FTG M-V")
        case .niedersachsen: ("Niedersachsen", "03", "§ 2 NFeiertagsG")
        case .nordrheinWestfalen: ("Nordrhein-Westfalen", "05", "§ 2 FeiertG NW")
        case .rheinlandPfalz: ("Rheinland-Pfalz", "07", "§ 2 LFtG RP")
        case .saarland: ("Saarland", "10", "§ 2 SFG")
        case .sachsen: ("Sachsen", "14", "§ 1 SächsSFG")
        case .sachsenAnhalt: ("Sachsen-Anhalt", "15", "§ 2 FeiertG LSA")
        case .schleswigHolstein: ("Schleswig-Holstein", "01", "§ 2 SFTG SH")
        case .thueringen: ("Thüringen", "16", "§ 2 ThürFGtG")
        }
    }
}
