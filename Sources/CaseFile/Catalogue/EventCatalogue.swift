public import Ledger

/// All events that the ledger may hold, with the shapes in which they are recorded.
///
/// Shapes follow from the code that reads the events, descriptions from its comments, so neither can drift.
public enum EventCatalogue {
    /// One shape of one event.
    public struct Entry: Sendable {
        /// Where and how it is recorded.
        public let shape: EventShape
        /// What happened, in a sentence.
        public let description: String?
        /// The schema of the part that is readable for everybody who may read the ledger.
        public let data: JSONSchema
        /// The schema of the part that is sealed under the person's key; `nil` for events without one.
        public let personal: JSONSchema?
    }

    /// All shapes of all families.
    public static var shapes: [EventShape] {
        CaseEvent.shapes + HouseholdEvent.shapes + AreaEvent.shapes + OfferEvent.shapes + PartnerEvent.shapes
            + EmploymentFieldEvent.shapes
    }

    /// Every shape with its schema.
    ///
    /// - Throws: when the form of a type cannot be found out; a test takes care that it can.
    public static func entries() throws -> [Entry] {
        try shapes.map { shape in
            let body = shape.body as? any Categorised.Type
            return Entry(
                shape: shape, description: EventDescriptions.texts["\(shape.body)"],
                data: try shape.dataSchema().described(description)
                    .categorised { body?.category(of: $0)?.rawValue },
                personal: try shape.personalSchema()?.described(description)
                    .categorised { body?.category(of: $0)?.rawValue })
        }
    }

    private static func description(_ title: String, _ member: String) -> String? {
        EventDescriptions.texts["\(title).\(member)"]
    }
}
