import CaseTiming
import Foundation
import Ledger
import NIOCore

/// What is wrong with a document that asks for an alignment.
public struct AlignmentDocumentFlaws: Error, Hashable, Sendable {
    /// Each flaw in a sentence's half, after the JSON pointer (RFC 6901) to its place.
    public var lines: [String] { problem.issues.isEmpty ? [problem.detail] : problem.issues.map(\.line) }

    let problem: Problem
}

/// An alignment as the API and the command line are asked for it and tell it, in JSON.
public enum AlignmentDocument {
    /// The answer to a question, both in JSON.
    ///
    /// - Throws: ``AlignmentDocumentFlaws`` that names everything that cannot be read.
    public static func answer(to question: [UInt8]) throws(AlignmentDocumentFlaws) -> [UInt8] {
        do {
            let value = try CommandRoutes.parse(ByteBuffer(bytes: question))
            let (problem, scale) = try problem(in: value)
            return write(Alignment(of: problem), scale: scale)
        } catch let problem as Problem {
            throw AlignmentDocumentFlaws(problem: problem)
        } catch {
            throw AlignmentDocumentFlaws(problem: .malformed("The document cannot be read."))
        }
    }

    // MARK: Question

    static let mostMeasures = 250
    static let mostRelations = 1000
    /// A hundred years; what is further apart is no plan.
    private static let mostDays = 36_525
    /// More times of the year than terms, holidays and courses make in some years.
    static let mostWindows = 24
    /// Decimal places of a weight; the optimiser counts in whole numbers.
    private static let weightPlaces = 3

    static let schema = BodySchema(
        title: "AlignmentQuestion", description: "Measures that should be brought into step, and what in step means.",
        fields: [
            .required(
                "measures", .list(of: .object(measure), count: 0...mostMeasures), "The measures.",
                example: [measure.example]),
            .optional(
                "relations", .list(of: .object(relation), count: 0...mostRelations),
                "How measures should lie in time; none unless stated.", example: [relation.example], usual: true),
            .optional(
                "offices", .list(of: .object(office), count: 0...Office.allCases.count),
                "When offices have room for measures, and what it costs to move theirs; always, and 1 a day, unless stated.",
                example: [office.example]),
        ])

    private static let measure = BodySchema(
        title: "AlignmentMeasure", description: "A measure with its days; a shift keeps their number.",
        fields: [
            .required("id", .text(), "What the measure goes by; unique.", example: "welding"),
            .required("start", .date, "Its first day.", example: "2026-03-02"),
            .required("end", .date, "Its last day.", example: "2026-05-29"),
            .optional("earliestStart", .date, "It cannot start before this day.", example: "2026-02-01"),
            .optional("latestEnd", .date, "It cannot end after this day.", example: "2026-12-31"),
            .optional(
                "movable", .boolean, "Whether it can move at all, true unless stated; its limits do not count then.",
                example: true),
            .optional(
                "weight", .number(0...1_000_000),
                "What a day of shift costs, its office's weight or else 1 unless stated; at most 3 decimal places.",
                example: 1),
            .optional(
                "windows", .list(of: .object(window), count: 1...mostWindows),
                "When there is room for it, in any order: it has to lie in one of them; always unless stated.",
                example: [window.example]),
            .optional(
                "office", .office, "Whose measure it is; only matters where offices are stated.", example: "job-centre"),
        ])

    private static let office = BodySchema(
        title: "AlignmentOffice",
        description: "When an office has room for measures; one that cannot move stays where it is.",
        fields: [
            .required("office", .office, "The office; each at most once.", example: "job-centre"),
            .optional("from", .date, "Its measures cannot start before this day.", example: "2026-01-01"),
            .optional("to", .date, "Its measures cannot end after this day.", example: "2026-12-31"),
            .optional(
                "windows", .list(of: .object(window), count: 1...mostWindows),
                "Instead of from and to where there are several, in any order: a measure has to lie in one of them.",
                example: [window.example]),
            .optional(
                "weight", .number(0...1_000_000),
                "What a day of shift of its measures costs, 1 unless stated; at most 3 decimal places.", example: 1),
        ])

    private static let window = BodySchema(
        title: "AlignmentWindow",
        description:
            "Days from one to another, open where one is not stated. What follows without a day between is one.",
        fields: [
            .optional("from", .date, "The first day.", example: "2026-01-07", usual: true),
            .optional("to", .date, "The last day.", example: "2026-03-27", usual: true),
        ])

    private static let relation = BodySchema(
        title: "AlignmentRelation", description: "How two measures should lie in time, in whole days.",
        fields: [
            .required("first", .text(), "The measure a.", example: "welding"),
            .required("second", .text(), "The measure b.", example: "coaching"),
            .required(
                "relation", .choice(of: RelationKind.self), "Which distance is bounded; FHIR's codes.",
                example: "concurrent"),
            .optional(
                "tolerance", .integer(0...mostDays), "More or less, 0 days unless stated.", example: 7, usual: true),
            .optional("minDays", .integer(-mostDays...mostDays), "The least distance, 1 unless stated.", example: 1),
            .optional(
                "maxDays", .integer(-mostDays...mostDays), "The greatest distance, none unless stated.", example: 30),
        ])

    /// The problem that a question poses, and how many units of its weights and its cost make 1.
    ///
    /// - Throws: ``Problem``.
    static func problem(in value: JSONValue) throws -> (AlignmentProblem, scale: Int) {
        var issues = BodyValidator.issues(in: value, for: schema)
        func refuse() -> Problem { .malformed("The question has fields that cannot be read; see errors.", issues) }
        guard issues.isEmpty else { throw refuse() }
        func complain(_ pointer: String, _ detail: String) {
            guard issues.count < BodyValidator.maximumIssues else { return }
            issues.append(Problem.Issue(place: .pointer(pointer), detail: detail))
        }
        func weight(_ value: JSONValue) -> (Int, isExact: Bool)? {
            value["weight"].map { $0.scaled(places: weightPlaces) }
        }
        let officeWeights = value["offices"].elements.map { weight($0) ?? (1000, isExact: true) }
        let weights = value["measures"].elements.map(weight)
        let scale = (officeWeights + weights.compactMap { $0 }).allSatisfy { $0.0 % 1000 == 0 } ? 1 : 1000
        func windows(_ value: JSONValue, _ place: String) -> CapacityWindows? {
            guard value["windows"] != nil else { return nil }
            let windows = value["windows"].elements.map {
                CapacityWindow(from: $0["from"]?.date, to: $0["to"]?.date)
            }
            for (number, window) in windows.enumerated() {
                guard let from = window.from, let to = window.to, to < from else { continue }
                complain("\(place)/windows/\(number)/to", "has to be the day of from or a later one")
            }
            return CapacityWindows(windows)
        }
        var capacities: [String: OfficeCapacity] = [:]
        for (number, office) in value["offices"].elements.enumerated() {
            let place = "/offices/\(number)"
            let (from, to) = (office["from"]?.date, office["to"]?.date)
            if let from, let to, to < from { complain("\(place)/to", "has to be the day of from or a later one") }
            if !officeWeights[number].isExact {
                complain("\(place)/weight", "has to have at most \(weightPlaces) decimal places")
            }
            let windows = windows(office, place)
            if windows != nil, from != nil || to != nil {
                complain("\(place)/windows", "cannot be stated beside from or to; state these as a window")
            }
            let capacity = OfficeCapacity(
                windows ?? CapacityWindows([CapacityWindow(from: from, to: to)]),
                weight: officeWeights[number].0 / (1000 / scale))
            if capacities.updateValue(capacity, forKey: office["office"]?.text ?? "") != nil {
                complain("\(place)/office", "is there twice")
            }
        }
        var ids: Set<String> = []
        var measures: [AlignmentMeasure] = []
        for (number, measure) in value["measures"].elements.enumerated() {
            let place = "/measures/\(number)"
            let id = measure["id"]?.text ?? ""
            if !ids.insert(id).inserted { complain("\(place)/id", "is the id of another measure") }
            if weights[number]?.isExact == false {
                complain("\(place)/weight", "has to have at most \(weightPlaces) decimal places")
            }
            let windows = windows(measure, place)
            guard let first = measure["start"]?.date, let last = measure["end"]?.date,
                let days = DayRange(first: first, last: last)
            else {
                complain("\(place)/end", "has to be the day of start or a later one")
                continue
            }
            let capacity = measure["office"]?.text.flatMap { capacities[$0] }
            measures.append(
                AlignmentMeasure(
                    id: id, days: days, earliestStart: measure["earliestStart"]?.date,
                    latestEnd: measure["latestEnd"]?.date, isMovable: measure["movable"] != false,
                    // The usual weight is 1 also where others have decimal places.
                    weight: weights[number].map { $0.0 / (1000 / scale) } ?? (capacity == nil ? scale : nil),
                    windows: windows ?? .always, capacity: capacity))
        }
        var relations: [AlignmentRelation] = []
        for (number, relation) in value["relations"].elements.enumerated() {
            let place = "/relations/\(number)"
            let (first, second) = (relation["first"]?.text ?? "", relation["second"]?.text ?? "")
            for (name, id) in [("first", first), ("second", second)] where !ids.contains(id) {
                complain("\(place)/\(name)", "is not the id of a measure here")
            }
            if first == second { complain("\(place)/second", "has to be another measure than first") }
            guard let kind = relation["relation"]?.text.flatMap({ RelationKind(rawValue: $0) }) else { continue }
            relations.append(
                AlignmentRelation(
                    first: first, second: second, kind: kind, minDays: relation["minDays"]?.wholeNumber ?? 1,
                    maxDays: relation["maxDays"]?.wholeNumber, tolerance: relation["tolerance"]?.wholeNumber ?? 0))
        }
        guard issues.isEmpty else { throw refuse() }
        return (try AlignmentProblem(measures: measures, relations: relations), scale)
    }

    // MARK: Answer

    static func write(_ alignment: Alignment, scale: Int) -> [UInt8] {
        var writer = JSONWriter(reserving: 1024)
        writer.beginObject()
        writer.name("feasible")
        switch alignment {
        case .shifts(let shifts, let cost):
            writer.boolean(true)
            writer.name("cost")
            writer.raw(decimal(cost, scale: scale).utf8)
            writer.name("shifts")
            writer.beginArray()
            for shift in shifts {
                writer.beginObject()
                writer.member("id", shift.id)
                writer.member("days", shift.days)
                writer.endObject()
            }
            writer.endArray()
        case .contradiction(let contradiction):
            writer.boolean(false)
            writer.name("contradiction")
            writer.beginArray()
            for member in contradiction.members {
                writer.beginObject()
                writer.member("first", member.first)
                writer.member("second", member.second)
                writer.member("relation", member.relation?.kind.rawValue ?? "limits")
                writer.member("sentence", member.sentence)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.endObject()
        return writer.bytes
    }

    /// A cost in its decimal digits.
    private static func decimal(_ cost: Int128, scale: Int) -> String {
        let (whole, rest) = cost.quotientAndRemainder(dividingBy: Int128(scale))
        guard rest > 0 else { return String(whole) }
        var digits = String(String(Int128(scale) + rest).dropFirst())
        while digits.last == "0" { digits.removeLast() }
        return "\(whole).\(digits)"
    }
}

extension Problem.Issue {
    /// Where and what in one line.
    fileprivate var line: String {
        switch place {
        case .pointer(let place), .header(let place), .parameter(let place):
            place.isEmpty ? "the document \(detail)" : "\(place) \(detail)"
        }
    }
}

extension JSONValue? {
    /// The elements of a list; none where there is no list.
    fileprivate var elements: [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }
}

extension JSONValue {
    fileprivate var date: CalendarDate? { text.flatMap { CalendarDate($0) } }

    /// A number in units of so many decimal places, and whether it has no more places than these.
    fileprivate func scaled(places: Int) -> (Int, isExact: Bool) {
        guard case .number(let digits) = self, var value = Decimal(string: digits, locale: nil) else {
            return (0, false)
        }
        value *= pow(10, places)
        var whole = Decimal()
        NSDecimalRound(&whole, &value, 0, .down)
        return (NSDecimalNumber(decimal: whole).intValue, whole == value)
    }
}
