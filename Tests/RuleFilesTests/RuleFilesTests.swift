import CaseTiming
import Foundation
import Ledger
import Testing

@testable import RuleFiles

@Suite("The shipped rules") struct ShippedRulesTests {
    private let book: RuleBook

    init() throws { book = try RuleFiles.book() }

    @Test func everyFileIsNamedAfterItsRule() throws {
        let names = try RuleFiles.shipped().map(\.name)
        #expect(Set(names) == Set(book.ids.map { "\($0).yaml" }))
    }

    @Test(arguments: [
        (
            "forward-application",
            ["forward P2W →", "decide P3W →", "decide-if-kept P3W →", "decide-after-report P2W →"]
        ),
        ("several-providers", ["decide P6W →", "decide-with-conference P2M →", "findings P2W →"]),
        ("expert-report", ["report P2W →"]), ("participation-plan-review", ["review P2Y"]),
        ("support-agreement", ["agree P4W →"]), ("cooperation-plan", ["update P6M"]), ("support-plan", []),
        ("transition-out-of-youth-support", ["agree-handover P1Y before"]),
        ("work-opportunity", ["longest P24M", "extension P12M", "within P5Y"]), ("follow-on-support", ["longest P6M"]),
        ("objection", ["object P1M →"]), ("hearing", []),
    ]) func periodsAreThoseOfTheDomain(_ id: String, _ periods: [String]) throws {
        let rule = try #require(book.rule(id, on: "2026-03-02"))
        #expect(
            rule.periods.map {
                "\($0.name) \($0.length)\($0.isBefore ? " before" : "")\($0.movesToWorkingDay ? " →" : "")"
            } == periods)
    }

    @Test(arguments: [
        ("wage-subsidy-16e", [12: 75, 24: 50]), ("wage-subsidy-16i", [24: 100, 36: 90, 48: 80, 60: 70]),
        ("integration-subsidy", [12: 50]), ("integration-subsidy-disabled", [12: 70, 24: 60]),
    ]) func subsidiesAreThoseOfTheDomain(_ id: String, _ rates: [Int: Double]) throws {
        guard case .wageSubsidy(let terms) = try #require(book.rule(id, on: "2026-03-02")).terms else {
            Issue.record("no wage subsidy")
            return
        }
        let limits = terms.limits(from: "2026-03-02")
        let expected = rates.sorted { $0.key < $1.key }
        let firstDay: CalendarDate = "2026-03-02"
        #expect(limits.map { $0.last } == expected.map { firstDay.adding(months: $0.key) - 1 })
        #expect(limits.map { $0.rate } == expected.map { $0.value })
        #expect(terms.minimumAge == (id == "wage-subsidy-16i" ? 25 : nil))
    }

    @Test func reductionsAreThoseOfTheDomain() throws {
        for (id, steps) in [
            ("reduction-breach-of-duty", [[10.0, 1], [20, 2], [30, 3]]), ("reduction-missed-report", [[10.0, 1]]),
        ] {
            guard case .reduction(let terms) = try #require(book.rule(id, on: "2026-06-30")).terms else {
                Issue.record("no reduction")
                continue
            }
            #expect(terms.steps.map { [$0.percentage, Double($0.months)] } == steps)
            #expect(terms.cap == 30 && terms.requiresHearing && terms.requiresHardshipExamination)
        }
    }

    @Test func whatIsNotVerifiedIsListedAndNeverApplied() throws {
        for (id, day) in [("reduction-breach-of-duty", "2026-07-01"), ("integration-agreement", "2023-01-01")] {
            let day = try #require(CalendarDate(day))
            #expect(book.rule(id, on: day) == nil)
            #expect(book.listed(on: day).first { $0.id == id }?.status == .unverified)
            #expect(book.rule(id, on: day - 1) != nil)
        }
        #expect(book.version(of: "reduction-missed-report", on: "2026-07-01") == nil)
    }

    @Test func activationVouchersAreLimited() throws {
        guard case .voucher(let terms) = try #require(book.rule("activation-voucher", on: "2026-03-02")).terms else {
            Issue.record("no voucher")
            return
        }
        #expect(terms.isRegional)
        #expect(
            terms.limits.map { "\($0.content) \($0.length) \($0.extended?.description ?? "-")" }
                == ["employer-measure P6W P12W", "vocational-skills P8W -"])
    }

    @Test func thePageIsCurrent() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/gleichtakt/Documentation.docc/Rules.md")
        var text = try String(contentsOf: page, encoding: .utf8)
        let current = try #require(RulesPage(book).replacingTable(in: text))
        if ProcessInfo.processInfo.environment["GLEICHTAKT_RECORD"] == "1" {
            try Data(current.utf8).write(to: page)
            text = current
        }
        let isSame = text == current
        #expect(isSame, "Rules.md is out of date: GLEICHTAKT_RECORD=1 swift test --filter RuleFilesTests")
    }
}

@Suite("Rule files") struct RuleFilesTests {
    private static let rule = """
        id: a-rule
        title: A rule
        versions:
          - source: § 1 XYZ
            validFrom: 2020-01-01
            status: in-force
            event: Something happens.
        """

    private func flaws(_ texts: String...) -> [String] {
        let files = texts.enumerated().map { RuleFile(name: "\($0.offset).yaml", text: $0.element) }
        do throws(RuleBookFlaws) {
            _ = try RuleFiles.book(of: files)
            return []
        } catch {
            return error.flaws
        }
    }

    @Test func aNewRuleNeedsNoCode() throws {
        let book = try RuleFiles.book(
            of: RuleFiles.shipped(),
            and: [
                RuleFile(
                    name: "new.yaml",
                    text: Self.rule + "\n    wageSubsidy: { steps: [{ months: 6, rate: 37.5 }] }")
            ])
        let rule = try #require(book.rule("a-rule", on: "2026-03-02"))
        #expect(rule.terms == .wageSubsidy(WageSubsidyTerms(steps: [.init(months: 6, rate: 37.5)])))
    }

    @Test func aDeadlineNeedsNoCode() throws {
        let period = """
            { name: act, length: P2W, starts: [plan-agreed, { fact: plan-reviewed, kind: cooperation }], \
            ends: [plan-concluded], endsInCase: [handover-accepted], posted: true, lapses: true }
            """
        let book = try RuleFiles.book(
            of: [RuleFile(name: "own.yaml", text: Self.rule + "\n    periods: [\(period)]")])
        let found = try #require(book.rule("a-rule", on: "2026-03-02")?.periods.first)
        #expect(found.starts == [FactPattern("plan-agreed"), FactPattern("plan-reviewed", kind: "cooperation")])
        #expect(found.ends == [FactPattern("plan-concluded")] && found.endsInCase == [FactPattern("handover-accepted")])
        #expect(found.isPosted && found.lapses && !found.isBefore)
    }

    @Test func anAddedRuleTakesThePlaceOfTheShippedOne() throws {
        let book = try RuleFiles.book(
            of: RuleFiles.shipped(),
            and: [RuleFile(name: "own.yaml", text: Self.rule.replacing("a-rule", with: "reduction-breach-of-duty"))])
        #expect(book.versions(of: "reduction-breach-of-duty").map(\.title) == ["A rule"])
        let shipped = try RuleFiles.book()
        #expect(book.ids == shipped.ids)
    }

    @Test func aNewVersionNeedsNoCode() throws {
        let later = """

              - source: § 1 XYZ, new
                validFrom: 2026-01-01
                status: announced
                event: Something happens.
            """.replacing("\n      ", with: "\n  ")
        let text = Self.rule.replacing("status: in-force", with: "validTo: 2025-12-31\n    status: in-force") + later
        let book = try RuleFiles.book(of: [RuleFile(name: "a.yaml", text: text)])
        #expect(book.rule("a-rule", on: "2025-12-31")?.source == "§ 1 XYZ")
        #expect(book.rule("a-rule", on: "2026-01-01") == nil)
        #expect(book.listed(on: "2026-01-01").map(\.source) == ["§ 1 XYZ, new"])
    }

    @Test(arguments: [
        ("2020-01-01", "2020-02-30", "0.yaml:5: validFrom has to be a day of the form YYYY-MM-DD."),
        ("in-force", "valid", "0.yaml:6: status has to be one of in-force, announced, unverified."),
        ("    status: in-force\n", "", "0.yaml:4: status is missing."),
        ("source: § 1 XYZ", "source: ' '", "0.yaml:4: source has to be text."),
        ("source: § 1 XYZ", "note: x", "0.yaml:4: source is missing."),
        ("    event:", "    evnt:", "0.yaml:7: 'evnt' is not a key of a version; known are source, "),
        ("title:", "name:", "0.yaml:2: 'name' is not a key of a rule; known are id, title, versions."),
        ("id: a-rule", "id: A Rule", "A Rule, version of 2020-01-01: the id has to be small letters"),
        ("    status:", "    validTo: 2019-01-01\n    status:", "validTo 2019-01-01 lies before validFrom."),
        ("    event:", "    periods: [{ name: a, length: 2 weeks }]\n    event:", "length has to be a length such as"),
        ("    event:", "    periods: { name: a }\n    event:", "0.yaml:7: periods has to be a list."),
        ("    event:", "    periods: [{ name: a, length: P1M, counts: up }]\n    event:", "counts is after or before"),
        (
            "    event:", "    periods: [{ name: a, length: P1M, starts: [plan-agred] }]\n    event:",
            "the period a names the fact 'plan-agred', which there is not."
        ),
        (
            "    event:", "    periods: [{ name: a, length: P1M, starts: [{ kind: cooperation }] }]\n    event:",
            "0.yaml:7: fact is missing."
        ),
        (
            "    event:", "    wageSubsidy: { steps: [{ months: 12, rate: 175 }] }\n    event:",
            "from 0 to 100, not 175.0."
        ),
        ("    event:", "    wageSubsidy: { steps: [{ months: 0, rate: 75 }] }\n    event:", "1 to 1200 months, not 0."),
        (
            "    event:", "    wageSubsidy: { steps: [{ months: 12, rate: much }] }\n    event:",
            "rate has to be a number."
        ),
        ("    event:", "    wageSubsidy: { steps: [] }\n    event:", "the wage subsidy has no steps."),
        (
            "    event:",
            "    reduction: { grounds: [x], cap: -1, steps: [{ percentage: 10, months: 1 }] }\n    event:",
            "the cap is a percentage from 0 to 100, not -1.0."
        ),
        (
            "    event:",
            "    reduction: { grounds: [x], cap: 30, steps: [{ percentage: 1, months: 1 }, { percentage: 2, months: 1 }] }"
                + "\n    event:", "does not say within which time it is a repeat."
        ),
        (
            "    event:", "    voucher: { kind: a }\n    wageSubsidy: { steps: [{ months: 1, rate: 1 }] }\n    event:",
            "one of wageSubsidy, reduction, voucher and retention at most."
        ),
        ("id: a-rule", "id: [", "0.yaml: is not YAML: "),
        ("versions:", "versions: []\nx:", "the rule has no versions."),
    ]) func whatIsWrongIsSaidWithItsPlace(_ right: String, _ wrong: String, _ sentence: String) {
        let flaws = flaws(Self.rule.replacing(right, with: wrong))
        #expect(flaws.contains { $0.contains(sentence) }, "\(flaws)")
    }

    @Test func anEmptyFileIsNoRule() { #expect(flaws("") == ["0.yaml: is empty."]) }

    @Test func aRuleStandsInOneFile() {
        #expect(flaws(Self.rule, Self.rule) == ["1.yaml: the rule a-rule is in another file already."])
    }

    @Test func versionsDoNotOverlap() {
        let second = Self.rule.split(separator: "\n").dropFirst(3).joined(separator: "\n")
        let overlapping = Self.rule + "\n" + second.replacing("2020-01-01", with: "2025-01-01")
        #expect(
            flaws(overlapping)
                == ["a-rule: the versions of 2020-01-01 and 2025-01-01 overlap; each day has one version at most."])
        #expect(flaws(Self.rule + "\n" + second).count == 1)
    }

    @Test func aGroundLeadsToOneRule() {
        let terms = "\n    reduction: { grounds: [x], cap: 30, steps: [{ percentage: 10, months: 1 }] }"
        #expect(
            flaws(Self.rule + terms, Self.rule.replacing("a-rule", with: "b-rule") + terms)
                == ["the ground x is that of several rules: a-rule, b-rule."])
    }
}
