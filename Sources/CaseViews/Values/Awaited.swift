public import CaseTiming
public import Foundation
public import Ledger

/// Something that one office waits for from another.
public struct Awaited: Codable, Hashable, Sendable {
    /// The other office: the one that waits, or the one that is waited for.
    public var office: Office
    /// The day by which it is to happen, Europe/Berlin; `nil` when none was named.
    public var on: CalendarDate?
    /// What is to happen.
    public var reason: DueReason
    /// The referral or commitment it is about.
    public var subject: UUID
    /// Since when and why by that day, in a sentence that any office involved may read.
    public var why: String
}

extension Awaited: Comparable {
    /// Earlier days come first, and what has no day comes last.
    public static func < (left: Awaited, right: Awaited) -> Bool {
        guard left.on == right.on else {
            guard let leftDay = left.on else { return false }
            return right.on.map { leftDay < $0 } ?? true
        }
        return (left.reason.rawValue, left.subject.uuidString) < (right.reason.rawValue, right.subject.uuidString)
    }
}

extension Awaited: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("office", office)
            $0.field("on", on)
            $0.field("reason", reason)
            $0.field("subject", subject)
            $0.field("why", why)
        }
    }
}
