public import CaseFile
public import CaseTiming
public import Foundation
public import Ledger

/// A value with the days on which it may be seen.
struct Dated<Value: Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    var visible: VisibleDays
    var value: Value
}

/// A value with the days on which all of it may be seen; on others, without what was told in confidence.
struct Told<Value: Tellable & Codable & Hashable & Sendable>: Codable, Hashable, Sendable {
    var told: VisibleDays
    var value: Value

    init(_ value: Value, on told: VisibleDays) {
        self.told = told
        // What may never be seen is not kept.
        self.value = told.isEmpty ? value.untold : value
    }

    func cut(on day: CalendarDate) -> Value { told.contains(day) ? value : value.untold }
}

/// What has parts that may be seen on some days only.
protocol Tellable {
    /// The same without them.
    var untold: Self { get }
}

/// A case file before it is cut by the day: what a view keeps.
///
/// It follows from the states of the case and its household alone, so a view is equal to its replay by construction.
struct StoredCaseFile: Codable, Hashable, Sendable {
    /// One category of one office's data, and everything that opens it.
    struct Block: Codable, Hashable, Sendable {
        struct Grant: Codable, Hashable, Sendable {
            var basis: SharedBlock.Basis
            var from: CalendarDate
            var until: CalendarDate?
        }

        var category: ConsentCategory
        var office: Office?
        var grants: [Grant]
        var content: SharedBlock.Content
    }

    /// What does not depend on the day. What does is empty in it.
    var file: OfficeCaseFile
    var relations: [Dated<OfficeCaseFile.Relation>]
    var findings: [Dated<OfficeCaseFile.Finding>]
    var referrals: [Told<OfficeCaseFile.Referral>]
    var conferences: [Told<OfficeCaseFile.Conference>]
    var commitments: [Told<OfficeCaseFile.Commitment>]
    var proposals: [StoredProposal]
    var blocks: [Block]
    /// The social office's look at the present placement and at income after it.
    var placementEndsOn: Dated<CalendarDate>?
    var incomeCoverFrom: Dated<CalendarDate>?
    /// The cases that were merged into this one.
    var merged: [StoredCaseFile] = []

    /// What the office may see on a day.
    func cut(on day: CalendarDate) -> OfficeCaseFile {
        var file = file
        file.deadlines = file.deadlines.map { $0.seen(on: day) }
        file.relations = relations.filter { $0.visible.contains(day) }.map(\.value)
        file.findings = findings.filter { $0.visible.contains(day) }.map(\.value)
        file.referrals = referrals.map { $0.cut(on: day) }
        file.conferences = conferences.map { $0.cut(on: day) }
        file.commitments = commitments.map { $0.cut(on: day) }
        file.proposals = proposals.compactMap { $0.cut(on: day) }
        file.shared = blocks.compactMap { $0.cut(on: day) }
        file.merged = merged.filter { $0.isVisible(on: day) }.map { $0.cut(on: day) }
        file.disputes = file.disputes.filter { file.shows($0) }
        file.youthOffice?.age = file.identity.bornOn?.age(on: day)
        file.socialOffice?.placementEndsOn = placementEndsOn.flatMap { $0.visible.contains(day) ? $0.value : nil }
        file.socialOffice?.incomeCoverFrom = incomeCoverFrom.flatMap { $0.visible.contains(day) ? $0.value : nil }
        return file
    }

    /// Whether the office sees the case on a day.
    func isVisible(on day: CalendarDate) -> Bool { file.since <= day && day <= file.until ?? day }
}

extension StoredCaseFile.Block {
    /// The block on a day, under the grant that holds longest (as ``CaseFile/Sight`` has it); `nil` when none holds.
    fileprivate func cut(on day: CalendarDate) -> SharedBlock? {
        let holding = grants.filter { $0.from <= day && day <= $0.until ?? day }
        let longest = holding.max { left, right in
            guard let leftEnd = left.until else { return false }
            return right.until.map { leftEnd < $0 } ?? true
        }
        return longest.map {
            SharedBlock(
                category: category, office: office, basis: $0.basis, from: $0.from, until: $0.until, content: content)
        }
    }
}

extension OfficeCaseFile {
    /// What an office could see of a case on a day, from states as they were at some position of the ledger.
    ///
    /// - Parameters:
    ///   - caseId: the case.
    ///   - state: the case's state.
    ///   - household: the participant's household, if there is one, with its members' cases at the same position.
    ///   - others: cases at the same position, among them those that this one was merged with.
    ///   - office: the office that looks.
    ///   - day: the day on which it looks, Europe/Berlin.
    /// - Returns: `nil` when nobody is registered, or the office is neither engaged nor asked to act on that day: to it,
    ///   there is no such case.
    public static func make(
        caseId: UUID, state: CaseState, household: HouseholdFile?, among others: [UUID: CaseState] = [:],
        office: Office, on day: CalendarDate
    ) -> OfficeCaseFile? {
        guard state.sight(of: office) != nil else { return nil }
        let cases = CaseSurroundings(caseId: caseId, state: state, household: household, among: others)
        guard let stored = StoredCaseFile(cases, for: office), stored.isVisible(on: day) else { return nil }
        return stored.cut(on: day)
    }
}
