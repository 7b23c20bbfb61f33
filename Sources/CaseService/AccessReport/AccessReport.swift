public import CaseFile
public import CaseTiming
public import Foundation
public import Ledger

/// Everything that is held on a person, with its sources, its recipients and their legal bases (Art. 15 GDPR, § 83 SGB X).
///
/// It is made for the participant, from the ledger itself and the log of looks, with the day and the purpose of every look.
/// What employees did is told by their office and role and not by name: employees who look on behalf of their office are no
/// recipients, and who they are is told only where the participant cannot use their rights without it, and after weighing
/// the employees' own (CJEU, 22 June 2023, C-579/21, Pankki S). That weighing is not for a program; auditors know the names.
public struct AccessReport: Sendable {
    /// How many looks are told at most; the report says so if there were more.
    static let greatestReads = 10_000

    private let history: CaseHistory
    private let reads: any AuditReads
    private let rules: RuleBook
    private let clock: LedgerClock

    /// Reports from these sources.
    public init(history: CaseHistory, reads: any AuditReads, rules: RuleBook, clock: LedgerClock) {
        self.history = history
        self.reads = reads
        self.rules = rules
        self.clock = clock
    }

    /// The report on the person of a case in JSON and as a page to be printed, with the position of the last event that
    /// counts; `nil` when there is no such case, or the actor is not responsible for its programme area.
    public func make(
        of id: UUID, for actor: CaseFile.Actor? = nil
    ) async throws -> (json: [UInt8], page: String, position: Position)? {
        guard let (document, position) = try await document(of: id, for: actor) else { return nil }
        return (JSONWriter.bytes(of: document), AccessReportPage(document).html, position)
    }

    func document(
        of id: UUID, for actor: CaseFile.Actor? = nil
    ) async throws -> (document: JSONValue, position: Position)? {
        guard let (state, position) = try await history.state(of: id, at: CaseHistory.Moment()),
            let participant = state.participant, actor?.covers(area: participant.areaId) ?? true
        else { return nil }
        let merged = try await history.merged(with: state, at: CaseHistory.Moment())
        let events = try await history.events(of: id)
        var looks = try await reads.reads(of: id, before: .max, limit: Self.greatestReads + 1)
        let isCutShort = looks.count > Self.greatestReads
        if isCutShort { looks.removeLast() }
        let document: JSONValue = .fields([
            ("caseId", .id(id)), ("madeAt", .text(clock.now)), ("position", .whole(Int(position))),
            ("rights", .words(Self.rights + (state.entrustedNotes.isEmpty ? [] : [Self.confidence]))),
            ("controllers", .list(state.engagements.values.sorted { $0.office < $1.office }, Self.controller)),
            ("formerControllers", .list(state.departures) { Self.controller($0.engagement, until: $0.until) }),
            ("retentions", .list(state.retentions(under: rules, on: clock.today), Self.retention)),
            ("recipients", Self.recipients(of: state, looks)),
            ("looks", .list(looks, Self.look)), ("looksAreCutShort", .boolean(isCutShort)),
            ("sources", .list(events, Self.source)),
            ("data", CaseStateDocument(id: id, state: state, merged: merged).value),
        ])
        return (document, position)
    }

    private static let rights = [
        "You can have wrong data corrected (Art. 16 GDPR), erased where it is not needed any more (Art. 17 GDPR), and its "
            + "processing restricted (Art. 18 GDPR, § 84 SGB X).",
        "You can take consents back at any time, with effect for the future (Art. 7 (3) GDPR).",
        "You can object to the processing (Art. 21 GDPR), and complain to a supervisory authority (Art. 77 GDPR, § 81 SGB X).",
        "No decision about you is made by a machine alone: the system proposes, people decide.",
    ]

    /// What was told in confidence is not opened even for this report: whoever makes it may not read it, and it may have been
    /// told by somebody else, whose rights go before (Art. 15 (4) GDPR, § 83 SGB X, § 65 SGB VIII).
    private static let confidence =
        "Something was told in confidence in the youth office (entrustedNotes). What it is, only the employee knows to whom it "
        + "was told, or a named successor: ask them. They tell you what you said yourself; what somebody else said, with that "
        + "person's consent (§ 65 SGB VIII)."

    private static func controller(_ engagement: Engagement) -> JSONValue { controller(engagement, until: nil) }

    private static func controller(_ engagement: Engagement, until: CalendarDate?) -> JSONValue {
        .fields([
            ("office", .string(engagement.office.rawValue)), ("legalBasis", .text(engagement.legalBasis)),
            ("from", .text(engagement.from)), ("until", .text(until)),
        ])
    }

    private static func retention(_ retention: Retention) -> JSONValue {
        .fields([
            ("records", .string(retention.records.rawValue)), ("through", .text(retention.through)),
            ("source", .string(retention.rule.source)), ("rule", .string(retention.rule.id)),
            ("ruleVersion", .text(retention.rule.version)),
        ])
    }

    private static func look(_ look: RecordedRead) -> JSONValue {
        .fields([
            ("at", .text(look.at)), ("office", .text(look.office)), ("role", .string(look.role)),
            ("view", .string(look.view)), ("isOnList", .boolean(look.isOnList)), ("reason", .text(look.reason)),
            ("legalBasis", .text(look.legalBasis)),
            ("categories", .words(Set(look.disclosed.map(\.category.rawValue)).sorted())),
        ])
    }

    /// Where a piece of data comes from: which office recorded what, when, and since when it counts.
    private static func source(_ event: RecordedEvent) -> JSONValue {
        let authorship = try? JSONParser.parse(event.metadata)
        return .fields([
            ("position", .whole(Int(event.position))), ("recordedAt", .text(event.recordedAt)),
            ("effectiveOn", .text(event.effectiveOn)), ("event", .string(event.type)),
            ("office", authorship?["office"]), ("role", authorship?["role"]),
        ])
    }
}

extension AccessReport {
    /// A way that data goes: from whom to whom, of which kind, and why.
    private struct Way: Hashable {
        var to: String
        var from: String?
        var category: String
        var basis: String?
        var how: String
    }

    /// Who received data of others: with looks, with referrals and at conferences, each way once.
    private static func recipients(of state: CaseState, _ looks: [RecordedRead]) -> JSONValue {
        var ways: [Way: (first: String, last: String, times: Int)] = [:]
        func note(_ way: Way, _ at: String) {
            let known = ways[way] ?? (at, at, 0)
            ways[way] = (min(known.first, at), max(known.last, at), known.times + 1)
        }
        for look in looks {
            guard let office = look.office else { continue }
            for seen in look.disclosed {
                note(
                    Way(
                        to: office, from: seen.from?.rawValue, category: seen.category.rawValue, basis: seen.basis,
                        how: "look"), LedgerClock.day(of: look.at).description)
            }
        }
        for referral in state.referrals {
            let basis = referral.legalBasis ?? consents(referral.consents)
            for category in referral.categories {
                note(
                    Way(
                        to: referral.to.rawValue, from: referral.from.rawValue, category: category.rawValue,
                        basis: basis, how: "referral"), referral.requested.on.description)
            }
        }
        for conference in state.conferences {
            for participant in conference.participants where participant != conference.office {
                for category in conference.categories {
                    note(
                        Way(
                            to: participant.rawValue, from: conference.office.rawValue, category: category.rawValue,
                            basis: consents(conference.consents), how: "conference"), conference.at.day.description)
                }
            }
        }
        let sorted = ways.sorted {
            ($0.key.to, $0.key.from ?? "", $0.key.category, $0.key.how, $0.key.basis ?? "")
                < ($1.key.to, $1.key.from ?? "", $1.key.category, $1.key.how, $1.key.basis ?? "")
        }
        return .list(sorted) { way, times in
            .fields([
                ("office", .string(way.to)), ("from", .text(way.from)), ("category", .string(way.category)),
                ("basis", .text(way.basis)), ("how", .string(way.how)), ("first", .string(times.first)),
                ("last", .string(times.last)), ("times", .whole(times.times)),
            ])
        }
    }

    private static func consents(_ numbers: [Int]) -> String? {
        numbers.isEmpty ? nil : "consent " + numbers.map(String.init).joined(separator: ", ")
    }
}
