/// An occupation people look for, with what a course for it and an employer in it are called.
struct Occupation: Sendable {
    /// Five digits of the classification KldB 2010; the last one is the level of requirement, 1 for helpers.
    var helper: String
    var skilled: String
    var title: String
    /// The employment field of the region it belongs to.
    var field: String
    var employers: [String]
    /// Euro per hour for helpers, in cents.
    var wage: Int

    /// Occupations with the shares of people who look for them.
    static let all: [(element: Occupation, weight: Int)] = [
        (
            Occupation(
                helper: "51311", skilled: "51312", title: "Lagerlogistik", field: "logistics",
                employers: ["Beispiel-Logistik GmbH (Demo)", "Muster-Versand KG (Demo)"], wage: 1440), 18
        ),
        (
            Occupation(
                helper: "82101", skilled: "82102", title: "Altenpflege", field: "care",
                employers: ["Pflegedienst Beispiel (Demo)", "Seniorenhaus Am Musterpark (Demo)"], wage: 1610), 15
        ),
        (
            Occupation(
                helper: "54101", skilled: "54112", title: "Gebäudereinigung", field: "building-services",
                employers: ["Blitzblank Beispiel GmbH (Demo)"], wage: 1425), 13
        ),
        (
            Occupation(
                helper: "29301", skilled: "29302", title: "Küche", field: "hospitality",
                employers: ["Kantine Musterküche (Demo)", "Café Beispiel (Demo)"], wage: 1410), 12
        ),
        (
            Occupation(
                helper: "62101", skilled: "62102", title: "Verkauf", field: "retail",
                employers: ["Mustermarkt eG (Demo)"], wage: 1420), 11
        ),
        (
            Occupation(
                helper: "83111", skilled: "83112", title: "Kinderbetreuung", field: "childcare",
                employers: ["Kita Beispielnest (Demo)"], wage: 1580), 8
        ),
        (
            Occupation(
                helper: "24411", skilled: "24422", title: "Metall und Schweißtechnik", field: "metal",
                employers: ["Metallbau Probe GmbH (Demo)"], wage: 1530), 7
        ),
        (
            Occupation(
                helper: "12101", skilled: "12142", title: "Garten- und Landschaftsbau", field: "urban-green",
                employers: ["Grünwerk Muster gGmbH (Demo)"], wage: 1435), 6
        ),
        (
            Occupation(
                helper: "34201", skilled: "34212", title: "Sanitär und Heizung", field: "energy-renewal",
                employers: ["Haustechnik Beispiel (Demo)"], wage: 1545), 5
        ),
        (
            Occupation(
                helper: "71401", skilled: "71402", title: "Büro", field: "office-services",
                employers: ["Bürodienste Muster (Demo)"], wage: 1500), 5
        ),
    ]
}
