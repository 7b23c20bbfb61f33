import CaseTiming
import Ledger
import Testing

/// Compares every day of every Land with the `holidays` package for Python.
@Suite struct HolidayComparisonTests {
    /// Where the two differ, and why the law is on our side. From 2000 to 2035 they do not.
    private static let settled: [String: String] = [
        "ST 1991-01-06 theirs": "§ 2 FeiertG LSA is of 22 May 1992: first in 1993",
        "ST 1992-01-06 theirs": "§ 2 FeiertG LSA is of 22 May 1992: first in 1993",
        "SN catholic-majority 1991-05-30 theirs": "the FronleichnamsVO is of 4 May 1993",
        "SN catholic-majority 1992-06-18 theirs": "the FronleichnamsVO is of 4 May 1993",
    ]

    private static let script = """
        from holidays import Germany
        from holidays.constants import CATHOLIC, PUBLIC
        years = range(1991, 2041)
        places = [(land, "", land, [PUBLIC]) for land in Germany.subdivisions if len(land) == 2]
        places += [(land, "catholic-majority", land, [PUBLIC, CATHOLIC]) for land in ("BY", "SN", "TH")]
        places += [("BY", "Augsburg", "Augsburg", [PUBLIC])]
        for land, municipality, subdivision, categories in places:
            for day in sorted(Germany(years=years, subdiv=subdivision, categories=categories)):
                print(f"{land} {municipality}".strip(), day.isoformat())
        """

    @Test func everyDayOfEveryLandIsTheSame() throws {
        guard let output = try Peer.run(Self.script, needing: ["holidays"]) else { return }
        let theirs = Set(output.split(separator: "\n").map(String.init))
        var ours: Set<String> = []
        var places = Land.allCases.map { ($0, String?.none) }
        places += [(.bayern, "catholic-majority"), (.sachsen, "catholic-majority"), (.thueringen, "catholic-majority")]
        places += [(.bayern, "Augsburg")]
        for (land, name) in places {
            let municipality = try name.map { try Municipality($0, in: land) }
            let calendar = HolidayCalendar(land: land, municipality: municipality)
            for year in 1991...2040 {
                for (day, _) in calendar.holidays(in: year) {
                    ours.insert(
                        ([land.rawValue] + (name.map { [$0] } ?? []) + [day.description]).joined(separator: " "))
                }
            }
        }
        #expect(theirs.count > 8_000)
        let differences =
            theirs.subtracting(ours).map { $0 + " theirs" } + ours.subtracting(theirs).map { $0 + " ours" }
        #expect(Set(differences) == Set(Self.settled.keys), "\(differences.sorted())")
    }
}
