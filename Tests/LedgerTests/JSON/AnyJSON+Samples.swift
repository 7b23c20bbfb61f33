import LedgerSuite

extension AnyJSON {
    private static let characters: [Character] = [
        "a", "Z", "0", " ", "/", "\\", "\"", "\u{0}", "\u{1F}", "\u{7F}", "\n", "\r", "\t", "\u{8}", "\u{C}", "ä", "ß",
        "é", "e\u{301}", "\u{2028}", "\u{FEFF}", "\u{FFFD}", "\u{FFFF}", "語", "😀", "👩‍👩‍👧", "\u{10FFFF}", "ﬁ", "İ",
    ]

    static func text(using random: inout SeededRandom) -> String {
        String(
            (0..<Int.random(in: 0...12, using: &random)).map { _ in characters.randomElement(using: &random) ?? "a" })
    }

    static func sample(depth: Int, using random: inout SeededRandom) -> AnyJSON {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
        case 0: .null
        case 1: .boolean(.random(using: &random))
        case 2: .integer([0, -1, 7, .max, .min, 1 << 53, -(1 << 53) - 1].randomElement(using: &random) ?? 0)
        case 3: .integer(.random(in: -1000...1000, using: &random))
        case 4: .double(double(using: &random))
        case 5: .text(text(using: &random))
        case 6:
            .array((0..<Int.random(in: 0...5, using: &random)).map { _ in sample(depth: depth - 1, using: &random) })
        default:
            .object(
                Dictionary(
                    (0..<Int.random(in: 0...6, using: &random)).map { _ in
                        (text(using: &random), sample(depth: depth - 1, using: &random))
                    }, uniquingKeysWith: { first, _ in first }))
        }
    }

    static func double(using random: inout SeededRandom) -> Double {
        let special: [Double] = [
            0, -0.0, 0.1, 1.5, 39, -2.5e-7, 1e16, 1e17, 1e21, 1e22, 1.7976931348623157e308, .leastNonzeroMagnitude,
            2.2250738585072014e-308,
            123_456_789.125, 1e100, -1e-100, 0.30000000000000004, 4_503_599_627_370_497.5,
        ]
        guard Bool.random(using: &random) else { return special.randomElement(using: &random) ?? 0 }
        let any = Double(bitPattern: random.next())
        return any.isFinite ? any : 0.5
    }
}

/// A generator that gives the same numbers for the same seed on every machine (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
