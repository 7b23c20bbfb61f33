import CaseTiming

/// What clients have to know of one command: its name, what it is for, and its body.
struct CommandText: Sendable {
    /// The name in the imperative, as in the route.
    var name: String
    /// One line.
    var summary: String
    /// When it is refused, and what it does beside the obvious.
    var notes: String
    /// The body, including `effectiveOn`.
    var body: BodySchema

    init(_ name: String, _ summary: String, notes: String = "", fields: [BodyField]) {
        self.name = name
        self.summary = summary
        self.notes = notes
        body = BodySchema(
            title: Self.pascalCased(name), description: summary, fields: fields + [Self.effectiveOn])
    }

    private static let effectiveOn = BodyField.optional(
        "effectiveOn", .date, "The day from which it counts; today in Europe/Berlin unless stated.",
        example: "2026-03-02")

    private static func pascalCased(_ name: String) -> String {
        name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}

extension ValueShape {
    /// One of an enumeration's words.
    static func choice<Word: CaseIterable & RawRepresentable<String>>(of words: Word.Type) -> ValueShape {
        .choice(words.allCases.map(\.rawValue))
    }

    /// A few words: a name, a title.
    static let line = ValueShape.text(length: 1...300)
    /// What somebody wrote down: reasons, goals, notes.
    static let prose = ValueShape.text(length: 1...10_000)
    static let office = ValueShape.choice(of: Office.self)
    static let weeklyHours = ValueShape.number(0...168)
    static let days = ValueShape.integer(-36_600...36_600)

    static func list(of shape: ValueShape) -> ValueShape { .list(of: shape, count: 0...100) }
}

/// Identifiers that the examples share, so that they tell one story.
enum Example {
    static let measure: JSONValue = "0198c0de-0000-7000-8000-000000000031"
    static let otherMeasure: JSONValue = "0198c0de-0000-7000-8000-000000000032"
    static let plan: JSONValue = "0198c0de-0000-7000-8000-000000000021"
    static let household: JSONValue = "0198c0de-0000-7000-8000-000000000011"
    static let placement: JSONValue = "0198c0de-0000-7000-8000-000000000041"
    static let appointment: JSONValue = "0198c0de-0000-7000-8000-000000000071"
    static let referral: JSONValue = "0198c0de-0000-7000-8000-000000000081"
    static let conference: JSONValue = "0198c0de-0000-7000-8000-000000000091"
    static let commitment: JSONValue = "0198c0de-0000-7000-8000-000000000095"
    static let deadline: JSONValue = "0198c0de-0000-7000-8000-000000000097"
    static let fact: JSONValue = "0198c0de-0000-7000-8000-000000000098"
    static let matter: JSONValue = "0198c0de-0000-7000-8000-000000000099"
    static let proposal: JSONValue = "0198c0de-0000-7000-8000-0000000000a1"
    static let counterProposal: JSONValue = "0198c0de-0000-7000-8000-0000000000a2"
    static let offer: JSONValue = "0198c0de-0000-7000-8000-000000000051"
    static let subsidy: JSONValue = "0198c0de-0000-7000-8000-000000000081"
    static let voucher: JSONValue = "0198c0de-0000-7000-8000-000000000082"
    static let reduction: JSONValue = "0198c0de-0000-7000-8000-000000000083"
    static let partner: JSONValue = "0198c0de-0000-7000-8000-000000000061"
    static let employmentField: JSONValue = "0198c0de-0000-7000-8000-000000000091"
    static let otherCase: JSONValue = "0198c0de-0000-7000-8000-000000000002"
    static let area: JSONValue = "frankfurt-gallus"
}
