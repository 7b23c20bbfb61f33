/// One of the communities of the neighbourhood: how its people are called and what they speak.
///
/// First and family names are common ones and combined by chance; ``Person/familyName`` carries the mark of the demo.
struct Community: Sendable {
    var languages: [String]
    var women: [String]
    var men: [String]
    var families: [String]
    /// Of a hundred adults, how many need a German course before anything else.
    var needsGerman: Int

    /// The communities with their shares of the neighbourhood's households.
    static let all: [(element: Community, weight: Int)] = [
        (german, 30), (turkish, 16), (arabic, 13), (ukrainian, 9), (polish, 7), (bulgarian, 7), (afghan, 6),
        (southSlavic, 5), (eritrean, 4), (italian, 3),
    ]

    static let german = Community(
        languages: ["de"],
        women: [
            "Sabine", "Nicole", "Jessica", "Mandy", "Petra", "Lea", "Hannah", "Johanna", "Celina", "Angelika", "Marie",
        ],
        men: ["Uwe", "Thomas", "Kevin", "Marcel", "Dennis", "Jonas", "Finn", "Leon", "Andreas", "Rolf", "Justin"],
        families: [
            "Beispiel", "Muster", "Probst", "Erfinder", "Demuth", "Ausgedacht", "Modell", "Platzhalter", "Vorlage",
        ], needsGerman: 0)

    static let turkish = Community(
        languages: ["tr", "de"],
        women: ["Ayşe", "Fatma", "Elif", "Zeynep", "Meryem", "Emine", "Defne", "Derya"],
        men: ["Mehmet", "Mustafa", "Emre", "Can", "Murat", "Yusuf", "Kerem", "Hasan"],
        families: ["Örnek", "Deneme", "Hayali", "Kurgu", "Numune", "Taslak"], needsGerman: 30)

    static let arabic = Community(
        languages: ["ar"],
        women: ["Amina", "Rania", "Layla", "Nour", "Hiba", "Salma", "Yasmin"],
        men: ["Omar", "Khalid", "Bilal", "Tarek", "Sami", "Ibrahim", "Rami"],
        families: ["Al-Mithal", "Namudhaj", "Al-Khayal", "Tajriba", "Al-Usturi"], needsGerman: 65)

    static let ukrainian = Community(
        languages: ["uk", "ru"],
        women: ["Oksana", "Iryna", "Olena", "Kateryna", "Sofiia", "Daryna"],
        men: ["Andrii", "Mykola", "Taras", "Bohdan", "Maksym", "Dmytro"],
        families: ["Pryklad", "Zrazok", "Vyhadanko", "Prykladenko", "Zrazkivska"], needsGerman: 85)

    static let polish = Community(
        languages: ["pl", "de"],
        women: ["Agnieszka", "Katarzyna", "Zofia", "Maja", "Ewa", "Beata"],
        men: ["Piotr", "Tomasz", "Jakub", "Szymon", "Marek", "Krzysztof"],
        families: ["Przykład", "Wzorek", "Próbny", "Zmyślony", "Wymyślak"], needsGerman: 35)

    static let bulgarian = Community(
        languages: ["bg", "tr"],
        women: ["Mariya", "Desislava", "Rositsa", "Elena", "Gergana"],
        men: ["Georgi", "Dimitar", "Ivaylo", "Stefan", "Kaloyan"],
        families: ["Primerov", "Obraztsov", "Izmislen", "Probnik"], needsGerman: 70)

    static let afghan = Community(
        languages: ["fa-AF", "ps"],
        women: ["Zahra", "Maryam", "Parwana", "Shirin", "Laila"],
        men: ["Farhad", "Ahmad", "Jawid", "Hamid", "Nasir"],
        families: ["Namuna", "Khiyali", "Mesal", "Azmayesh"], needsGerman: 75)

    static let southSlavic = Community(
        languages: ["sr", "de"],
        women: ["Jelena", "Ana", "Milica", "Lejla", "Ivana"],
        men: ["Nikola", "Marko", "Luka", "Emir", "Goran"],
        families: ["Primjer", "Uzorak", "Izmišljeni", "Probić"], needsGerman: 25)

    static let eritrean = Community(
        languages: ["ti"],
        women: ["Selam", "Rahwa", "Feven", "Saba", "Miriam"],
        men: ["Filmon", "Yonas", "Samuel", "Kidane", "Amanuel"],
        families: ["Abnet", "Misale", "Fetena", "Hasab"], needsGerman: 75)

    static let italian = Community(
        languages: ["it", "de"],
        women: ["Giulia", "Francesca", "Chiara", "Paola"],
        men: ["Marco", "Antonio", "Davide", "Luca"],
        families: ["Esempio", "Modello", "Inventato", "Prova"], needsGerman: 15)
}
