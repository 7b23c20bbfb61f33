public import CaseTiming
public import Foundation
public import Ledger

/// One office asks another to act in a case: a closed loop, and a transmission of data between them.
///
/// It keeps what a transmission has to keep: sender, recipient, purpose (the service asked for), categories, and what
/// makes it lawful. Whether an answer came in time follows from its dates.
public struct Referral: Hashable, Sendable {
    /// The referral.
    public var referralId: UUID
    /// The office that asks.
    public var from: Office
    /// The office that is asked.
    public var to: Office
    /// What it is asked for; the purpose of the transmission.
    public var service: String
    /// Why; `nil` when none is given or the person is erased.
    public var reason: String?
    /// The law or paragraph that lets the office transmit; `nil` when it rests on consent alone.
    public var legalBasis: String?
    /// The numbers of the participant's consents that it rests on.
    public var consents: [Int]
    /// What the reason tells about, beside who the participant is.
    public var categories: [ConsentCategory]
    /// The day by which the other office is to answer, Europe/Berlin.
    public var answerDue: CalendarDate
    /// Which office asked, and as of when.
    public var requested: Provenance
    /// What the other office said.
    public var answer: Answer?
    /// How it ended after all, unless by being declined.
    public var end: End?

    /// What the office that was asked said.
    public struct Answer: Hashable, Sendable {
        /// Whether it acts.
        public var isAccepted: Bool
        /// The day of the answer.
        public var on: CalendarDate
        /// Who answered for the office.
        public var by: String?
        /// Why; `nil` when none is given or the person is erased.
        public var reason: String?
        /// The day by which the office means to have acted.
        public var completeBy: CalendarDate?
    }

    /// How a referral ended.
    public enum End: Hashable, Sendable {
        /// The office acted. The result is `nil` once the person is erased.
        case completed(on: CalendarDate, by: String?, result: String?)
        /// The office that asked no longer asks. The reason is `nil` when none is given or the person is erased.
        case withdrawn(on: CalendarDate, reason: String?)
    }

    /// Where a referral stands.
    public enum Status: String, Codable, CaseIterable, Hashable, Sendable {
        /// Not answered yet.
        case requested
        /// The other office acts.
        case accepted
        /// The other office does not act.
        case declined
        /// The other office has acted.
        case completed
        /// The office that asked no longer asks.
        case withdrawn
    }

    /// Where it stands.
    public var status: Status {
        switch end {
        case .completed: .completed
        case .withdrawn: .withdrawn
        case nil: answer.map { $0.isAccepted ? .accepted : .declined } ?? .requested
        }
    }

    /// Whether somebody still waits for something.
    public var isOpen: Bool { status == .requested || status == .accepted }

    /// The last day on which something happened with it; `nil` while it is open.
    public var endedOn: CalendarDate? {
        switch end {
        case .completed(let on, _, _), .withdrawn(let on, _): on
        case nil: status == .declined ? answer?.on : nil
        }
    }

    /// Whether the answer came after it was due; `nil` while there is none.
    public var isAnsweredLate: Bool? { answer.map { answerDue < $0.on } }

    /// What of it stays with the other office only as long as the participant consents.
    ///
    /// A legal basis covers everything but health, which the participant names on its own.
    public var categoriesByConsent: [ConsentCategory] {
        legalBasis == nil ? categories : categories.filter { $0 == .health }
    }

    /// Whether the office asks or is asked.
    public func concerns(_ office: Office) -> Bool { from == office || to == office }

    /// Refuses a step that lies ahead, or before the one before it.
    func checkOrder(in context: DecisionContext) throws(Rejection) {
        let day = try context.dayOfFact()
        guard max(requested.on, answer?.on ?? requested.on) <= day else { throw .referralOutOfOrder }
    }
}

extension CaseState {
    /// The referral of that id.
    public func referral(_ id: UUID) -> Referral? { referrals.first { $0.referralId == id } }

    /// Whether an open referral asks the office to act, and nothing that it rests on was taken back. Consents with an end
    /// are not looked at here; what an office sees is cut by the day.
    public func isAddressed(_ office: Office) -> Bool {
        referrals.contains { referral in
            referral.to == office && referral.isOpen
                && referral.categoriesByConsent.allSatisfy { category in
                    consents.contains { $0.isOpen(category, to: office) }
                }
        }
    }

    /// The referral of that id, which asks the acting office.
    func referralToActingOffice(_ id: UUID, in context: DecisionContext) throws(Rejection) -> Referral {
        guard let referral = referral(id) else { throw .unknownReferral }
        guard referral.to == context.actor.office else { throw .notTheAddressee }
        return referral
    }

    /// Refuses an answer to a referral that does not wait for one.
    func checkIsUnanswered(_ id: UUID, in context: DecisionContext) throws(Rejection) {
        let referral = try referralToActingOffice(id, in: context)
        guard referral.status == .requested else { throw .referralAnswered }
        try referral.checkOrder(in: context)
    }

    mutating func update(referral id: UUID, _ change: (inout Referral) -> Void) {
        guard let index = referrals.firstIndex(where: { $0.referralId == id }) else { return }
        change(&referrals[index])
    }
}

extension Rejection {
    /// There is no such referral.
    public static let unknownReferral = Rejection(
        rule: "unknown-referral",
        detail: "There is no such referral in this case; look up its id, or ask for it first (request-referral).")
    /// Another office was asked.
    public static let notTheAddressee = Rejection(
        rule: "not-the-addressee", detail: "Another office was asked to act; let that office answer.")
    /// It was answered, or is no longer asked for.
    public static let referralAnswered = Rejection(
        rule: "referral-answered",
        detail: "The referral was already answered or withdrawn; ask the other office for a new one if it is needed.")
    /// Something happens with it before what came before.
    public static let referralOutOfOrder = Rejection(
        rule: "referral-out-of-order",
        detail: "The referral was made or answered after that day; choose the day of this step, not before it.")
}
