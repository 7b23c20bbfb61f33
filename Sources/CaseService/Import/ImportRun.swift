import CaseFile
import DequeModule

/// One import on its way: takes what arrives at the desk, starts what may be started, and gives the verdicts in order.
///
/// A plain state machine; ``ImportRoute`` carries out what it asks for.
struct ImportRun: Sendable {
    /// What has to happen next.
    struct Actions: Sendable {
        /// Lines to carry out.
        var begin: [(number: Int, line: ImportLine)] = []
        /// Whether the lines are likely to have been done in an earlier import, as the last one was.
        var areLikelyRepeated = false
        /// Verdicts to write, in the order of the lines.
        var verdicts: [UInt8] = []
        /// The room that they make at the desk.
        var room = 0
        /// Whether this is the end.
        var isOver = false
    }

    private struct Entry: Sendable {
        var weight: Int
        var line: ImportLine?
        var verdict: ImportVerdict?
        /// How many lines had recorded something when this one was begun.
        var recordedBefore = 0
        /// Whether all lines before it were done when it was begun: then its verdict stands.
        var standsAlone = false
    }

    private let width: Int
    private let read: @Sendable (LineSplitter.Line) -> Result<ImportLine, Problem>
    private var schedule = ImportSchedule()
    private var entries: [Int: Entry] = [:]
    private var ready: Deque<Int> = []
    private var running = 0
    private var lastRead = 0
    private var nextWritten = 1
    private var recorded = 0
    private var wasLastRepeated = false
    private var hasEnd = false
    private var isStopped = false

    /// An import that carries out at most `width` lines at the same time.
    init(width: Int, read: @escaping @Sendable (LineSplitter.Line) -> Result<ImportLine, Problem>) {
        self.width = width
        self.read = read
    }

    /// Takes what arrived into account.
    ///
    /// - Throws: what ended the reading of lines.
    mutating func take(_ arrivals: [ImportDesk.Arrival]) throws -> Actions {
        var actions = Actions()
        for arrival in arrivals {
            switch arrival {
            case .lines(let lines): for line in lines { add(line) }
            case .end: hasEnd = true
            case .failure(let error): throw error
            case .verdict(let number, let verdict):
                running -= 1
                if verdict.hasRecorded { recorded += 1 }
                wasLastRepeated = verdict.isRepeated
                entries[number]?.verdict = verdict
                // One that may have been refused only because of what was under way keeps its place until its turn.
                if !verdict.dependsOnState { finish(number) }
            }
        }
        write(&actions)
        begin(&actions)
        actions.areLikelyRepeated = wasLastRepeated
        actions.isOver = isStopped || hasEnd && nextWritten > lastRead
        return actions
    }

    private mutating func add(_ line: LineSplitter.Line) {
        lastRead += 1
        var entry = Entry(weight: ImportDesk.weight(of: line))
        switch read(line) {
        case .failure(let problem): entry.verdict = .refused(problem)
        case .success(let line):
            entry.line = line
            if schedule.add(lastRead, line.claims) { ready.append(lastRead) }
        }
        entries[lastRead] = entry
    }

    private mutating func finish(_ number: Int) {
        for next in schedule.finish(number) { ready.append(next) }
    }

    private mutating func begin(_ actions: inout Actions) {
        while !isStopped, running < width, let number = ready.popFirst() {
            guard let line = entries[number]?.line else { continue }
            entries[number]?.recordedBefore = recorded
            entries[number]?.standsAlone = number == nextWritten
            running += 1
            actions.begin.append((number, line))
        }
    }

    private mutating func write(_ actions: inout Actions) {
        while !isStopped, let entry = entries[nextWritten], let verdict = entry.verdict {
            if verdict.dependsOnState, entry.line != nil, !entry.standsAlone, entry.recordedBefore != recorded {
                // Something was recorded since it was begun; now that all before it is done, it is judged for good.
                entries[nextWritten]?.verdict = nil
                ready.prepend(nextWritten)
                return
            }
            actions.verdicts += verdict.line(nextWritten)
            actions.room += entry.weight
            entries[nextWritten] = nil
            finish(nextWritten)
            nextWritten += 1
            if verdict.isOutage { isStopped = true }
        }
    }
}
