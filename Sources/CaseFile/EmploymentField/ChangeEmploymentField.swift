public import Foundation
public import Ledger

/// Changes what is known of a field of work, and where its tasks stand; what is absent stays.
public struct ChangeEmploymentField: CommandBody {
    /// The name by which it is asked for.
    public static let name = "change-employment-field"

    /// What it is called.
    public var name: String?
    /// What work it is.
    public var description: String?
    /// The programme areas in which it is opened, all of them.
    public var areaIds: [String]?
    /// The occupations it takes, all of them.
    public var occupations: [String]?
    /// The published partner that opens it.
    public var openedBy: UUID?
    /// The published partners that qualify people for it, all of them.
    public var qualifiedBy: [UUID]?
    /// Where tasks stand now, each once.
    public var tasks: [FieldTaskState]?
    /// Why.
    public var reason: String?

    /// A change.
    public init(
        name: String? = nil, description: String? = nil, areaIds: [String]? = nil, occupations: [String]? = nil,
        openedBy: UUID? = nil, qualifiedBy: [UUID]? = nil, tasks: [FieldTaskState]? = nil, reason: String? = nil
    ) {
        self.name = name
        self.description = description
        self.areaIds = areaIds
        self.occupations = occupations
        self.openedBy = openedBy
        self.qualifiedBy = qualifiedBy
        self.tasks = tasks
        self.reason = reason
    }
}

/// What is known of a field of work changed, or where its tasks stand; what is absent stayed.
public struct EmploymentFieldChanged: EventBody {
    /// What it is called.
    public var name: String?
    /// What work it is.
    public var description: String?
    /// The programme areas in which it is opened, all of them.
    public var areaIds: [String]?
    /// The occupations it takes, all of them.
    public var occupations: [String]?
    /// The published partner that opens it.
    public var openedBy: UUID?
    /// The published partners that qualify people for it, all of them.
    public var qualifiedBy: [UUID]?
    /// Where tasks stand now.
    public var tasks: [FieldTaskState]
    /// Why.
    public var reason: String?

    /// A change.
    public init(
        name: String? = nil, description: String? = nil, areaIds: [String]? = nil, occupations: [String]? = nil,
        openedBy: UUID? = nil, qualifiedBy: [UUID]? = nil, tasks: [FieldTaskState] = [], reason: String? = nil
    ) {
        self.name = name
        self.description = description
        self.areaIds = areaIds
        self.occupations = occupations
        self.openedBy = openedBy
        self.qualifiedBy = qualifiedBy
        self.tasks = tasks
        self.reason = reason
    }
}

extension EmploymentFieldChanged: Categorised {
    /// What its members belong to.
    public static let memberCategories: FieldCategories = [
        .network: ["areaIds", "description", "name", "occupations", "openedBy", "qualifiedBy", "reason", "tasks"]
    ]
}

extension ChangeEmploymentField {
    /// The partners that it names.
    var partners: [UUID] { ([openedBy].compactMap { $0 } + (qualifiedBy ?? [])).uniqued }
}

extension EmploymentFieldState {
    func decide(
        _ command: ChangeEmploymentField, in context: DecisionContext
    ) throws(Rejection) -> [EmploymentFieldEvent] {
        guard let published else { throw .unknownEmploymentField }
        guard closedOn == nil else { throw .alreadyClosed }
        let tasks = command.tasks ?? []
        guard Set(tasks.map(\.task)).count == tasks.count else { throw .taskTwice }
        let event = EmploymentFieldChanged(
            name: command.name, description: command.description, areaIds: command.areaIds?.uniqued,
            occupations: command.occupations?.uniqued, openedBy: command.openedBy,
            qualifiedBy: command.qualifiedBy?.uniqued, tasks: tasks.filter { self.tasks[$0.task] != $0 },
            reason: command.reason)
        let changed = published.changed(by: event)
        guard changed != published || !event.tasks.isEmpty else { return [] }
        // A partner that is gone by now may stay where it stood.
        let known = Set(published.qualifiedBy + [published.openedBy].compactMap { $0 })
        try changed.check(in: context, partners: command.partners.filter { !known.contains($0) })
        return [.employmentFieldChanged(event)] + changed.warnings(since: published)
    }

    mutating func apply(_ event: EmploymentFieldChanged) {
        published = published?.changed(by: event)
        for task in event.tasks { tasks[task.task] = task }
    }
}

extension EmploymentFieldPublished {
    /// The field after a change.
    fileprivate func changed(by event: EmploymentFieldChanged) -> EmploymentFieldPublished {
        EmploymentFieldPublished(
            name: event.name ?? name, description: event.description ?? description,
            areaIds: event.areaIds ?? areaIds, occupations: event.occupations ?? occupations,
            openedBy: event.openedBy ?? openedBy, qualifiedBy: event.qualifiedBy ?? qualifiedBy)
    }
}

extension Rejection {
    /// One task would stand in two places.
    public static let taskTwice = Rejection(
        rule: "task-twice", detail: "A task is named twice; say once where it stands.")
}
