/// The content of one type of event: the non-personal part is its `Codable` form, the personal part lies beside it.
///
/// A body with personal fields declares a nested `Personal` and leaves `personal` out of its `CodingKeys`.
public protocol EventBody: Codable, Hashable, Sendable {
    /// The fields that are sealed under the person's key.
    associatedtype Personal: Codable & Hashable & Sendable = NoPersonalData
    /// The event's name in past tense; the type's own name unless declared otherwise.
    static var type: String { get }
    /// The shape that is written now, from 1.
    static var schemaVersion: Int { get }
    /// The personal fields; `nil` once the person's key is destroyed.
    var personal: Personal? { get set }
}

/// The personal part of an event that has none.
public struct NoPersonalData: Codable, Hashable, Sendable {}

extension EventBody {
    /// The Swift type's name.
    public static var type: String { String(describing: Self.self) }
    /// The first shape.
    public static var schemaVersion: Int { 1 }

    /// The event behind recorded bytes.
    static func read(_ payload: [UInt8], _ personal: [UInt8]?) throws -> Self {
        var body = try LedgerJSON.decode(Self.self, from: payload)
        if let personal { body.personal = try LedgerJSON.decode(from: personal) }
        return body
    }
}

extension EventBody where Personal == NoPersonalData {
    /// Nothing is sealed.
    public var personal: NoPersonalData? {
        get { nil }
        set {}
    }
}

/// All the events of one category of streams, usually an enum with one case per body.
public protocol EventFamily: Sendable {
    /// The category of the streams that hold these events.
    static var category: String { get }
    /// One entry per case.
    static var kinds: [EventKind<Self>] { get }
    /// The events that were recorded once and are not written any more; none unless declared otherwise.
    static var former: [FormerEvent<Self>] { get }
    /// The content of this event.
    var body: any EventBody { get }
}

extension EventFamily {
    /// No event was ever given up.
    public static var former: [FormerEvent<Self>] { [] }
}

/// How one type of event is read back.
public struct EventKind<Family: Sendable>: Sendable {
    /// The event's name in past tense.
    public let type: String
    /// The shape that is written now.
    public let schemaVersion: Int
    /// The present body.
    let body: any EventBody.Type
    /// The bodies of all older shapes.
    let earlier: [any EarlierEventBody.Type]
    let read: @Sendable (_ payload: [UInt8], _ personal: [UInt8]?) throws -> Family
    let lift: @Sendable (any EventBody) throws -> [Family]

    /// The kind of event whose content is `body`, placed in its family by `embed`.
    ///
    /// - Parameter earlier: every older shape in which events of this kind were recorded, under whatever name. Each of
    ///   them leads, step by step, to `body`; one that does not is a programming error.
    public init<Body: EventBody>(
        _ body: Body.Type, earlier: any EarlierEventBody.Type..., embed: @escaping @Sendable (Body) -> Family
    ) {
        EventLifting.requireWay(from: earlier, to: body)
        type = Body.type
        schemaVersion = Body.schemaVersion
        self.body = body
        self.earlier = earlier
        read = { payload, personal in embed(try Body.read(payload, personal)) }
        lift = { old in [embed(try EventLifting.lift(old, to: Body.self))] }
    }

    /// The kind of event whose content is `body`, placed in its family by `embed`.
    public init<Body: EventBody>(_ body: Body.Type, _ embed: @escaping @Sendable (Body) -> Family) {
        self.init(body, embed: embed)
    }
}
