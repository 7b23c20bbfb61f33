import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@testable import DemoRegion

@Suite struct DemoRegionTests {
    /// An ordinary Monday, a Sunday, the last day of a long February, a New Year's Day.
    static let days: [CalendarDate] = ["2026-11-23", "2026-06-14", "2028-02-29", "2027-01-01"]

    @Test(arguments: days) func everyCommandIsAccepted(today: CalendarDate) {
        for seed in UInt64(1)...4 {
            let region = DemoRegion(seed: seed, today: today)
            var desk = Desk(today: today)
            for command in region.commands { desk.expectAccepted(command) }
            #expect(desk.cases.values.filter(\.isRegistered).count == 200)
            #expect(desk.households.count == 80)
        }
    }

    @Test func lanesMayBeSentInAnyOrder() {
        let region = DemoRegion(seed: 9, today: "2026-11-23")
        var desk = Desk(today: region.today)
        for command in region.foundations { desk.expectAccepted(command) }
        for lane in Array(region.lanes).reversed() {
            for command in lane { desk.expectAccepted(command) }
        }
    }

    @Test func theSameRegionComesOutTheSame() {
        let region = DemoRegion(seed: 5, today: "2026-11-23")
        #expect(Array(region.commands) == Array(region.commands))
        #expect(Array(region.commands) == Array(DemoRegion(seed: 5, today: "2026-11-23").commands))
        let other = DemoRegion(seed: 6, today: "2026-11-23")
        #expect(Set(region.lanes.joined().map(\.id)).isDisjoint(with: other.lanes.joined().map(\.id)))
    }

    @Test func identifiersAndLanesAreTheirOwn() throws {
        let region = DemoRegion(seed: 5, today: "2026-11-23")
        let commands = Array(region.commands)
        #expect(Set(commands.map(\.id)).count == commands.count)
        #expect(Set(commands.map(\.lane)) == Set(0...80))
        let firstCase = try #require(commands.firstIndex { $0.path.hasPrefix("/v1/cases/") })
        #expect(commands[..<firstCase].allSatisfy { $0.lane == 0 })
        #expect(commands[firstCase...].allSatisfy { $0.lane > 0 && $0.path.hasPrefix("/v1/cases/") })
        let lanes = Dictionary(grouping: commands[firstCase...]) { $0.path.split(separator: "/")[2] }
        #expect(lanes.values.allSatisfy { Set($0.map(\.lane)).count == 1 })
    }

    @Test(arguments: days) func nothingIsRecordedForADayToCome(today: CalendarDate) throws {
        for command in DemoRegion(seed: 2, today: today).commands {
            let body = try command.object
            let days = ["effectiveOn", "on", "participantAgreedOn"].compactMap { body[$0] as? String }
            #expect(days.allSatisfy { CalendarDate($0).map { $0 <= today } ?? false }, "\(command.path) \(days)")
            let effectiveOn = try #require((body["effectiveOn"] as? String).flatMap(CalendarDate.init))
            #expect(effectiveOn >= today.adding(months: -36))
        }
    }

    @Test(arguments: [(200, 80), (1, 1), (7, 7), (8, 1), (64, 8), (1000, 130), (999, 998), (5000, 2000)])
    func thePeopleAreAsManyAsWereAskedFor(participants: Int, households: Int) {
        let region = DemoRegion(seed: 3, participants: participants, households: households, today: "2026-11-23")
        var sizes: [Int] = []
        var iterator = HouseholdSizes(region: region)
        while let next = iterator.next() { sizes.append(next.size) }
        #expect(sizes.count == households)
        #expect(sizes.reduce(0, +) == participants)
        #expect(sizes.allSatisfy { (1...HouseholdComposition.largest).contains($0) })
    }

    @Test func aGreatRegionIsMadeUpOneHouseholdAtATime() {
        let region = DemoRegion(seed: 1, participants: 100_000, households: 40_000, today: "2026-11-23")
        var desk = Desk(today: region.today)
        let offers = region.offers
        for command in region.foundations.prefix(100) { desk.expectAccepted(command) }
        for lane in region.lanes.prefix(60) {
            for command in lane { desk.expectAccepted(command) }
        }
        #expect(offers.count == 30_000)
        #expect(desk.households.count == 60)
    }
}

extension Desk {
    /// Takes a command, or records an issue that says what was wrong.
    mutating func expectAccepted(_ command: DemoCommand) {
        do {
            try take(path: command.path, body: command.body, actor: command.actor)
        } catch {
            Issue.record("\(command.path) \(String(decoding: command.body, as: UTF8.self)): \(error)")
        }
    }
}

extension DemoCommand {
    /// The body as a dictionary.
    var object: [String: Any] {
        get throws { try JSONSerialization.jsonObject(with: body) as? [String: Any] ?? [:] }
    }
}
