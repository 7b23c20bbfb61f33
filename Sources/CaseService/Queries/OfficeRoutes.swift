import CaseFile
import CaseTiming
import CaseViews
import Foundation
import Hummingbird
import Ledger

/// What an office sees: its worklist, its cases, their timelines, and what is out of step.
struct OfficeRoutes: Sendable {
    let queries: any CaseQueries
    let reader: ViewReader
    let reads: any AuditReads
    let clock: LedgerClock

    var operations: [Operation] { [worklist, caseFile, timeline, findings, proposals] }

    private static let office = Operation.Parameter.path(
        "office", .office, "The office whose view it is.", example: "job-centre")
    private static let caseID = Operation.Parameter.path(
        "caseId", .identifier, "The case.", example: "0198c0de-0000-7000-8000-000000000001")

    private var worklist: Operation {
        Operation(
            method: .get, path: "/v1/{office}/cases", id: "worklist", tag: "views",
            summary: "The cases an office is engaged in, and those in which another asks it to act.",
            notes:
                "Each with all that is due and why (`agenda`, the most urgent first), what another office waits for, and "
                + "what this one waits for. Of a case whose `relation` is `addressed`, the office sees who it is about and "
                + "what it is asked for. What is due today: `due=today&sort=due`; what waits for me: "
                + "`caseworker=me&waitsFor=us&sort=due`; unanswered referrals: `reason=referral-answer` with `waitsFor`; "
                + "new findings: `findingSince`.",
            access: .officeAction(.worklist),
            parameters: [
                Self.office,
                .query("area", .slug, "Only of this programme area.", example: Example.area),
                .query("status", .choice(of: CaseStatus.self), "Only open or only closed cases."),
                .query("caseworker", .line, "Only of this caseworker (subject); `me` is whoever asks."),
                .query(
                    "dueBefore", .date,
                    "Only with something due before this day; with `waitsFor`, waited for until before it."),
                .query(
                    "due", .choice(of: WorklistQuery.DueWithin.self),
                    "Only with something overdue, due by today, or by this week's Sunday; what is overdue is part of each."
                ),
                .query(
                    "reason", .choice(of: DueReason.self),
                    "Only with something of this kind due; with `waitsFor`, waited for."),
                .query(
                    "waitsFor", .choice(of: WorklistQuery.WaitsFor.self),
                    "Only where another office waits for this one (`us`), or this one for another (`others`)."),
                .query("finding", .choice(of: FindingKind.self), "Only with an open finding of this kind."),
                .query(
                    "findingSince", .date,
                    "Only with an open finding (of that kind) that was opened on this day or later."),
                .query("q", .text(length: 1...100), "Words of the name; umlauts in any spelling."),
                .query("sort", .choice(of: WorklistQuery.Sort.self), "The order, `name` unless stated."),
                .query("limit", .integer(1...WorklistQuery.greatestLimit), "Cases on a page, 50 unless stated."),
                .query(
                    "cursor", .text(length: 1...2000),
                    "The `next` of the page before. It is a place in the order: a case that keeps its place is shown "
                        + "exactly once; one that moves meanwhile is shown where it is when its page is read."),
            ] + ViewReader.parameters,
            answers: [ViewReader.answer("A page of cases.", ViewSchemas.page("WorklistItem"))],
            problems: [.malformed, .notFound]
        ) { request in
            let parameters = request.query
            let query = WorklistQuery(
                office: try request.office, actor: try request.actor, day: clock.today, area: parameters.text("area"),
                status: parameters.text("status").flatMap(CaseStatus.init(rawValue:)),
                caseworker: try Self.caseworker(in: request),
                dueBefore: parameters.date("dueBefore"),
                due: parameters.text("due").flatMap(WorklistQuery.DueWithin.init(rawValue:)),
                reason: parameters.text("reason").flatMap(DueReason.init(rawValue:)),
                waitsFor: parameters.text("waitsFor").flatMap(WorklistQuery.WaitsFor.init(rawValue:)),
                finding: parameters.text("finding").flatMap(FindingKind.init(rawValue:)),
                findingSince: parameters.date("findingSince"), name: parameters.text("q"),
                sort: parameters.text("sort").flatMap(WorklistQuery.Sort.init(rawValue:)) ?? .name,
                limit: parameters.integer("limit") ?? 50, cursor: parameters.text("cursor"))
            let page = try await reader.read(parameters) { try await queries.worklist(query) }
            try await record(nil, "worklist", request, at: page.position, listing: page.value.items.map(\.caseId))
            return ViewReader.response(ByteBuffer(bytes: page.value.json), "application/json", at: page.position)
        }
    }

    private var caseFile: Operation {
        Operation(
            method: .get, path: "/v1/{office}/cases/{caseId}", id: "caseFile", tag: "views",
            summary: "A case as an office may see it.",
            notes: "What the office recorded itself, what others share with it, and what they ask of one another. An "
                + "office that is asked to act and not engaged sees that and who it is about. Every read is put on record.",
            access: .officeAction(.caseFile), parameters: [Self.office, Self.caseID] + ViewReader.parameters,
            answers: [ViewReader.answer("The case.", ["$ref": "#/components/schemas/OfficeCaseFile"])],
            problems: [.malformed, .notFound]
        ) { request in
            let (office, actor, id) = (try request.office, try request.actor, try request.identifier("caseId"))
            let found = try await reader.read(request.query) {
                try await queries.caseFile(id, for: office, actor: actor, on: clock.today)
            }
            guard let file = found.value else { throw Problem.notFound }
            try await record(id, "case", request, at: found.position, seeing: file)
            return try ViewReader.response(file, at: found.position)
        }
    }

    private var timeline: Operation {
        Operation(
            method: .get, path: "/v1/cases/{caseId}/timeline", id: "timeline", tag: "views",
            summary: "A case over time, as the asking office may see it.",
            notes:
                "Measures, placements, appointments, plans, referrals and findings as intervals of days, both ends included.",
            access: .action(.timeline), parameters: [Self.caseID] + ViewReader.parameters,
            answers: [ViewReader.answer("The timeline.", ["$ref": "#/components/schemas/CaseTimeline"])],
            problems: [.malformed, .notFound]
        ) { request in
            let (actor, id) = (try request.actor, try request.identifier("caseId"))
            guard let office = actor.office else { throw Problem.notFound }
            let found = try await reader.read(request.query) {
                try await queries.timeline(id, for: office, actor: actor, on: clock.today)
            }
            guard let timeline = found.value else { throw Problem.notFound }
            try await record(
                id, "timeline", request, at: found.position, disclosing: timeline.disclosed(to: office))
            return try ViewReader.response(timeline, at: found.position)
        }
    }

    private var findings: Operation {
        Operation(
            method: .get, path: "/v1/timing/findings", id: "findings", tag: "views",
            summary: "What is out of step, as far as the asking office may know of it.",
            access: .action(.findings),
            parameters: [
                .query("kind", .choice(of: FindingKind.self), "Only of this kind."),
                .query("finding", .choice(of: FindingKind.self), "As `kind`, by the name that it has for a worklist."),
                .query("state", .choice(of: FindingState.self), "Only open or only closed findings."),
                .query("openedSince", .date, "Only such as were last opened on this day or later."),
                .query("area", .slug, "Only in this programme area.", example: Example.area),
                .query("dueBefore", .date, "Only about days before this one."),
            ] + Self.aboutCases + [
                .query("limit", .integer(1...FindingQuery.greatestLimit), "Findings on a page, 50 unless stated."),
                .query("cursor", .text(length: 1...2000), "The `next` of the page before."),
            ] + ViewReader.parameters,
            answers: [ViewReader.answer("A page of findings.", ViewSchemas.page("FindingItem"))],
            problems: [.malformed]
        ) { request in
            let (actor, parameters) = (try request.actor, request.query)
            guard let office = actor.office else { throw Problem.notFound }
            let query = FindingQuery(
                office: office, actor: actor, day: clock.today,
                kind: try Self.kind(in: parameters),
                state: parameters.text("state").flatMap(FindingState.init(rawValue:)),
                openedSince: parameters.date("openedSince"), area: parameters.text("area"),
                dueBefore: parameters.date("dueBefore"),
                status: parameters.text("status").flatMap(CaseStatus.init(rawValue:)),
                caseworker: try Self.caseworker(in: request), name: parameters.text("q"),
                limit: parameters.integer("limit") ?? 50, cursor: parameters.text("cursor"))
            let page = try await reader.read(parameters) { try await queries.findings(query) }
            try await record(
                nil, "findings", request, at: page.position, listing: page.value.items.flatMap(\.cases))
            return try ViewReader.response(page.value, at: page.position)
        }
    }

    /// Which cases findings and proposals are to be about.
    private static let aboutCases: [Operation.Parameter] = [
        .query(
            "status", .choice(of: CaseStatus.self),
            "Only about an open or a closed case; of one about two cases, either."),
        .query("caseworker", .line, "Only about a case of this caseworker (subject); `me` is whoever asks."),
        .query("q", .text(length: 1...100), "Only about somebody of this name; umlauts in any spelling."),
    ]

    private var proposals: Operation {
        Operation(
            method: .get, path: "/v1/timing/proposals", id: "proposals", tag: "views",
            summary: "What is proposed to bring measures into step, as far as the asking office may know of it.",
            notes:
                "Of measures of which the office may not know when they are, nothing is told; `isPartial` says so. With the "
                + "state `contradiction` it tells why there is nothing to propose.",
            access: .action(.proposals),
            parameters: [
                .query("kind", .choice(of: FindingKind.self), "Only for a finding of this kind."),
                .query("finding", .choice(of: FindingKind.self), "As `kind`, by the name that it has for a worklist."),
                .query("state", .choice(of: AlignmentProposal.Status.self), "Only those that stand so."),
                .query("area", .slug, "Only in this programme area.", example: Example.area),
                .query("dueBefore", .date, "Only those to be answered before this day."),
                .query("proposedSince", .date, "Only those made on this day or later."),
            ] + Self.aboutCases + [
                .query("limit", .integer(1...ProposalQuery.greatestLimit), "Proposals on a page, 50 unless stated."),
                .query("cursor", .text(length: 1...2000), "The `next` of the page before."),
            ] + ViewReader.parameters,
            answers: [ViewReader.answer("A page of proposals.", ViewSchemas.page("ProposalItem"))],
            problems: [.malformed]
        ) { request in
            let (actor, parameters) = (try request.actor, request.query)
            guard let office = actor.office else { throw Problem.notFound }
            let query = ProposalQuery(
                office: office, actor: actor, day: clock.today,
                kind: try Self.kind(in: parameters),
                state: parameters.text("state").flatMap(AlignmentProposal.Status.init(rawValue:)),
                area: parameters.text("area"), dueBefore: parameters.date("dueBefore"),
                proposedSince: parameters.date("proposedSince"),
                status: parameters.text("status").flatMap(CaseStatus.init(rawValue:)),
                caseworker: try Self.caseworker(in: request), name: parameters.text("q"),
                limit: parameters.integer("limit") ?? 50, cursor: parameters.text("cursor"))
            let page = try await reader.read(parameters) { try await queries.proposals(query) }
            try await record(
                nil, "proposals", request, at: page.position, listing: page.value.items.map(\.proposal.caseId))
            return try ViewReader.response(page.value, at: page.position)
        }
    }

    /// Whose cases are asked for.
    private static func caseworker(in request: ServiceRequest) throws -> String? {
        try request.query.text("caseworker").map { $0 == "me" ? try request.actor.subject : $0 }
    }

    /// The kind of finding that is asked for by either name.
    private static func kind(in parameters: QueryParameters) throws -> FindingKind? {
        let names = [parameters.text("kind"), parameters.text("finding")].compactMap(\.self)
        guard Set(names).count < 2 else {
            throw Problem.malformed("kind and finding are two names of one filter. State one of them.")
        }
        return names.first.flatMap(FindingKind.init(rawValue:))
    }

    private func record(
        _ id: UUID?, _ view: String, _ request: ServiceRequest, at position: Position,
        seeing file: OfficeCaseFile? = nil,
        disclosing disclosed: [CaseRead.Disclosure] = [], listing cases: [UUID] = []
    ) async throws {
        let actor = try request.actor
        var seen: Set<UUID> = []
        let read = CaseRead(
            caseID: id, view: view, actor: actor, at: clock.now, position: position, reason: nil,
            requestID: request.context.requestID,
            legalBasis: file?.engagements.first { $0.office == actor.office }?.legalBasis,
            disclosed: file?.disclosed ?? disclosed, cases: cases.filter { seen.insert($0).inserted })
        try await reader.within(reader.timeLimit) { try await reads.record(read) }
    }
}

extension OfficeCaseFile {
    /// What others recorded and this file shows, and what allows it.
    fileprivate var disclosed: [CaseRead.Disclosure] {
        shared.map { block in
            CaseRead.Disclosure(from: block.office, category: block.category, basis: block.basis.sentence)
        } + merged.flatMap(\.disclosed)
    }
}

extension SharedBlock.Basis {
    fileprivate var sentence: String? {
        if let legalBasis { return legalBasis }
        return consent.map { "consent \($0): \(purpose ?? "")" }
    }
}

extension CaseTimeline {
    /// Of whose work it tells when it is; with what else it tells of others, the case file tells why it may.
    fileprivate func disclosed(to office: Office) -> [CaseRead.Disclosure] {
        let others = Set(intervals.compactMap(\.office)).subtracting([office])
        return others.sorted().map { CaseRead.Disclosure(from: $0, category: .timing, basis: nil) }
    }
}
