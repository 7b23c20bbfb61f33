/// An older shape of an event, kept as it was released, and how it becomes the next one.
///
/// When a released event has to change, its body is kept under a name with its version, such as `MeasureAddedV1`, with
/// the type and schema version that it was recorded with; the new body gets the next schema version. Each step leads to
/// the shape that followed, so a step is written once and stays as it is.
///
/// Lifting is a pure function of the event: the same bytes mean the same wherever and whenever they are read.
public protocol EarlierEventBody: EventBody {
    /// The shape that followed: a later version of the event, also under another name.
    associatedtype Successor: EventBody

    /// This event in the shape that followed, its personal part included as far as it is still there.
    ///
    /// - Throws: an error when recorded content has no counterpart; the event then counts as unreadable.
    func lifted() throws -> Successor
}

/// A type of event that was recorded once and is not written any more, and what its events mean today.
///
/// Nothing, for an event that was given up; one event, for one that was merged into another; several, for one that was
/// split. What one recorded event means today has its version and position.
public struct FormerEvent<Family: Sendable>: Sendable {
    /// The event's name in past tense.
    public let type: String
    /// The last shape in which it was written.
    public let schemaVersion: Int
    let body: any EventBody.Type
    let earlier: [any EarlierEventBody.Type]
    let lift: @Sendable (any EventBody) throws -> [Family]

    /// The event whose last shape was `body`, with all shapes that it had before.
    public init<Body: EventBody>(
        _ body: Body.Type, earlier: any EarlierEventBody.Type...,
        meaning: @escaping @Sendable (Body) throws -> [Family]
    ) {
        EventLifting.requireWay(from: earlier, to: body)
        type = Body.type
        schemaVersion = Body.schemaVersion
        self.body = body
        self.earlier = earlier
        lift = { old in try meaning(EventLifting.lift(old, to: Body.self)) }
    }
}

/// The way from older shapes to the present one.
enum EventLifting {
    struct NoWay: Error {}

    /// Takes a body step by step to the shape `Body`.
    static func lift<Body: EventBody>(_ old: any EventBody, to: Body.Type) throws -> Body {
        var body = old
        while true {
            if let reached = body as? Body { return reached }
            guard let earlier = body as? any EarlierEventBody else { throw NoWay() }
            body = try earlier.lifted()
        }
    }

    /// Stops a program in which an older shape does not lead to the present one: reading could never work.
    static func requireWay(from earlier: [any EarlierEventBody.Type], to body: any EventBody.Type) {
        for start in earlier {
            var steps = [ObjectIdentifier(start)]
            var step: any EventBody.Type = start
            while ObjectIdentifier(step) != ObjectIdentifier(body) {
                guard let next = (step as? any EarlierEventBody.Type).map(successor) else {
                    preconditionFailure("\(start) does not lead to \(body): it ends at \(step)")
                }
                precondition(!steps.contains(ObjectIdentifier(next)), "\(start) leads in a circle")
                steps.append(ObjectIdentifier(next))
                step = next
            }
        }
    }

    private static func successor(of body: any EarlierEventBody.Type) -> any EventBody.Type {
        func successor<Body: EarlierEventBody>(_ body: Body.Type) -> any EventBody.Type { Body.Successor.self }
        return successor(body)
    }
}
