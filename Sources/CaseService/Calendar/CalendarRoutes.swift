import CaseFile
import CaseTiming
import CaseViews
import Foundation
import HTTPTypes
import Hummingbird
import Ledger

/// Calendars for calendar programs: with a token, or under a secret address that can be revoked.
struct CalendarRoutes: Sendable {
    /// Days for which a feed can be read unless stated, and at most.
    private static let feedDays = (usual: 180, most: 400)

    let queries: any CaseQueries
    let feeds: any CalendarFeeds
    let reader: ViewReader
    let bodies: RequestBodyReader
    let reads: any AuditReads
    let limiter: RateLimiter
    let clock: LedgerClock

    var operations: [Operation] { [calendar, feed, create, list, revoke] }

    private static let office = Operation.Parameter.path(
        "office", .office, "The office whose calendar it is.", example: "job-centre")

    private static let contents =
        "Appointments, conferences, deadlines, reviews and all else that is due in the open cases of which the caseworker is "
        + "in charge, from three months ago on. It names cases by their ids, and neither people nor places: calendar programs "
        + "keep what they read. What comes to be due on another day is another event."

    private static func answer(_ description: String) -> Operation.Answer {
        Operation.Answer(
            status: 200, description: description, content: [("text/calendar", ["type": "string"])],
            headers: [("View-Position", "The position of the last event that the answer contains.")])
    }

    private var calendar: Operation {
        Operation(
            method: .get, path: "/v1/{office}/calendar.ics", id: "calendar", tag: "calendar",
            summary: "A caseworker's calendar (iCalendar, RFC 5545).", notes: Self.contents,
            access: .officeAction(.calendar), parameters: [Self.office] + ViewReader.parameters,
            answers: [Self.answer("The calendar.")], problems: [.malformed, .notFound]
        ) { request in
            let actor = try request.actor
            let query = CalendarQuery(office: try request.office, actor: actor, day: clock.today)
            return try await respond(to: query, "calendar", request)
        }
    }

    private var feed: Operation {
        Operation(
            method: .get, path: "/v1/calendar-feeds/{secret}/calendar.ics", id: "calendarFeed", tag: "calendar",
            summary: "A caseworker's calendar under a secret address, without a token.",
            notes: Self.contents + " An address that is unknown, over or revoked is not found.", access: .open,
            parameters: [
                .path(
                    "secret", .text(length: FeedSecret.length...FeedSecret.length), "The secret.",
                    example: "q2VtZ0hJamtMbU5vUHFyU3R1Vnd4WXphQmNkRWZnSGk")
            ], answers: [Self.answer("The calendar.")], problems: [.notFound, .rateLimited]
        ) { request in
            let secret = request.context.parameters.get("secret") ?? ""
            guard secret.utf8.count == FeedSecret.length else { throw Problem.notFound }
            let hash = FeedSecret.hash(secret)
            let found = try await reader.within(reader.timeLimit) { try await feeds.feed(secretHash: hash) }
            guard let found, found.isValid(at: clock.now) else {
                // Whoever tries secrets is slowed down, all together; those who know one are not.
                try limiter.admit("unknown feeds")
                throw Problem.notFound
            }
            try limiter.admit("feed \(found.id)")
            let actor = CaseFile.Actor(
                subject: found.subject, role: .caseworker, office: found.office, areas: found.areas)
            let query = CalendarQuery(office: found.office, actor: actor, day: clock.today)
            return try await respond(to: query, "calendar-feed", request)
        }
    }

    private var create: Operation {
        Operation(
            method: .post, path: "/v1/{office}/calendar-feeds", id: "createCalendarFeed", tag: "calendar",
            summary: "Makes a secret address for the caseworker's calendar.",
            notes: "The address is told once; only what it hashes to is kept.", access: .officeAction(.calendar),
            parameters: [Self.office],
            body: Operation.Body(mediaType: "application/json", schema: Self.body),
            answers: [
                Operation.Answer(
                    status: 201, description: "The feed and its address.",
                    content: [("application/json", ["$ref": "#/components/schemas/CalendarFeed"])])
            ], problems: [.malformed, .notFound, .tooLarge, .unsupportedMediaType, .requestTimeout]
        ) { request in
            let actor = try request.actor
            let office = try request.office
            try request.request.requireContentType("application/json")
            let value = try CommandRoutes.parse(try await bodies.read(request.request))
            let issues = BodyValidator.issues(in: value, for: Self.body)
            guard issues.isEmpty else { throw Problem.malformed("The body does not fit; see errors.", issues) }
            var days = Self.feedDays.usual
            days = value["days"]?.wholeNumber ?? days
            let secret = FeedSecret()
            let now = clock.now
            let feed = CalendarFeed(
                id: UUID.timeOrdered(at: now), subject: actor.subject, office: office, areas: actor.areas,
                createdAt: now,
                expiresAt: now.adding(seconds: Int64(days) * 86_400))
            try await reader.within(reader.timeLimit) {
                try await feeds.create(feed, secretHash: FeedSecret.hash(secret.text))
            }
            return try Self.response(
                Document(feed, path: "/v1/calendar-feeds/\(secret.text)/calendar.ics"), status: .created)
        }
    }

    private var list: Operation {
        Operation(
            method: .get, path: "/v1/{office}/calendar-feeds", id: "calendarFeeds", tag: "calendar",
            summary: "The caseworker's calendar feeds, without their addresses.",
            notes: "A supervisor is told of all feeds of the office.", access: .officeAction(.calendarFeeds),
            parameters: [Self.office],
            answers: [
                Operation.Answer(
                    status: 200, description: "The feeds, the latest first.",
                    content: [("application/json", ViewSchemas.page("CalendarFeed"))])
            ], problems: [.notFound]
        ) { request in
            let (actor, office) = (try request.actor, try request.office)
            let found = try await reader.within(reader.timeLimit) {
                try await feeds.feeds(of: Self.subject(of: actor), office: office)
            }
            return try Self.response(
                CaseViews.Page(items: found.map { Document($0, path: nil) }, next: nil), status: .ok)
        }
    }

    private var revoke: Operation {
        Operation(
            method: .delete, path: "/v1/{office}/calendar-feeds/{feedId}", id: "revokeCalendarFeed", tag: "calendar",
            summary: "Revokes a calendar feed: its address is not found from then on.",
            notes: "A caseworker the own ones, a supervisor any of the office.", access: .officeAction(.calendarFeeds),
            parameters: [
                Self.office,
                .path("feedId", .identifier, "The feed.", example: "0198c0de-0000-7000-8000-0000000000c1"),
            ], answers: [Operation.Answer(status: 204, description: "It is revoked.")], problems: [.notFound]
        ) { request in
            let (actor, office, id) = (try request.actor, try request.office, try request.identifier("feedId"))
            let isKnown = try await reader.within(reader.timeLimit) {
                try await feeds.revoke(id, of: Self.subject(of: actor), office: office, at: clock.now)
            }
            guard isKnown else { throw Problem.notFound }
            return Response(status: .noContent)
        }
    }

    /// Whose feeds somebody may list and revoke; `nil` for those of everybody in the office.
    private static func subject(of actor: CaseFile.Actor) -> String? {
        actor.role == .supervisor ? nil : actor.subject
    }

    // MARK: Answers

    private static let body = BodySchema(
        title: "CreateCalendarFeed", description: "How long the address is to hold.",
        fields: [
            .optional(
                "days", .integer(1...feedDays.most), "Days until it ends, \(feedDays.usual) unless stated.",
                example: 180)
        ])

    private struct Document: Encodable, Sendable {
        var feedId: UUID
        var subject: String
        var office: String
        var createdAt: String
        var expiresAt: String
        var revokedAt: String?
        var path: String?

        init(_ feed: CalendarFeed, path: String?) {
            feedId = feed.id
            subject = feed.subject
            office = feed.office.rawValue
            createdAt = feed.createdAt.description
            expiresAt = feed.expiresAt.description
            revokedAt = feed.revokedAt?.description
            self.path = path
        }

        enum CodingKeys: String, CodingKey {
            case feedId, subject, office, createdAt, expiresAt, revokedAt, path
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(feedId.uuidString.lowercased(), forKey: .feedId)
            try container.encode(subject, forKey: .subject)
            try container.encode(office, forKey: .office)
            try container.encode(createdAt, forKey: .createdAt)
            try container.encode(expiresAt, forKey: .expiresAt)
            try container.encodeIfPresent(revokedAt, forKey: .revokedAt)
            try container.encodeIfPresent(path, forKey: .path)
        }
    }

    private static func response(_ value: some Encodable, status: HTTPResponse.Status) throws -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try ViewReader.encoded(value))))
    }

    private func respond(
        to query: CalendarQuery, _ view: String, _ request: ServiceRequest
    ) async throws -> Response {
        let entries = try await reader.read(request.query) { try await queries.calendar(query) }
        try await reader.within(reader.timeLimit) {
            try await reads.record(
                CaseRead(
                    caseID: nil, view: view, actor: query.actor, at: clock.now, position: entries.position,
                    reason: nil, requestID: request.context.requestID,
                    cases: Array(Set(entries.value.map(\.caseId)))))
        }
        var calendar = ICalendar(name: "Gleichtakt: \(query.office.title)")
        let now = clock.now
        for entry in entries.value { calendar.add(ICalendar.Event(entry), at: now) }
        return ViewReader.response(
            ByteBuffer(bytes: calendar.bytes), "text/calendar; charset=utf-8", at: entries.position)
    }
}

extension ICalendar.Event {
    /// An entry as an event.
    init(_ entry: CalendarEntry) {
        let id = entry.caseId.uuidString.lowercased()
        let (what, category, time, isCancelled): (String, String, Time, Bool)
        switch entry.content {
        case .appointment(let at, let minutes, let cancelled):
            (what, category, time, isCancelled) = ("Appointment", "Appointment", .wall(at, minutes: minutes), cancelled)
        case .conference(let at, let cancelled):
            // Nobody says how long a conference takes.
            (what, category, time, isCancelled) = ("Conference", "Conference", .wall(at, minutes: nil), cancelled)
        case .due(let due):
            (what, category, time, isCancelled) = (
                due.reason.title, due.reason == .planReview ? "Review" : "Due", .day(due.on), false
            )
        case .deadline(let day):
            (what, category, time, isCancelled) = ("Deadline", "Deadline", .day(day), false)
        }
        self.init(
            uid: "\(entry.subject.uuidString.lowercased())@gleichtakt", sequence: isCancelled ? 1 : 0, time: time,
            // Of a time-ordered id the last digits are the ones that differ.
            summary: "\(what), case …\(id.suffix(6))", description: "Case \(id)", category: category,
            isCancelled: isCancelled)
    }
}

extension DueReason {
    /// What is due, in a calendar.
    fileprivate var title: String {
        switch self {
        case .planReview: "Review of a plan"
        case .measureStart: "Start of a measure"
        case .measureEnd: "End of a measure"
        case .appointment: "Appointment"
        case .deadline: "Deadline"
        case .placementAnswer: "Answer to a placement"
        case .placementStart: "Start of a placement"
        case .incomeCover: "Income after a placement"
        case .consentExpiry: "End of a consent"
        case .referralAnswer: "Answer to a referral"
        case .referralCompletion: "Completion of a referral"
        case .conference: "Conference"
        case .commitment: "Commitment"
        case .alignmentAnswer: "Answer to a proposal"
        case .voucherExpiry: "End of a voucher"
        }
    }
}
