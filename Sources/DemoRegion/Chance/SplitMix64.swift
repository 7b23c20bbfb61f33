/// A small seeded generator (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014).
///
/// The demo has to come out the same on every machine and with every version of Swift, so the drawing below is our own
/// too: the standard library promises no particular sequence for `Int.random(in:using:)` or `shuffled(using:)`.
struct SplitMix64: Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// The generator of one part of the region: independent of how much the other parts have drawn.
    init(seed: UInt64, part: UInt64) {
        var mixer = SplitMix64(seed: seed ^ (part &* 0xD134_2543_DE82_EF95))
        state = mixer.next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}

extension SplitMix64 {
    /// A number below `bound`, which is at least 1 and small beside 2⁶⁴, so that the bias of multiplying is none.
    mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(max(1, bound))).high)
    }

    /// A number of the range, each as likely as any other.
    mutating func int(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    /// True in `percent` of 100 draws.
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    /// One of the elements; the list is not empty.
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    /// One of the elements, as often as its weight says among the sum of all weights.
    mutating func pick<Element>(weighted elements: [(element: Element, weight: Int)]) -> Element {
        var rest = below(elements.reduce(0) { $0 + $1.weight })
        for (element, weight) in elements {
            if rest < weight { return element }
            rest -= weight
        }
        return elements[elements.count - 1].element
    }

    /// The elements in another order (Fisher and Yates).
    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var elements = elements
        for index in stride(from: elements.count - 1, to: 0, by: -1) { elements.swapAt(index, below(index + 1)) }
        return elements
    }

    /// The card that a player gets when the deck is shuffled anew for each round of as many players as it has cards: every
    /// card is dealt in its share even to few players, and each player's card follows from the number alone.
    static func deal<Card>(_ deck: [Card], to player: Int, seed: UInt64) -> Card {
        let (round, place) = player.quotientAndRemainder(dividingBy: deck.count)
        var random = SplitMix64(seed: seed, part: UInt64(round))
        return random.shuffled(deck)[place]
    }
}
