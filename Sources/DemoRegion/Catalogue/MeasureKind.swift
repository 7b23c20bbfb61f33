import CaseFile

/// A measure as the region's partners provide it, before it has dates.
struct MeasureKind: Sendable {
    /// `%` stands for the occupation that the participant looks for.
    var title: String
    var strand: Strand
    var orientation: Orientation = .preventive
    var solidarity: Solidarity = .supply
    var weeks: ClosedRange<Int>
    var hours: ClosedRange<Int>
    var provider: Provider
    /// What a participant who completes it can show for it.
    var certificate: String?

    func title(for occupation: Occupation) -> String {
        title.split(separator: "%", omittingEmptySubsequences: false).joined(separator: occupation.title)
    }
}

extension MeasureKind {
    /// German first, for those who need it.
    static let language = [
        MeasureKind(
            title: "Integrationskurs mit Abschluss B1", strand: .education, weeks: 20...28, hours: 20...25,
            provider: .adultEducation, certificate: "Deutsch-Test für Zuwanderer B1"),
        MeasureKind(
            title: "Berufssprachkurs Deutsch B2", strand: .education, weeks: 16...22, hours: 20...25,
            provider: .adultEducation, certificate: "telc Deutsch B2 Beruf"),
        MeasureKind(
            title: "Alphabetisierungskurs", strand: .education, orientation: .remedial, weeks: 18...26, hours: 15...20,
            provider: .adultEducation),
    ]

    /// Finding out what somebody can and wants to do.
    static let orientation = [
        MeasureKind(
            title: "Aktivierung und Orientierung im Quartier", strand: .employment, weeks: 6...12, hours: 15...20,
            provider: .trainingWorkshop),
        MeasureKind(
            title: "Einzelcoaching mit Gutschein", strand: .employment, weeks: 8...12, hours: 3...6,
            provider: .trainingWorkshop),
        MeasureKind(
            title: "Kompetenzfeststellung %", strand: .employment, weeks: 4...6, hours: 25...30,
            provider: .trainingWorkshop, certificate: "Kompetenzprofil"),
        MeasureKind(
            title: "Arbeitsgelegenheit Stadtteilgarten", strand: .employment, orientation: .remedial,
            solidarity: .demand, weeks: 16...26, hours: 20...25, provider: .urbanGreen),
        MeasureKind(
            title: "Grundbildung Rechnen, Schreiben, Rechner", strand: .education, orientation: .remedial,
            weeks: 10...16, hours: 12...20, provider: .adultEducation),
    ]

    /// Vocational steps.
    static let training = [
        MeasureKind(
            title: "Teilqualifizierung % (Modul 1)", strand: .education, weeks: 14...22, hours: 30...38,
            provider: .trainingWorkshop, certificate: "Kammerzertifikat Teilqualifikation 1"),
        MeasureKind(
            title: "Teilqualifizierung % (Modul 2)", strand: .education, weeks: 14...22, hours: 30...38,
            provider: .trainingWorkshop, certificate: "Kammerzertifikat Teilqualifikation 2"),
        MeasureKind(
            title: "Umschulung %", strand: .education, weeks: 52...96, hours: 35...38, provider: .chamber,
            certificate: "Abschluss der Kammer"),
        MeasureKind(
            title: "Qualifizierung % mit Praxisphase", strand: .employment, weeks: 12...20, hours: 30...35,
            provider: .trainingWorkshop, certificate: "Trägerzertifikat"),
        MeasureKind(
            title: "Maßnahme beim Arbeitgeber %", strand: .employment, weeks: 3...6, hours: 30...38,
            provider: .employers),
    ]

    /// Beside a job that has begun.
    static let inWork = [
        MeasureKind(
            title: "Coaching in Beschäftigung", strand: .employment, weeks: 16...26, hours: 2...4,
            provider: .trainingWorkshop),
        MeasureKind(
            title: "Ausbildungsbegleitende Hilfen", strand: .education, weeks: 26...44, hours: 4...8,
            provider: .chamber),
    ]

    /// What the job centre provides to people under 25.
    static let youthTraining = [
        MeasureKind(
            title: "Berufsvorbereitende Bildungsmaßnahme", strand: .education, weeks: 26...42, hours: 35...38,
            provider: .trainingWorkshop, certificate: "Hauptschulabschluss"),
        MeasureKind(
            title: "Einstiegsqualifizierung %", strand: .employment, weeks: 26...44, hours: 35...38, provider: .chamber,
            certificate: "Zertifikat Einstiegsqualifizierung"),
        MeasureKind(
            title: "Berufsorientierung im Betrieb", strand: .employment, weeks: 4...8, hours: 20...30,
            provider: .employers),
        MeasureKind(
            title: "Aktivierungshilfe für Jüngere", strand: .employment, orientation: .remedial, weeks: 16...26,
            hours: 20...30, provider: .trainingWorkshop),
    ]

    /// What the youth office provides to people from 15 on.
    static let youthSupport = [
        MeasureKind(
            title: "Jugendwerkstatt Holz und Fahrrad", strand: .education, weeks: 20...40, hours: 20...30,
            provider: .youthCentre, certificate: "Qualifizierungsbaustein"),
        MeasureKind(
            title: "Nachholen des Schulabschlusses", strand: .education, orientation: .remedial, weeks: 36...44,
            hours: 25...30, provider: .adultEducation, certificate: "Realschulabschluss"),
        MeasureKind(
            title: "Kompetenzagentur: Begleitung am Übergang", strand: .education, weeks: 20...40, hours: 3...6,
            provider: .youthCentre),
        MeasureKind(
            title: "Betreutes Jugendwohnen", strand: .livingEnvironment, orientation: .remedial, solidarity: .demand,
            weeks: 26...52, hours: 5...10, provider: .familySupport),
        MeasureKind(
            title: "Jugendbeirat im Quartier", strand: .civicParticipation, weeks: 20...40, hours: 2...4,
            provider: .youthCentre),
        MeasureKind(
            title: "Erziehungsbeistand", strand: .education, orientation: .remedial, weeks: 26...44, hours: 3...6,
            provider: .familySupport),
    ]

    /// What the youth office provides to children and their parents.
    static let childSupport = [
        MeasureKind(
            title: "Lernwerkstatt am Nachmittag", strand: .education, weeks: 30...44, hours: 6...12,
            provider: .youthCentre),
        MeasureKind(
            title: "Sozialpädagogische Familienhilfe", strand: .livingEnvironment, orientation: .remedial,
            weeks: 26...52, hours: 4...10, provider: .familySupport),
        MeasureKind(
            title: "Tagesgruppe", strand: .education, orientation: .remedial, weeks: 36...52, hours: 15...20,
            provider: .familySupport),
        MeasureKind(
            title: "Kinderorchester im Stadtteil", strand: .neighbourhood, weeks: 30...44, hours: 2...3,
            provider: .cultureHouse),
    ]

    /// What the social office provides.
    static let participation = [
        MeasureKind(
            title: "Schuldnerberatung mit Haushaltsplan", strand: .livingEnvironment, orientation: .remedial,
            solidarity: .demand, weeks: 16...40, hours: 1...2, provider: .adviceCentre),
        MeasureKind(
            title: "Wohnungssicherung und Umzugshilfe", strand: .livingEnvironment, orientation: .remedial,
            solidarity: .demand, weeks: 10...26, hours: 1...3, provider: .adviceCentre),
        MeasureKind(
            title: "Nachbarschaftswerkstatt und Tauschring", strand: .neighbourhood, solidarity: .demand,
            weeks: 20...44,
            hours: 4...8, provider: .neighbourhoodHouse),
        MeasureKind(
            title: "Stadtteilmütter: von Nachbarin zu Nachbarin", strand: .neighbourhood, weeks: 26...44, hours: 8...12,
            provider: .neighbourhoodHouse),
        MeasureKind(
            title: "Mieterbeirat und Bürgerforum", strand: .civicParticipation, weeks: 20...44, hours: 2...4,
            provider: .neighbourhoodHouse),
        MeasureKind(
            title: "Assistenz zur Teilhabe", strand: .livingEnvironment, orientation: .remedial, weeks: 26...52,
            hours: 3...8, provider: .adviceCentre),
    ]

    /// What the social office provides to pupils.
    static let educationPackage = [
        MeasureKind(
            title: "Bildung und Teilhabe: Lernförderung", strand: .education, solidarity: .demand, weeks: 20...40,
            hours: 2...4, provider: .youthCentre),
        MeasureKind(
            title: "Bildung und Teilhabe: Sportverein", strand: .neighbourhood, solidarity: .demand, weeks: 30...44,
            hours: 2...4, provider: .sportsClub),
    ]
}
