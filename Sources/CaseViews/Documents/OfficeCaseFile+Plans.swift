public import CaseFile
public import CaseTiming
public import Foundation
public import Ledger

extension OfficeCaseFile {
    /// A plan with its measures.
    public struct Plan: Codable, Hashable, Sendable {
        /// The plan.
        public var planId: UUID
        /// What kind of plan it is.
        public var kind: PlanKind
        /// The goal in words; `nil` when none is set or the person is erased.
        public var goal: String?
        /// Months between two reviews.
        public var reviewEvery: Int?
        /// The plan's own first day.
        public var from: CalendarDate?
        /// The plan's own last day.
        public var to: CalendarDate?
        /// The day as of which it was drafted.
        public var draftedOn: CalendarDate
        /// The day on which the participant agreed; `nil` for a draft.
        public var agreedOn: CalendarDate?
        /// Who agreed for the office.
        public var agreedBy: String?
        /// When it is to be reviewed.
        public var reviewDueOn: CalendarDate?
        /// The reviews, in the order of recording.
        public var reviews: [Review]
        /// The plan's last day; `nil` while it is open.
        public var concludedOn: CalendarDate?
        /// What came of it.
        public var outcome: String?
        /// Its steps, in the order in which they were added.
        public var measures: [Measure]
    }

    /// That a plan was reviewed.
    public struct Review: Codable, Hashable, Sendable {
        /// The day of the review.
        public var on: CalendarDate
        /// What was found; `nil` when nothing is noted or the person is erased.
        public var findings: String?
        /// The day by which the next review was set.
        public var nextReview: CalendarDate?
    }

    /// Days on which a measure does not run although it has started.
    public struct Pause: Codable, Hashable, Sendable {
        /// The first day on which it does not run.
        public var from: CalendarDate
        /// The last such day; `nil` while it is interrupted.
        public var to: CalendarDate?
        /// Why; `nil` where only *timing* is open.
        public var reason: String?
    }

    /// A measure with its content.
    public struct Measure: Codable, Hashable, Sendable {
        /// The measure.
        public var measureId: UUID
        /// What it is called.
        public var title: String?
        /// The field of action.
        public var strand: Strand
        /// Whether it prevents or repairs.
        public var orientation: Orientation?
        /// Whether it strengthens the ability to learn and act, or income.
        public var solidarity: Solidarity?
        /// The id of a published partner, or the provider's name in plain words.
        public var provider: String?
        /// The days it is planned for.
        public var window: DayRange
        /// Weekly load in hours.
        public var hoursPerWeek: Double?
        /// When in the week it takes place.
        public var weeklySlots: [WeeklySlot]
        /// The first day on which it can begin.
        public var earliestStart: CalendarDate?
        /// The last day on which it can end.
        public var latestEnd: CalendarDate?
        /// Where it stands.
        public var progress: CaseFile.Measure.Status
        /// The day on which it began.
        public var startedOn: CalendarDate?
        /// The interruptions, in the order of recording.
        public var pauses: [Pause]
        /// The day on which it ended.
        public var endedOn: CalendarDate?
        /// What came of it.
        public var outcome: String?
        /// The certificate it led to.
        public var certificate: String?
        /// Why it was given up.
        public var reason: String?
    }

    /// That a measure exists and when: all that *timing* opens. Neither title nor provider nor goal.
    public struct MeasureTiming: Codable, Hashable, Sendable {
        /// The measure.
        public var measureId: UUID
        /// The field of action.
        public var strand: Strand
        /// The days it is planned for.
        public var window: DayRange
        /// Weekly load in hours.
        public var hoursPerWeek: Double?
        /// Where it stands.
        public var progress: CaseFile.Measure.Status
        /// The day on which it began.
        public var startedOn: CalendarDate?
        /// The interruptions, in the order of recording, without their reasons.
        public var pauses: [Pause]
        /// The day on which it ended.
        public var endedOn: CalendarDate?
    }

    /// How two measures should lie in time.
    public struct Relation: Codable, Hashable, Sendable {
        /// The first measure.
        public var first: UUID
        /// The second measure.
        public var second: UUID
        /// How they should lie.
        public var relation: RelationKind
        /// The least distance in days.
        public var minDays: Int
        /// The greatest distance in days.
        public var maxDays: Int?
        /// By how many days it may be missed.
        public var tolerance: Int
    }
}

extension OfficeCaseFile.Plan: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("planId", planId)
            $0.field("kind", kind)
            $0.field("goal", goal)
            $0.field("reviewEvery", reviewEvery)
            $0.field("from", from)
            $0.field("to", to)
            $0.field("draftedOn", draftedOn)
            $0.field("agreedOn", agreedOn)
            $0.field("agreedBy", agreedBy)
            $0.field("reviewDueOn", reviewDueOn)
            $0.field("reviews", reviews)
            $0.field("concludedOn", concludedOn)
            $0.field("outcome", outcome)
            $0.field("measures", measures)
        }
    }
}

extension OfficeCaseFile.Review: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("on", on)
            $0.field("findings", findings)
            $0.field("nextReview", nextReview)
        }
    }
}

extension OfficeCaseFile.Pause: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("from", from)
            $0.field("to", to)
            $0.field("reason", reason)
        }
    }
}

extension OfficeCaseFile.Measure: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("measureId", measureId)
            $0.field("title", title)
            $0.field("strand", strand)
            $0.field("orientation", orientation)
            $0.field("solidarity", solidarity)
            $0.field("provider", provider)
            $0.field("window", window)
            $0.field("hoursPerWeek", hoursPerWeek)
            $0.key("weeklySlots")
            $0.array(weeklySlots) { writer, slot in
                writer.object {
                    $0.field("weekday", slot.weekday)
                    $0.field("from", slot.from.description)
                    $0.field("to", slot.to.description)
                }
            }
            $0.field("earliestStart", earliestStart)
            $0.field("latestEnd", latestEnd)
            $0.field("progress", progress)
            $0.field("startedOn", startedOn)
            $0.field("pauses", pauses)
            $0.field("endedOn", endedOn)
            $0.field("outcome", outcome)
            $0.field("certificate", certificate)
            $0.field("reason", reason)
        }
    }
}

extension OfficeCaseFile.MeasureTiming: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("measureId", measureId)
            $0.field("strand", strand)
            $0.field("window", window)
            $0.field("hoursPerWeek", hoursPerWeek)
            $0.field("progress", progress)
            $0.field("startedOn", startedOn)
            $0.field("pauses", pauses)
            $0.field("endedOn", endedOn)
        }
    }
}

extension OfficeCaseFile.Relation: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("first", first)
            $0.field("second", second)
            $0.field("relation", relation)
            $0.field("minDays", minDays)
            $0.field("maxDays", maxDays)
            $0.field("tolerance", tolerance)
        }
    }
}

extension DayRange: JSONWritable {
    func write(to writer: inout JSONWriter) {
        writer.object {
            $0.field("from", first)
            $0.field("to", last)
        }
    }
}
