/// The invented programme areas of the region.
enum ProgrammeArea: String, CaseIterable, Sendable {
    case musterquartier = "demo-musterquartier"
    case beispielviertel = "demo-beispielviertel"
    case probesiedlung = "demo-probesiedlung"

    /// The area's identifier, a slug.
    var id: String { rawValue }

    /// Where of ten households in a row how many live.
    static let deck: [ProgrammeArea] =
        Array(repeating: .musterquartier, count: 5) + Array(repeating: .beispielviertel, count: 3)
        + Array(repeating: .probesiedlung, count: 2)

    var name: String {
        switch self {
        case .musterquartier: "Musterquartier (invented demo area)"
        case .beispielviertel: "Beispielviertel (invented demo area)"
        case .probesiedlung: "Probesiedlung (invented demo area)"
        }
    }

    var description: String {
        switch self {
        case .musterquartier:
            "Invented for demonstration. A quarter of rented flats from the 1960s beside a former freight yard."
        case .beispielviertel:
            "Invented for demonstration. An old workers' quarter with small shops and many newcomers."
        case .probesiedlung: "Invented for demonstration. A housing estate at the edge of the town with few employers."
        }
    }

    /// Streets that exist in no town, and a postal code that no place has: none begins with two zeros.
    var address: (streets: [String], postalCode: String) {
        switch self {
        case .musterquartier: (["Musterstraße", "Beispielallee", "Am Probeplatz", "Erfundener Weg"], "00101")
        case .beispielviertel: (["Vorlagengasse", "Platzhalterstraße", "Modellring"], "00102")
        case .probesiedlung: (["Probeweg", "Ausgedachte Zeile", "Versuchsbogen"], "00103")
        }
    }
}
