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
        agenda = try row.agenda(19)
        let findings = try row.decode(row.columnCount - 1, as: [String].self).map { $0.split(separator: " ") }
        self.findings = findings.compactMap { $0.first.flatMap { FindingKind(rawValue: String($0)) } }
        newestFindingOn = findings.compactMap { $0.last.flatMap { CalendarDate(String($0)) } }.max()
        columns =
            switch office {
            case .jobCentre: .jobCentre(try JobCentreColumns(row, from: own))
            case .youthOffice: .youthOffice(try YouthOfficeColumns(row, from: own, bornOn: bornOn, on: day))
            case .socialOffice: .socialOffice(try SocialOfficeColumns(row, from: own))
            }
    }
}

extension Row {
    /// Reads the five columns of an agenda, one entry a due.
    fileprivate func agenda(_ first: Int) throws -> [Due] {
        let days = try decode(first, as: [PostgresDate].self)
        let reasons = try decode(first + 1, as: [String].self)
        let subjects = try decode(first + 2, as: [UUID?].self)
        let sentences = try decode(first + 3, as: [String].self)
        let rules = try decode(first + 4, as: [String?].self)
        return zip(zip(days, reasons), zip(zip(subjects, sentences), rules)).compactMap { when, what in
            guard let day = CalendarDate(when.0), let reason = DueReason(rawValue: when.1) else { return nil }
            return Due(on: day, reason: reason, subject: what.0.0, why: what.0.1, rule: what.1)
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
