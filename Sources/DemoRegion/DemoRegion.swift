import CaseTiming
import Foundation
public import Ledger

/// An invented programme area with people, plans, measures and placements, as the commands that would have built it.
///
/// Nothing in it is taken from life: areas, streets, organisations and people are made up by a small seeded generator,
/// say so in their names, and have telephone numbers that the Bundesnetzagentur reserves for films. The same seed, size
/// and day give the same commands on every machine. Everything is dated back from `today`, the day on which the demo is
/// first loaded, so that it looks current: nothing is recorded for a later day, only planned.
///
/// Households are made up one at a time, so a region of any size needs the memory of one household.
public struct DemoRegion: Sendable {
    /// What all identifiers of the demo are derived from.
    static let namespace = UUID(
        uuid: (
            0x6D, 0x75, 0x73, 0x74, 0x65, 0x72, 0x40, 0x00, 0x80, 0x00, 0x67, 0x6C, 0x65, 0x69, 0x63, 0x68
        ))

    /// The identifiers of the region's areas; the first one is the largest.
    public static let areaIDs = ProgrammeArea.allCases.map(\.id)

    /// What the region's chance begins with.
    public let seed: UInt64
    /// How many participants there are.
    public let participants: Int
    /// How many households they live in.
    public let households: Int
    /// The day on which all of it has come to where it stands, Europe/Berlin.
    public let today: CalendarDate

    /// A region of that many participants in that many households, each of one to eight people.
    ///
    /// - Precondition: `households ≤ participants ≤ 8 × households`.
    public init(seed: UInt64, participants: Int = 200, households: Int = 80, today: CalendarDate) {
        precondition(
            households > 0 && participants >= households
                && participants <= households * HouseholdComposition.largest,
            "\(participants) participants do not live in \(households) households of 1 to 8 people")
        self.seed = seed
        self.participants = participants
        self.households = households
        self.today = today
    }

    /// The day three years back on which the programme began.
    var beganOn: CalendarDate { today.adding(months: -36) }

    /// What the identifiers of this region's cases, households and offers are derived from; partners and areas are the
    /// same in all of them.
    var id: UUID { UUID(derivedFrom: Self.namespace, "\(seed)/\(participants)/\(households)") }

    var offers: OfferPool { OfferPool(region: id, households: households) }

    /// How many caseworkers an office has: one for about fifty participants.
    var caseworkersPerOffice: Int { max(3, participants / 50) }

    /// The areas, partners and offers. Lane 0: to be sent, in order, before anything else.
    public var foundations: some Sequence<DemoCommand> {
        [FoundationCommands.areas(self), FoundationCommands.partners(self)].joined()
            .chained(to: FoundationCommands.offers(self))
    }

    /// The households' commands, a lane each, in the order in which they have to be sent.
    public var lanes: some Sequence<[DemoCommand]> {
        sequence(state: HouseholdSizes(region: self)) { sizes -> [DemoCommand]? in
            guard let (number, size) = sizes.next() else { return nil }
            var story = HouseholdStory(region: self, number: number, size: size)
            return story.tell()
        }
    }

    /// Everything in one order that satisfies all lanes.
    public var commands: some Sequence<DemoCommand> {
        foundations.chained(to: lanes.lazy.joined())
    }
}

/// How many people live in each household, so that the sum is exact and no list of all of them is needed.
struct HouseholdSizes: IteratorProtocol {
    private let participants: Int
    private let households: Int
    private var random: SplitMix64
    private var number = 0
    private var housed = 0

    init(region: DemoRegion) {
        participants = region.participants
        households = region.households
        random = SplitMix64(seed: region.seed, part: .max)
    }

    /// The next household's number, from 0, and its size.
    mutating func next() -> (number: Int, size: Int)? {
        guard number < households else { return nil }
        let left = households - number - 1
        // The sum follows the mean at a distance that shrinks to nothing at the end.
        let mean = (number + 1) * participants / households - housed
        let slack = min(6, left)
        let least = max(1, mean - slack, participants - housed - left * HouseholdComposition.largest)
        let most = min(HouseholdComposition.largest, mean + slack, participants - housed - left)
        let size = max(least, min(most, random.pick(weighted: HouseholdComposition.sizes)))
        defer {
            number += 1
            housed += size
        }
        return (number, size)
    }
}

extension Sequence {
    /// This sequence, then another one, neither of them in memory.
    func chained<Other: Sequence<Element>>(to other: Other) -> some Sequence<Element> {
        sequence(state: (makeIterator(), other.makeIterator())) { parts in
            parts.0.next() ?? parts.1.next()
        }
    }
}
