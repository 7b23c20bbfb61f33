/// All shapes in which events of a family were ever recorded, and how each is read.
struct EventShapes<Family: EventFamily>: Sendable {
    typealias Reading = @Sendable (_ payload: [UInt8], _ personal: [UInt8]?) throws -> [Family]

    struct Known: Sendable {
        /// The shape that is written now; `nil` for events that are not written any more.
        var present: EventKind<Family>?
        /// The readings of older shapes by version.
        var older: [Int: Reading] = [:]
        /// The highest version that this program knows.
        var newest = 0
    }

    private var known: [String: Known] = [:]

    init() {
        for kind in Family.kinds {
            known[kind.type, default: Known()].present = kind
            known[kind.type, default: Known()].newest = kind.schemaVersion
        }
        for kind in Family.kinds {
            for body in kind.earlier { add(body, kind.lift) }
        }
        for event in Family.former {
            add(event.body, event.lift)
            for body in event.earlier { add(body, event.lift) }
        }
    }

    private mutating func add<Body: EventBody>(
        _ body: Body.Type, _ lift: @escaping @Sendable (any EventBody) throws -> [Family]
    ) {
        var entry = known[Body.type] ?? Known()
        precondition(
            entry.older[Body.schemaVersion] == nil && entry.present?.schemaVersion != Body.schemaVersion,
            "two bodies claim version \(Body.schemaVersion) of \(Body.type)")
        entry.older[Body.schemaVersion] = { try lift(Body.read($0, $1)) }
        entry.newest = max(entry.newest, Body.schemaVersion)
        known[Body.type] = entry
    }

    subscript(type: String) -> Known? { known[type] }
}
