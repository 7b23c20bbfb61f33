public import Foundation
public import Ledger

/// Whose measures are looked at together.
public enum TimingScope: Hashable, Sendable {
    /// One case that belongs to no household; the case's id. As the owner of a finding: that case, household or not.
    case singleCase(UUID)
    /// All members of a household; the household's id.
    case household(UUID)
}

extension TimingScope: Codable {
    private enum CodingKeys: String, CodingKey {
        case singleCase = "case"
        case household
    }

    /// Decodes `{"case": "<uuid>"}` or `{"household": "<uuid>"}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let household = try container.decodeIfPresent(UUID.self, forKey: .household) {
            self = .household(household)
        } else {
            self = .singleCase(try container.decode(UUID.self, forKey: .singleCase))
        }
    }

    /// Encodes `{"case": "<uuid>"}` or `{"household": "<uuid>"}`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .singleCase(let id): try container.encode(id, forKey: .singleCase)
        case .household(let id): try container.encode(id, forKey: .household)
        }
    }
}

extension TimingScope: SchemaDescribed {
    /// The identifier of a case or of a household.
    public static var jsonSchema: JSONSchema {
        .oneOf([
            .object([JSONSchema.Property("case", .text(format: "uuid"))]),
            .object([JSONSchema.Property("household", .text(format: "uuid"))]),
        ])
    }
    /// Any case.
    public static var schemaExample: TimingScope? {
        .singleCase(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))
    }
}

/// The days on which a plan is in force: from the day it was agreed for to its end.
public struct PlanPeriod: Hashable, Sendable {
    /// The plan's identifier.
    public let id: UUID
    /// The case it was made for.
    public let caseID: UUID
    /// The office that made it.
    public let office: Office
    /// The first day on which it is in force.
    public let inForceFrom: CalendarDate
    /// The last day on which it is in force, or `nil` while no end is known.
    public let through: CalendarDate?

    /// A plan that is in force from `inForceFrom` to `through`, both included; one that ends before it begins never is.
    public init(
        id: UUID, caseID: UUID, office: Office, inForceFrom: CalendarDate, through: CalendarDate? = nil
    ) {
        self.id = id
        self.caseID = caseID
        self.office = office
        self.inForceFrom = inForceFrom
        self.through = through
    }

    /// The days on which it is in force, without an end as long as none is known.
    var days: DayRange? { DayRange(first: inForceFrom, last: through ?? .openEnd) }
}

/// A relation between two measures, and the case in whose history it was recorded.
public struct RelatedMeasures: Hashable, Sendable {
    /// What was agreed.
    public let relation: TemporalRelation
    /// The case that records it; its findings are recorded there too.
    public let recordedIn: UUID

    /// A relation that was recorded in a case.
    public init(relation: TemporalRelation, recordedIn caseID: UUID) {
        self.relation = relation
        self.recordedIn = caseID
    }
}

/// All that timing looks at together: the plans, measures and relations of a household, or of a case without one, and
/// what else stands in the same time.
///
/// Nothing depends on the order of the arrays. Of a closed case only what was stays: neither people nor appointments,
/// reviews or placements.
public struct Timeline: Hashable, Sendable {
    /// Whose timeline it is.
    public let scope: TimingScope
    /// The cases in it.
    public let members: [UUID]
    /// Their plans that were agreed.
    public let plans: [PlanPeriod]
    /// Their measures, of all offices and plans.
    public let measures: [TimedMeasure]
    /// The relations recorded by them. One with a measure that is not in `measures` is passed over.
    public let relations: [RelatedMeasures]
    /// The participants of its open cases.
    public let people: [TimedPerson]
    /// The times of the week at which measures take place. Those of a measure that is not in `measures` are passed over.
    public let schedules: [MeasureSchedule]
    /// The appointments of all offices that wait for what becomes of them.
    public let appointments: [TimedAppointment]
    /// The placements that were accepted.
    public let placements: [TimedPlacement]
    /// The reviews that agreed plans wait for.
    public let reviews: [PlanReviewDue]
    /// What offices asked of one another and what was accepted of it.
    public let referrals: [AcceptedReferral]
    /// The periods from rules that run.
    public let deadlines: [TimedDeadline]

    /// A timeline of these members.
    public init(
        scope: TimingScope, members: [UUID], plans: [PlanPeriod], measures: [TimedMeasure],
        relations: [RelatedMeasures], people: [TimedPerson] = [], schedules: [MeasureSchedule] = [],
        appointments: [TimedAppointment] = [], placements: [TimedPlacement] = [], reviews: [PlanReviewDue] = [],
        referrals: [AcceptedReferral] = [], deadlines: [TimedDeadline] = []
    ) {
        self.scope = scope
        self.members = members
        self.plans = plans
        self.measures = measures
        self.relations = relations
        self.people = people
        self.schedules = schedules
        self.appointments = appointments
        self.placements = placements
        self.reviews = reviews
        self.referrals = referrals
        self.deadlines = deadlines
    }
}
