/// A Land of Germany by its ISO 3166-2 code without the country.
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
}
