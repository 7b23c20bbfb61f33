public import Foundation
public import Ledger

/// Makes a new field of work known.
public struct PublishEmploymentField: CommandBody {
    /// The name by which it is asked for.
    public static let name = "publish-employment-field"

    /// What it is called.
    public var name: String
    /// What work it is.
    public var description: String?
    /// The programme areas in which it is opened.
    public var areaIds: [String]?
    /// The occupations it takes, KldB 2010, 1 to 5 digits each.
    public var occupations: [String]?
    /// The published partner that opens it.
    public var openedBy: UUID?
    /// The published partners that qualify people for it.
    public var qualifiedBy: [UUID]?

    /// A field of work.
    public init(
        name: String, description: String? = nil, areaIds: [String]? = nil, occupations: [String]? = nil,
        openedBy: UUID? = nil, qualifiedBy: [UUID]? = nil
    ) {
        self.name = name
        self.description = description
        self.areaIds = areaIds
        self.occupations = occupations
        self.openedBy = openedBy
        self.qualifiedBy = qualifiedBy
    }
}

/// A new field of work was made known.
public struct EmploymentFieldPublished: EventBody {
    /// What it is called.
    public var name: String
    /// What work it is.
    public var description: String?
    /// The programme areas in which it is opened.
    public var areaIds: [String]
    /// The occupations it takes, KldB 2010.
    public var occupations: [String]
    /// The published partner that opens it.
    public var openedBy: UUID?
    /// The published partners that qualify people for it.
    public var qualifiedBy: [UUID]

    /// A field of work.
    public init(
        name: String, description: String? = nil, areaIds: [String] = [], occupations: [String] = [],
        openedBy: UUID? = nil, qualifiedBy: [UUID] = []
    ) {
        self.name = name
        self.description = description
        self.areaIds = areaIds
        self.occupations = occupations
        self.openedBy = openedBy
        self.qualifiedBy = qualifiedBy
    }
}

extension EmploymentFieldPublished: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .network: ["areaIds", "description", "name", "occupations", "openedBy", "qualifiedBy"]
    ]
}

extension PublishEmploymentField {
    /// The partners that it names.
    var partners: [UUID] { ([openedBy].compactMap { $0 } + (qualifiedBy ?? [])).uniqued }
}

extension EmploymentFieldState {
    func decide(
        _ command: PublishEmploymentField, in context: DecisionContext
    ) throws(Rejection) -> [EmploymentFieldEvent] {
        let event = EmploymentFieldPublished(
            name: command.name, description: command.description, areaIds: (command.areaIds ?? []).uniqued,
            occupations: (command.occupations ?? []).uniqued, openedBy: command.openedBy,
            qualifiedBy: (command.qualifiedBy ?? []).uniqued)
        if let published {
            guard published == event else { throw .alreadyPublished }
            return []
        }
        try event.check(in: context, partners: command.partners)
        return [.employmentFieldPublished(event)] + event.warnings(since: nil)
    }

    mutating func apply(_ event: EmploymentFieldPublished) { published = event }
}
