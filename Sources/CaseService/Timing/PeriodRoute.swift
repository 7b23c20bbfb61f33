import CaseFile
public import CaseTiming
import Foundation
import HTTPTypes
import Hummingbird
public import Ledger

/// `GET /v1/timing/period`: when a period of the law would end, and why. Nothing personal goes in or comes out.
struct PeriodRoute: Sendable {
    var operation: Operation {
        Operation(
            method: .get, path: "/v1/timing/period", id: "period", tag: "timing",
            summary: "When a period would end, with every step and its source (§§ 187–193 BGB, §§ 26 and 37 SGB X).",
            notes:
                "A what-if: nothing is recorded. Public holidays are those of the Land, and of the municipality where one "
                + "is named, from \(HolidayCalendar.years.lowerBound) to \(HolidayCalendar.years.upperBound).",
            access: .action(.whatIf),
            parameters: [
                .requiredQuery(
                    "event", .date, "The day of the event, or with `posted` the day of posting.", example: "2026-03-30"),
                .requiredQuery(
                    "length", .text(length: 3...12),
                    "How long, as ISO 8601 writes days, weeks, months or years: P14D, P2W, P1M, P1Y.", example: "P1M"),
                .requiredQuery(
                    "land", .choice(Land.allCases.map(\.rawValue) + Land.allCases.map { "DE-" + $0.rawValue }),
                    "The Land in which the period is observed.", example: "HE"),
                .query(
                    "municipality", .text(),
                    "The municipality, by name or official key (AGS), where its holidays may differ from the Land's; or "
                        + "`\(Municipality.catholic)` or `\(Municipality.other)` for one of that kind in Bayern, Sachsen or "
                        + "Thüringen.", example: "Frankfurt am Main"),
                .query(
                    "posted", .boolean,
                    "Whether the event is a posting: it counts as notified on the fourth day after, until 2024 the third.",
                    example: true),
                .query(
                    "shift", .boolean,
                    "`false` for appointments, benefit periods and fixed days, which do not move to a working day.",
                    example: true),
                .query(
                    "startOfDay", .boolean,
                    "`true` where the period begins with the beginning of that day, which then is counted.",
                    example: false),
            ],
            answers: [
                Operation.Answer(
                    status: 200, description: "The last day, and how it was found.",
                    content: [("application/json", ["$ref": "#/components/schemas/PeriodEnd"])])
            ], problems: [.malformed]
        ) { request in
            let answer = try Self.answer(to: request.query)
            return Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: try ViewReader.encoded(answer))))
        }
    }

    private static func answer(to query: QueryParameters) throws -> PeriodAnswer {
        var issues: [Problem.Issue] = []
        func complain(_ parameter: String, _ detail: String) {
            issues.append(Problem.Issue(place: .parameter(parameter), detail: detail))
        }
        let length = query.text("length").flatMap { PeriodLength($0) }
        if length == nil { complain("length", PeriodAnswer.lengthExpectation) }
        let posted = query.flag("posted") ?? false
        let startOfDay = query.flag("startOfDay") ?? false
        if posted, startOfDay {
            complain("startOfDay", "cannot go with posted: the day of notification is never counted")
        }
        var municipality: Municipality?
        if let name = query.text("municipality"), let land = query.text("land").flatMap({ Land($0) }) {
            do throws(Municipality.Unknown) {
                municipality = try Municipality(name, in: land)
            } catch {
                complain("municipality", error.sentence)
            }
        }
        guard let event = query.date("event"), let land = query.text("land").flatMap({ Land($0) }), let length,
            issues.isEmpty
        else { throw Problem.malformed("The query has parameters that cannot be read; see errors.", issues) }
        do throws(PeriodError) {
            return PeriodAnswer(
                try Period(
                    from: event, isPosting: posted, start: startOfDay ? .beginningOfTheDay : .duringTheDay,
                    lasting: length, movesToWorkingDay: query.flag("shift") ?? true,
                    in: HolidayCalendar(land: land, municipality: municipality)))
        } catch {
            complain("event", error.sentence)
            throw Problem.malformed("The end of that period cannot be computed.", issues)
        }
    }
}

/// The end of a period as the API and the command line tell it.
public struct PeriodAnswer: Encodable, Sendable {
    /// The last day.
    public var endsOn: CalendarDate
    /// How it was found: sentences, each with its source.
    public var steps: [String]

    /// The end of that period.
    public init(_ period: Period) {
        endsOn = period.end
        steps = period.steps.map(\.description)
    }

    /// What a length has to look like.
    public static let lengthExpectation =
        "an ISO 8601 length of days, weeks, months or years up to 100 years is expected, such as P14D, P2W, P1M or P1Y"
}

extension Municipality.Unknown {
    /// What is wrong and what to do about it.
    public var sentence: String {
        switch self {
        case .keyOfAnotherLand: "the official key belongs to a municipality of another Land"
        case .notRecorded:
            "its holidays are not on record here; give its official key (AGS) where it was named, or "
                + "\(Municipality.catholic) or \(Municipality.other)"
        }
    }
}

extension PeriodError {
    /// What is wrong, in a sentence's half.
    public var sentence: String {
        switch self {
        case .outsideCalendar(let day):
            "leads to \(day), and public holidays are known from \(HolidayCalendar.years.lowerBound) to "
                + "\(HolidayCalendar.years.upperBound) only; with shift=false no calendar is needed"
        case .endless: "leads to a day after 9999-12-31"
        }
    }
}
