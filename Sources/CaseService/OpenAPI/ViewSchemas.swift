import CaseFile
import CaseTiming
import CaseViews

/// The schemas of what queries answer.
enum ViewSchemas {
    /// A page of items of that schema.
    static func page(_ item: String) -> JSONValue {
        [
            "type": "object", "required": ["items"],
            "properties": [
                "items": ["type": "array", "items": reference(item)],
                "next": ["type": "string", "description": "The cursor of the next page; absent on the last one."],
            ],
        ]
    }

    static let all: [JSONValue.Member] = [
        schema("WorklistItem", "A case in an office's worklist, with that office's own columns.", worklistItem),
        schema("Candidate", "A case that may be about the same person.", candidate),
        schema(
            "Candidates", "Cases that may be about the same person.", [("items", list(reference("Candidate")))]),
        schema("OfficeCaseFile", "A case as one office may see it.", officeCaseFile),
        schema("CaseTimeline", "A case over time, as one office may see it.", timeline),
        schema("FindingItem", "Something out of step.", finding),
        schema(
            "ProposalItem", "What is proposed to bring measures into step.", proposal + [("area", text)]),
        schema("OfferItem", "What a partner provides, with its places.", offer),
        schema("PartnerItem", "An organisation of the network.", partner),
        schema("AreaItem", "A programme area in its latest version.", area),
        schema("EmploymentFieldItem", "A new field of work, with where its tasks stand.", employmentField),
        schema("SimultaneityReport", "How far offices act at the same time.", simultaneity),
        schema("AreaSimultaneity", "How far offices act at the same time in a programme area.", areaSimultaneity),
        schema("CalendarFeed", "A secret address of a calendar; its path is told once.", calendarFeed),
        schema("SummaryReport", "Programme areas side by side.", summary),
        schema("AuditEvents", "The recorded history of a case.", auditEvents),
        schema("CaseState", "All that is known of a case at a moment.", caseState),
    ]

    private static let worklistItem: [Property] = [
        ("caseId", identifier), ("givenName", text), ("familyName", text), ("bornOn", day), ("areaId", text),
        ("status", words(of: CaseStatus.self)), ("caseworker", text), ("since", day), ("registeredOn", day),
        ("closedOn", day), ("householdId", identifier), ("dueOn", day), ("dueReason", words(of: DueReason.self)),
        ("agenda", list(due)), ("reviewDueOn", day), ("relation", words(of: OfficeRelation.self)), ("askedOn", day),
        ("askedReason", words(of: DueReason.self)), ("awaitedOn", day),
        ("awaitedReason", words(of: DueReason.self)), ("findings", list(words(of: FindingKind.self))),
        ("newestFindingOn", day), ("level", whole), ("occupationsSought", list(text)), ("placementState", text),
        ("placementStartsOn", day),
        ("placementEndsOn", day), ("lastRefusalOn", day), ("nextStep", words(of: DueReason.self)), ("nextStepOn", day),
        ("age", whole), ("nextTransitionOn", day), ("supportPlan", text), ("openMeasures", whole),
        ("otherMembers", whole), ("householdSize", whole), ("minors", whole), ("livingEnvironmentMeasures", whole),
        ("participationMeasures", whole), ("incomeCoverFrom", day),
    ]

    private static let candidate: [Property] = [
        ("caseId", identifier), ("givenName", text), ("familyName", text), ("bornOn", day), ("areaId", text),
        ("status", words(of: CaseStatus.self)), ("reasons", list(words(of: CandidateReason.self))),
        ("decision", words(of: IdentityVerdict.self)),
    ]

    private static let offer: [Property] = [
        ("offerId", identifier), ("version", whole), ("title", text), ("kind", words(of: PlacementKind.self)),
        ("capacity", whole), ("freePlaces", whole), ("partnerId", identifier), ("employer", text), ("areaId", text),
        ("occupation", text), ("startsOn", day), ("endsOn", day), ("openUntil", day), ("closedOn", day),
    ]

    private static let partner: [Property] = [
        ("partnerId", identifier), ("version", whole), ("name", text), ("sector", words(of: Sector.self)),
        ("services", list(text)), ("areaIds", list(text)), ("closedOn", day),
    ]

    private static let area: [Property] = [
        ("areaId", text), ("version", whole), ("name", text), ("region", text), ("land", text), ("municipality", text),
        ("description", text), ("from", day), ("closedOn", day),
    ]

    private static let employmentField: [Property] = [
        ("employmentFieldId", identifier), ("version", whole), ("name", text), ("description", text),
        ("areaIds", list(text)), ("occupations", list(text)), ("openedBy", identifier),
        ("qualifiedBy", list(identifier)),
        (
            "tasks",
            list(
                properties([
                    ("task", words(of: FieldTask.self)), ("state", words(of: FieldTaskState.Progress.self)),
                    ("evidence", text),
                ]))
        ), ("warnings", list(words(of: FieldWarning.self))), ("closedOn", day),
    ]

    private static let officeCaseFile: [Property] = [
        ("caseId", identifier), ("office", office), ("relation", words(of: OfficeRelation.self)), ("since", day),
        ("until", day), ("status", words(of: CaseStatus.self)), ("registeredOn", day),
        ("closedOn", day), ("mergedInto", identifier), ("jobCentre", object), ("youthOffice", object),
        ("socialOffice", object),
        ("identity", object), ("household", object), ("engagements", list(object)), ("consents", list(object)),
        ("due", list(due)), ("asked", list(awaited)), ("awaited", list(awaited)), ("referrals", list(referral)),
        ("conferences", list(conference)), ("commitments", list(commitment)),
        ("plans", list(object)), ("relations", list(object)), ("placements", list(object)),
        ("subsidies", list(object)), ("vouchers", list(object)), ("reductions", list(object)),
        ("facts", list(fact)), ("deadlines", list(deadline)), ("appointments", list(object)), ("potential", object),
        ("findings", list(object)),
        ("proposals", list(properties(proposal))),
        ("shared", list(object)),
        ("merged", list(object)), ("restrictions", list(object)), ("disputes", list(object)),
    ]

    private static let due = properties([
        ("on", day), ("reason", words(of: DueReason.self)), ("subject", identifier), ("why", text), ("rule", text),
    ])

    private static let awaited = properties([
        ("office", office), ("on", day), ("reason", words(of: DueReason.self)), ("subject", identifier), ("why", text),
    ])

    private static let referral = properties([
        ("referralId", identifier), ("state", words(of: Referral.Status.self)), ("from", office), ("to", office),
        ("caseworker", text), ("service", text), ("reason", text), ("legalBasis", text), ("consents", list(whole)),
        ("categories", list(words(of: ConsentCategory.self))), ("requestedOn", day), ("answerDue", day),
        ("answeredOn", day), ("answeredBy", text), ("answerReason", text), ("completeBy", day), ("completedOn", day),
        ("completedBy", text), ("result", text), ("withdrawnOn", day), ("withdrawnReason", text),
    ])

    private static let conference = properties([
        ("conferenceId", identifier), ("state", words(of: Conference.Status.self)), ("office", office),
        ("participants", list(office)), ("at", ValueShape.wallTime.schema), ("place", text),
        ("consents", list(whole)), ("categories", list(words(of: ConsentCategory.self))), ("settledOn", day),
        ("minutes", text), ("reason", text), ("commitments", list(identifier)),
    ])

    private static let commitment = properties([
        ("commitmentId", identifier), ("state", words(of: Commitment.Status.self)), ("office", office),
        ("to", list(office)), ("what", text), ("by", day), ("conferenceId", identifier), ("proposalId", identifier),
        ("overdueSince", day),
        ("madeOn", day),
        ("settledOn", day), ("note", text), ("replies", list(properties([("on", day), ("note", text)]))),
    ])

    private static let proposal: [Property] = [
        ("proposalId", identifier), ("caseId", identifier), ("state", words(of: AlignmentProposal.Status.self)),
        ("proposedBy", office), ("proposedOn", day), ("answerDue", day), ("waitsForUs", ["type": "boolean"]),
        ("waitingFor", list(office)),
        (
            "shifts",
            list(
                properties([
                    ("caseId", identifier), ("measureId", identifier), ("office", office), ("from", dayRange),
                    ("to", dayRange), ("days", whole),
                ]))
        ),
        (
            "answers",
            list(
                properties([
                    ("office", office), ("answer", words(of: AlignmentProposal.Answer.Kind.self)), ("on", day),
                    ("ground", words(of: DeclineGround.self)), ("reason", text),
                ]))
        ),
        ("findings", list(identifier)), ("kinds", list(words(of: FindingKind.self))),
        (
            "contradiction",
            list(
                properties([
                    ("first", identifier), ("second", identifier), ("relation", words(of: RelationKind.self)),
                    ("sentence", text),
                ]))
        ),
        ("settledOn", day), ("staleBecause", text), ("counterOf", identifier), ("counteredBy", identifier),
        ("isPartial", ["type": "boolean"]),
    ]

    private static let dayRange = properties([("from", day), ("to", day)])

    private static let together = properties([
        ("sharedDays", whole), ("activeDays", whole), ("ratio", ["type": "number"]),
    ])

    private static let simultaneity: [Property] = [
        ("asOf", day), ("cases", list(identifier)), ("proposals", list(identifier)),
        ("isPartial", ["type": "boolean"]),
        (
            "items",
            list(
                properties([
                    ("month", text), ("recorded", together), ("planned", together), ("ifAccepted", together),
                ]))
        ),
    ]

    private static let countedTogether = properties([
        ("recorded", togetherUnlessSmall), ("planned", togetherUnlessSmall), ("ifAccepted", togetherUnlessSmall),
    ])

    private static let togetherUnlessSmall = properties([
        ("sharedDays", ["type": ["integer", "null"]]), ("activeDays", ["type": ["integer", "null"]]),
        ("ratio", ["type": "number"]),
    ])

    private static let areaSimultaneity: [Property] = [
        ("asOf", day), ("areaId", text), ("name", text),
        (
            "items",
            list(
                properties([
                    ("month", text), ("cases", countedTogether), ("households", countedTogether),
                    ("suppressed", list(text)),
                ]))
        ),
    ]

    private static let calendarFeed: [Property] = [
        ("feedId", identifier), ("subject", text), ("office", office),
        ("createdAt", ["type": "string", "format": "date-time"]),
        ("expiresAt", ["type": "string", "format": "date-time"]),
        ("revokedAt", ["type": "string", "format": "date-time"]), ("path", text),
    ]

    private static let timeline: [Property] = [
        ("caseId", identifier), ("office", office),
        (
            "intervals",
            list(
                properties([
                    ("kind", words(of: TimelineInterval.Kind.self)), ("id", identifier), ("office", office),
                    ("from", day), ("to", day), ("state", text), ("strand", words(of: Strand.self)),
                    ("hoursPerWeek", ["type": "number"]), ("at", text), ("minutes", whole), ("title", text),
                    ("explanation", text),
                ]))
        ),
    ]

    private static let fact = properties([
        ("factId", identifier), ("fact", text), ("matter", identifier), ("on", day), ("legalBasis", text),
        ("withdrawn", ["type": "boolean"]),
    ])

    private static let deadline = properties([
        ("deadlineId", identifier), ("state", words(of: Deadline.Status.self)), ("ruleId", text),
        ("ruleVersion", day), ("source", text), ("title", text), ("period", text), ("subject", identifier),
        ("from", day), ("endsOn", day), ("standing", words(of: DeadlineStanding.self)),
        (
            "formerEnds",
            list(
                properties([
                    ("endsOn", day), ("change", words(of: Deadline.Change.self)), ("reason", text), ("on", day),
                ]))
        ),
        ("suspendedFrom", day), ("closedOn", day),
    ])

    private static let finding: [Property] = [
        ("id", identifier), ("kind", words(of: FindingKind.self)), ("state", words(of: FindingState.self)),
        ("offices", list(office)), ("cases", list(identifier)), ("measures", list(identifier)), ("from", day),
        ("to", day), ("days", whole), ("standing", words(of: DeadlineStanding.self)), ("explanation", text),
        ("openedOn", day), ("closedOn", day), ("area", text),
        (
            "grounds",
            list(
                properties([
                    ("fact", words(of: FindingGround.Fact.self)), ("caseId", identifier), ("id", identifier),
                    ("office", office),
                ]))
        ),
        ("events", list(properties([("caseId", identifier), ("version", whole), ("type", text)]))),
    ]

    private static let summary: [Property] = [
        ("asOf", day),
        (
            "items",
            list(
                properties([
                    ("areaId", text), ("name", text), ("region", text), ("municipality", text),
                    (
                        "rows",
                        list([
                            "type": "object", "required": ["month", "office", "suppressed"],
                            "properties": [
                                "month": ["type": "string"], "office": ["type": "string"],
                                "participants": ["type": ["integer", "null"]], "plans": object, "measures": object,
                                "placements": object, "handOffs": ["type": ["integer", "null"]],
                                "referrals": object, "conferences": object, "commitments": object,
                                "proposals": object,
                                "findings": object, "simultaneity": object,
                                "suppressed": list(text),
                            ],
                        ])
                    ),
                ]))
        ),
    ]

    private static let auditEvents: [Property] = [
        (
            "items",
            list(
                properties([
                    ("position", whole), ("caseId", identifier), ("version", whole), ("type", text),
                    ("schemaVersion", whole),
                    ("recordedAt", ["type": "string", "format": "date-time"]), ("effectiveOn", day),
                    ("commandId", identifier), ("ordinal", whole), ("metadata", object), ("data", object),
                    ("isSealed", ["type": "boolean"]), ("leaf", ["type": "string", "contentEncoding": "base64"]),
                ]))
        )
    ]

    private static let caseState: [Property] = [
        ("caseId", identifier), ("status", words(of: CaseStatus.self)), ("participant", object),
        ("engagements", list(object)), ("consents", list(object)), ("household", object), ("potential", object),
        ("plans", list(object)), ("relations", list(object)), ("placements", list(object)),
        ("appointments", list(object)), ("referrals", list(object)), ("conferences", list(object)),
        ("commitments", list(object)), ("proposals", list(object)), ("departures", list(object)),
        ("closedPeriods", list(object)), ("dataProtection", object), ("entrustedNotes", list(object)),
        ("subsidies", list(object)), ("vouchers", list(object)), ("reductions", list(object)),
        ("facts", list(object)), ("deadlines", list(object)), ("findings", list(object)),
        ("closure", object), ("merging", object), ("identityDecisions", list(object)), ("absorbed", list(object)),
    ]

    // MARK: Parts

    private typealias Property = (name: String, schema: JSONValue)

    private static let identifier = ValueShape.identifier.schema
    private static let day = ValueShape.date.schema
    private static let office = ValueShape.office.schema
    private static let text: JSONValue = ["type": "string"]
    private static let whole: JSONValue = ["type": "integer"]
    private static let object: JSONValue = ["type": "object"]

    private static func list(_ items: JSONValue) -> JSONValue { ["type": "array", "items": items] }

    private static func words<Word: CaseIterable & RawRepresentable<String>>(of words: Word.Type) -> JSONValue {
        ValueShape.choice(of: words).schema
    }

    private static func properties(_ properties: [Property]) -> JSONValue {
        [
            "type": "object",
            "properties": .object(properties.map { JSONValue.Member(name: $0.name, value: $0.schema) }),
        ]
    }

    private static func schema(_ name: String, _ description: String, _ properties: [Property]) -> JSONValue.Member {
        guard case .object(let members) = self.properties(properties) else { return .init(name: name, value: object) }
        return .init(
            name: name, value: .object([.init(name: "description", value: .string(description))] + members))
    }

    private static func reference(_ name: String) -> JSONValue {
        .object([.init(name: "$ref", value: .string("#/components/schemas/\(name)"))])
    }
}
