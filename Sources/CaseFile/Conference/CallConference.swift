public import CaseTiming
public import Foundation
public import Ledger

/// Calls the offices of a case together.
public struct CallConference: CommandBody {
    /// The name by which it is asked for.
    public static let name = "call-conference"

    /// The new conference.
    public var conferenceId: UUID
    /// The offices that meet; the calling one takes part, named or not.
    public var participants: [Office]
    /// When it begins, on the wall clock in Europe/Berlin.
    public var at: WallTime
    /// The number of the consent that it rests on; absent means whichever are in force then.
    public var consentReference: Int?
    /// Where. Personal: it may be somebody's home.
    public var place: String?

    /// A call.
    public init(
        conferenceId: UUID, participants: [Office], at: WallTime, consentReference: Int? = nil, place: String? = nil
    ) {
        self.conferenceId = conferenceId
        self.participants = participants
        self.at = at
        self.consentReference = consentReference
        self.place = place
    }
}

/// An office called the offices of a case together.
public struct ConferenceCalled: EventBody {
    /// Where.
    public struct Personal: Codable, Hashable, Sendable {
        /// Where.
        public var place: String

        /// A place.
        public init(place: String) { self.place = place }
    }

    /// The new conference.
    public var conferenceId: UUID
    /// The office that called it.
    public var office: Office
    /// The offices that meet, the calling one among them.
    public var participants: [Office]
    /// When it begins, on the wall clock in Europe/Berlin.
    public var at: WallTime
    /// The numbers of the consents in the case that it rests on.
    public var consents: [Int]
    /// What those consents open to every other office that meets.
    public var categories: [ConsentCategory]
    /// Where.
    public var personal: Personal?

    private enum CodingKeys: String, CodingKey {
        case conferenceId, office, participants, at, consents, categories
    }

    /// A call.
    public init(
        conferenceId: UUID, office: Office, participants: [Office], at: WallTime, consents: [Int],
        categories: [ConsentCategory], personal: Personal? = nil
    ) {
        self.conferenceId = conferenceId
        self.office = office
        self.participants = participants
        self.at = at
        self.consents = consents
        self.categories = categories
        self.personal = personal
    }
}

extension ConferenceCalled: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .reference: ["conferenceId", "office"],
        .exchange: ["at", "categories", "consents", "participants", "place"],
    ]
}

extension CaseState {
    func decide(_ command: CallConference, in context: DecisionContext) throws(Rejection) -> [CaseEvent] {
        guard let office = context.actor.office, isEngaged(office) else { throw .officeNotEngaged }
        guard conference(command.conferenceId) == nil else { throw .conferenceExists }
        let others = Set(command.participants).subtracting([office]).sorted()
        guard !others.isEmpty else { throw .conferenceAlone }
        guard others.allSatisfy(isEngaged) else { throw .participantNotEngaged }
        try command.at.day.plausible()
        guard !command.at.isSkipped else { throw .timeSkipped }
        guard context.effectiveOn <= command.at.day else { throw .conferenceInThePast }
        let shared = consentToShare(with: others, on: command.at.day, by: command.consentReference)
        guard !shared.categories.isEmpty else { throw .conferenceWithoutConsent }
        let new = Conference(
            conferenceId: command.conferenceId, office: office, participants: [office], at: command.at, consents: [],
            categories: [], called: Provenance(office: office, on: context.effectiveOn))
        if let clash = appointments.first(where: new.overlaps) { throw .appointmentClash(with: clash) }
        return [
            .conferenceCalled(
                ConferenceCalled(
                    conferenceId: command.conferenceId, office: office, participants: (others + [office]).sorted(),
                    at: command.at, consents: shared.consents, categories: shared.categories,
                    personal: command.place.map { ConferenceCalled.Personal(place: $0) }))
        ]
    }

    mutating func apply(_ event: ConferenceCalled, from provenance: Provenance) {
        conferences.append(
            Conference(
                conferenceId: event.conferenceId, office: event.office, participants: event.participants, at: event.at,
                place: event.personal?.place, consents: event.consents, categories: event.categories,
                called: provenance))
    }
}

extension Rejection {
    /// The id names a conference already.
    public static let conferenceExists = Rejection(
        rule: "conference-exists",
        detail: "This case already has a conference under that id; call it under a new conferenceId.")
    /// Nobody else is called.
    public static let conferenceAlone = Rejection(
        rule: "conference-alone", detail: "A conference needs another office beside your own; name it in participants.")
    /// An office would meet over a case that is not its own.
    public static let participantNotEngaged = Rejection(
        rule: "participant-not-engaged",
        detail: "Only offices that are engaged in the case meet over it; ask the other office to act first "
            + "(request-referral), so that it can engage itself.")
    /// The conference would have been before it was called.
    public static let conferenceInThePast = Rejection(
        rule: "conference-in-the-past",
        detail: "The conference lies before the day on which it is called; choose a later time, "
            + "or say with effectiveOn when it was called.")
}
