import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres

extension WorklistItem {
    /// Reads a row of ``WorklistStatements``.
    init(_ row: Row, office: Office, on day: CalendarDate) throws {
        let own = WorklistStatements.commonColumnCount
        caseId = try row.decode(0)
        givenName = try row.decode(1)
        familyName = try row.decode(2)
        bornOn = try row.day(3)
        areaId = try row.decode(4)
        status = try row.decode(5, as: Bool.self) ? .open : .closed
        let caseworker = try row.decode(6, as: String.self)
        self.caseworker = caseworker.isEmpty ? nil : caseworker
        since = try row.requiredDay(7)
        registeredOn = try row.requiredDay(8)
        closedOn = try row.day(9)
        householdId = try row.decode(10)
        dueOn = try row.day(11)
        dueReason = try row.decode(12, as: String?.self).flatMap { DueReason(rawValue: $0) }
        reviewDueOn = try row.day(13)
        relation = try row.decode(14, as: Bool.self) ? .engaged : .addressed
        askedOn = try row.day(15)
        askedReason = try row.decode(16, as: String?.self).flatMap { DueReason(rawValue: $0) }
        awaitedOn = try row.day(17)
        awaitedReason = try row.decode(18, as: String?.self).flatMap { DueReason(rawValue: $0) }
        findings = try row.decode(row.columnCount - 1, as: [String].self).compactMap { FindingKind(rawValue: $0) }
        columns =
            switch office {
            case .jobCentre: .jobCentre(try JobCentreColumns(row, from: own))
            case .youthOffice: .youthOffice(try YouthOfficeColumns(row, from: own, bornOn: bornOn, on: day))
            case .socialOffice: .socialOffice(try SocialOfficeColumns(row, from: own))
            }
    }
}

extension JobCentreColumns {
    fileprivate init(_ row: Row, from first: Int) throws {
        level = try row.decode(first)
        occupationsSought = try row.decode(first + 1)
        placementState = try row.decode(first + 2, as: String?.self).flatMap { Placement.Status(rawValue: $0) }
        placementStartsOn = try row.day(first + 3)
        placementEndsOn = try row.day(first + 4)
        lastRefusalOn = try row.day(first + 5)
        nextStep = try row.decode(first + 6, as: String?.self).flatMap { DueReason(rawValue: $0) }
        nextStepOn = try row.day(first + 7)
    }
}

extension YouthOfficeColumns {
    fileprivate init(_ row: Row, from first: Int, bornOn: CalendarDate?, on day: CalendarDate) throws {
        age = bornOn?.age(on: day)
        supportPlan = try row.decode(first)
        openMeasures = try row.decode(first + 1)
        otherMembers = try row.decode(first + 2)
        nextTransitionOn = try (3...6).lazy.compactMap { try row.day(first + $0) }.first { $0 >= day }
    }
}

extension SocialOfficeColumns {
    fileprivate init(_ row: Row, from first: Int) throws {
        householdSize = try row.decode(first)
        minors = try row.decode(first + 1)
        livingEnvironmentMeasures = try row.decode(first + 2)
        participationMeasures = try row.decode(first + 3)
        placementEndsOn = try row.day(first + 4)
        incomeCoverFrom = try row.day(first + 5)
    }
}
