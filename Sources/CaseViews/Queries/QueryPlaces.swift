import CaseFile
import CaseTiming
import Foundation
import Ledger
import Postgres

// Where a page ended, as text in a cursor and as parameters of the statement that goes on.

extension WorklistQuery {
    /// What makes it this query and no other; the day is not part of it, so that a list can be read across midnight.
    var signature: [String] {
        [
            "worklist", office.rawValue, actor.subject, sort.rawValue, area ?? "", status?.rawValue ?? "",
            caseworker.map { "=" + $0 } ?? "", dueBefore?.description ?? "", due?.rawValue ?? "",
            reason?.rawValue ?? "", waitsFor?.rawValue ?? "", finding?.rawValue ?? "",
            findingSince?.description ?? "", name.map { "=" + $0 } ?? "",
            actor.areas.map { "=" + $0.sorted().joined(separator: ",") } ?? "",
        ]
    }
}

extension WorklistQuery.Sort {
    /// The place of an item in this order, where `waitsFor` says which days count.
    func place(of item: WorklistItem, sortName: String, _ waitsFor: WorklistQuery.WaitsFor?) -> [String] {
        let id = item.caseId.uuidString
        return switch self {
        case .name, .nameDescending: [sortName, id]
        case .due, .dueDescending:
            switch waitsFor {
            case nil: [item.dueOn?.description ?? "", String(item.dueReason?.urgency ?? 0), id]
            case .us: [item.askedOn?.description ?? "", id]
            case .others: [item.awaitedOn?.description ?? "", id]
            }
        case .caseworker, .caseworkerDescending: [item.caseworker ?? "", sortName, id]
        case .registered, .registeredDescending: [item.registeredOn.description, id]
        }
    }

    /// The parameters that stand for a place in this order.
    func place(
        of cursor: PageCursor, _ waitsFor: WorklistQuery.WaitsFor?
    ) throws(ViewQueryError) -> [any PostgresEncodable] {
        let place = cursor.place
        guard let id = place.last.flatMap({ UUID(uuidString: $0) }) else { throw .invalidCursor }
        switch self {
        case .name, .nameDescending:
            guard place.count == 2 else { throw .invalidCursor }
            return [place[0], id]
        case .caseworker, .caseworkerDescending:
            guard place.count == 3 else { throw .invalidCursor }
            return [place[0], place[1], id]
        case .due, .dueDescending:
            guard place.count == (waitsFor == nil ? 3 : 2) else { throw .invalidCursor }
            guard waitsFor == nil else { return [try Self.day(place[0]), id] }
            guard let rank = Int16(place[1]) else { throw .invalidCursor }
            return [try Self.day(place[0]), rank, id]
        case .registered, .registeredDescending:
            guard place.count == 2 else { throw .invalidCursor }
            return [try Self.day(place[0]), id]
        }
    }

    /// A day of a place; that of something without a day comes after all others.
    private static func day(_ text: String) throws(ViewQueryError) -> PostgresDate {
        guard !text.isEmpty else { return .infinity }
        guard let day = CalendarDate(text) else { throw .invalidCursor }
        return day.postgres
    }
}

extension FindingQuery {
    /// What makes it this query and no other.
    var signature: [String] {
        [
            "findings", office.rawValue, actor.subject, kind?.rawValue ?? "", state?.rawValue ?? "",
            openedSince?.description ?? "", area ?? "", dueBefore?.description ?? "", status?.rawValue ?? "",
            caseworker.map { "=" + $0 } ?? "", name.map { "=" + $0 } ?? "",
            actor.areas.map { "=" + $0.sorted().joined(separator: ",") } ?? "",
        ]
    }

    /// The parameters that stand for a place in the order of findings.
    static func place(of cursor: PageCursor) throws(ViewQueryError) -> [any PostgresEncodable] {
        guard cursor.place.count == 2, let day = CalendarDate(cursor.place[0]),
            let id = UUID(uuidString: cursor.place[1])
        else { throw .invalidCursor }
        return [day.postgres, id]
    }
}
