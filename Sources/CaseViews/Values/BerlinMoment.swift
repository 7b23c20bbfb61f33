public import CaseFile

/// A time on the wall as documents hold it: RFC 3339 with the offset that Europe/Berlin has then.
public struct BerlinMoment: Hashable, Sendable {
    /// What a clock on the wall shows.
    public var wall: WallTime

    /// The moment at which clocks in Europe/Berlin show that, the first one where there are two.
    public init(_ wall: WallTime) {
        self.wall = wall
    }
}

extension BerlinMoment: Codable {
    /// Decodes RFC 3339, or `YYYY-MM-DDTHH:MM` on the wall clock.
    public init(from decoder: any Decoder) throws { self.init(try WallTime(from: decoder)) }

    /// Encodes RFC 3339 with the offset of Europe/Berlin.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wall.rfc3339)
    }
}
