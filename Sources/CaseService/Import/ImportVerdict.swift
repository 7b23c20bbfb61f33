import CaseCommands

/// What came of one line of an import.
enum ImportVerdict: Sendable {
    case done(CommandRunner.Outcome)
    case refused(Problem)

    /// Whether something was recorded that was not recorded before.
    var hasRecorded: Bool {
        guard case .done(let outcome) = self else { return false }
        return !outcome.receipt.isReplay && !outcome.receipt.events.isEmpty
    }

    /// Whether it was recorded before.
    var isRepeated: Bool {
        if case .done(let outcome) = self { outcome.receipt.isReplay } else { false }
    }

    /// Whether a line that was carried out earlier could have made this another verdict.
    var dependsOnState: Bool {
        guard case .refused(let problem) = self else { return false }
        return [.rejected, .notFound, .forbidden].contains(problem.kind)
    }

    /// Whether the ledger could not be reached, so that neither this line nor those after it can be judged.
    var isOutage: Bool {
        guard case .refused(let problem) = self else { return false }
        return problem.kind == .unavailable
    }

    /// The verdict as one line of NDJSON.
    func line(_ number: Int) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("line", number)
        switch self {
        case .refused(let problem): problem.write(to: &writer)
        case .done(let outcome):
            writer.member("status", outcome.status)
            outcome.write(to: &writer)
            if outcome.receipt.isReplay {
                writer.name("replayed")
                writer.boolean(true)
            }
        }
        writer.endObject()
        return writer.bytes + [0x0A]
    }
}
