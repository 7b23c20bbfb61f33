import ArgumentParser
import CaseService
import CaseTiming
import Configuration
import Foundation
import Ledger
import Logging
import PostgresLedger
import RuleFiles
import SystemPackage

/// All settings, in one place. A flag wins over the environment, that over `settings.json` in the data directory, that
/// over the default.
///
/// | environment | `settings.json` | default | meaning |
/// | --- | --- | --- | --- |
/// | `DATABASE_URL` | `database.url` | first line of `database-url` in the data directory | libpq URI of the database |
/// | `GLEICHTAKT_HOST` | `gleichtakt.host` | `127.0.0.1` | address the service listens on |
/// | `GLEICHTAKT_PORT` | `gleichtakt.port` | `8080` | port the service listens on |
/// | `GLEICHTAKT_MODE` | `gleichtakt.mode` | `development` | `production` refuses the development key |
/// | `GLEICHTAKT_JWKS` | `gleichtakt.jwks` | the issuer's, else the development key's | JWKS that tokens are verified against: a file or an `https` address, looked at again every ten minutes and for an unknown key |
/// | `GLEICHTAKT_ISSUER` | `gleichtakt.issuer` | none | what a token's `iss` has to be; where OpenID Connect metadata are found when no JWKS is named |
/// | `GLEICHTAKT_AUDIENCE` | `gleichtakt.audience` | none | what a token's `aud` has to contain |
/// | `GLEICHTAKT_MASTER_KEY` | `gleichtakt.master.key` | `master-key` in the data directory | file of the key that wraps person keys: 32 bytes in base64 |
/// | `GLEICHTAKT_SEAL_KEY` | `gleichtakt.seal.key` | `seal-key` in the data directory | file of the key that signs the ledger's checkpoints: 32 bytes in base64 |
/// | `GLEICHTAKT_LOG_NAME` | `gleichtakt.log.name` | `gleichtakt.local/ledger` | name of the ledger in its checkpoints; never to be changed |
/// | `GLEICHTAKT_POOL_SIZE` | `gleichtakt.pool.size` | `8` | database connections for queries |
/// | `GLEICHTAKT_STATEMENT_SECONDS` | `gleichtakt.statement.seconds` | `30` | how long the database may take for one statement |
/// | `GLEICHTAKT_QUEUE_CAPACITY` | `gleichtakt.queue.capacity` | `1024` | commands that may wait before others are sent away with 503 |
/// | `GLEICHTAKT_RATE_PER_SECOND` | `gleichtakt.rate.per.second` | `100` in production, else `0` | requests a second of one actor, ten times as many at once; `0` does not limit |
/// | `GLEICHTAKT_BODY_BYTES` | `gleichtakt.body.bytes` | `1048576` | greatest body of a request, and greatest line of an import |
/// | `GLEICHTAKT_HEADER_BYTES` | `gleichtakt.header.bytes` | `32768` | greatest header section of a request |
/// | `GLEICHTAKT_REQUEST_SECONDS` | `gleichtakt.request.seconds` | `30` | how long a body may take to arrive, and a query to be answered |
/// | `GLEICHTAKT_IDLE_SECONDS` | `gleichtakt.idle.seconds` | `60` | after how long without a byte a connection is closed |
/// | `GLEICHTAKT_CONNECTIONS` | `gleichtakt.connections` | `4096` | connections served at once |
/// | `GLEICHTAKT_LOG_LEVEL` | `gleichtakt.log.level` | `info` | `trace` … `critical` |
/// | `GLEICHTAKT_GAP_DAYS` | `gleichtakt.gap.days` | `28` | days without any active measure before a gap is found |
/// | `GLEICHTAKT_UNHANDLED_EVENTS` | `gleichtakt.unhandled.events` | `stop` | what the views do about an event they cannot handle: `stop` before it, or `park` its stream and go on |
/// | `GLEICHTAKT_SEQUENCE_MONTHS` | `gleichtakt.sequence.months` | `12` | months ahead in which two offices should act on a common day |
/// | `GLEICHTAKT_WEEKLY_HOURS` | `gleichtakt.weekly.hours` | `40` | hours a week of measures and work above which a clash is found |
/// | `GLEICHTAKT_REVIEW_DAYS` | `gleichtakt.review.days` | `14` | days before a plan's review is due from which it is a finding |
/// | `GLEICHTAKT_DEADLINE_DAYS` | `gleichtakt.deadline.days` | `14` | days before a period from a rule ends from which it is a finding |
/// | `GLEICHTAKT_HANDOVER_DAYS` | `gleichtakt.handover.days` | `28` | days before a measure ends from which, and after it within which, something has to follow |
/// | `GLEICHTAKT_AGE_DAYS` | `gleichtakt.age.days` | `182` | days before the month of a birthday that ends a time of the law from which something has to follow |
/// | `GLEICHTAKT_INCOME_DAYS` | `gleichtakt.income.days` | `28` | days before work ends from which an income has to be recorded for the time after it |
/// | `GLEICHTAKT_OVERLAP_DAYS` | `gleichtakt.overlap.days` | `28` | days on which two offices' measures are proposed to overlap that nobody has related |
/// | `GLEICHTAKT_ANSWER_DAYS` | `gleichtakt.answer.days` | `14` | days to answer a proposal of the worker |
/// | `GLEICHTAKT_READ_LOG_DAYS` | `gleichtakt.read.log.days` | `365` | days after which the record of a look at a case is removed, at least 30 |
/// | `GLEICHTAKT_RULES` | `gleichtakt.rules` | none | folder with further rule files; a rule in it takes the place of the shipped one |
///
/// An office can have a window in time in which it has room for measures that the worker proposes to move, and a weight for a
/// day by which one of its own is moved: `GLEICHTAKT_JOBCENTRE_CAPACITY_FROM`, `GLEICHTAKT_JOBCENTRE_CAPACITY_TO` (dates, none
/// unless stated) and `GLEICHTAKT_JOBCENTRE_SHIFT_WEIGHT` (a whole number, 1 unless stated), and so on for the others. Several
/// windows are `GLEICHTAKT_JOBCENTRE_CAPACITY_WINDOWS`, such as `2026-01-07/2026-03-27,2026-04-13/..`, instead of the two dates.
///
/// An office can have numbers of days of its own, from `REVIEW` to `INCOME`: `GLEICHTAKT_JOBCENTRE_REVIEW_DAYS`,
/// `GLEICHTAKT_YOUTHOFFICE_AGE_DAYS`, `GLEICHTAKT_SOCIALOFFICE_INCOME_DAYS`, or `gleichtakt.jobcentre.review.days` and so on.
struct Settings {
    enum Mode: String {
        case development, production
    }

    /// Where the private server and the development key are kept.
    let dataDirectory: URL
    private let reader: ConfigReader

    init(dataDirectory path: String) async throws {
        dataDirectory = URL(fileURLWithPath: path, isDirectory: true)
        let file = dataDirectory.appendingPathComponent("settings.json").path
        reader = ConfigReader(providers: [
            EnvironmentVariablesProvider(),
            try await FileProvider<JSONSnapshot>(filePath: FilePath(file), allowMissing: true),
        ])
    }

    func databaseURL() throws -> String {
        if let url = reader.string(forKey: "database.url", isSecret: true), !url.isEmpty { return url }
        let file = dataDirectory.appendingPathComponent("database-url")
        guard let text = try? String(contentsOf: file, encoding: .utf8),
            let line = text.split(whereSeparator: \.isNewline).first
        else {
            throw Failure(
                "No database: set DATABASE_URL, or start one with ops/run, which records it in \(file.path).")
        }
        return String(line)
    }

    var host: String { reader.string(forKey: "gleichtakt.host", default: "127.0.0.1") }

    var port: Int { reader.int(forKey: "gleichtakt.port", default: 8080) }

    func mode() throws -> Mode {
        let name = reader.string(forKey: "gleichtakt.mode", default: Mode.development.rawValue)
        guard let mode = Mode(rawValue: name) else {
            throw ValidationError("GLEICHTAKT_MODE is '\(name)'; it can be development or production.")
        }
        return mode
    }

    /// A file's path or an address.
    var keySet: String? { text("gleichtakt.jwks") }

    var issuer: String? { text("gleichtakt.issuer") }

    var audience: String? { text("gleichtakt.audience") }

    /// A setting that may be left empty.
    private func text(_ key: ConfigKey) -> String? {
        reader.string(forKey: key).flatMap { $0.isEmpty ? nil : $0 }
    }

    var masterKeyFile: URL {
        reader.string(forKey: "gleichtakt.master.key").map { URL(fileURLWithPath: $0) }
            ?? dataDirectory.appendingPathComponent("master-key")
    }

    var sealKeyFile: URL {
        reader.string(forKey: "gleichtakt.seal.key").map { URL(fileURLWithPath: $0) }
            ?? dataDirectory.appendingPathComponent("seal-key")
    }

    var logName: String { reader.string(forKey: "gleichtakt.log.name", default: "gleichtakt.local/ledger") }

    var poolSize: Int { max(1, reader.int(forKey: "gleichtakt.pool.size", default: 8)) }

    var statementTimeout: Duration { .seconds(max(1, reader.int(forKey: "gleichtakt.statement.seconds", default: 30))) }

    /// How often one actor may ask; `nil` does not limit.
    func rateLimit() throws -> RateLimit? {
        let standard = try mode() == .production ? 100.0 : 0
        let perSecond = reader.double(forKey: "gleichtakt.rate.per.second", default: standard)
        return perSecond > 0 ? RateLimit(perSecond: perSecond, burst: max(1, Int(perSecond * 10))) : nil
    }

    var bodyLimit: Int { max(1024, reader.int(forKey: "gleichtakt.body.bytes", default: 1 << 20)) }

    var headerLimit: Int { max(4096, reader.int(forKey: "gleichtakt.header.bytes", default: 32 * 1024)) }

    var requestTimeout: Duration { .seconds(max(1, reader.int(forKey: "gleichtakt.request.seconds", default: 30))) }

    var idleTimeout: Duration { .seconds(max(1, reader.int(forKey: "gleichtakt.idle.seconds", default: 60))) }

    var connectionLimit: Int { max(1, reader.int(forKey: "gleichtakt.connections", default: 4096)) }

    var queueCapacity: Int { max(1, reader.int(forKey: "gleichtakt.queue.capacity", default: 1024)) }

    var gapDays: Int { max(1, reader.int(forKey: "gleichtakt.gap.days", default: 28)) }

    var sequenceMonths: Int { max(1, reader.int(forKey: "gleichtakt.sequence.months", default: 12)) }

    var readLogDays: Int { max(30, reader.int(forKey: "gleichtakt.read.log.days", default: 365)) }

    /// From when on something counts as out of step.
    var thresholds: TimingThresholds {
        TimingThresholds(
            gapDays: gapDays, sequenceHorizonMonths: sequenceMonths,
            weeklyHours: reader.double(forKey: "gleichtakt.weekly.hours", default: 40),
            offices: Dictionary(uniqueKeysWithValues: Office.allCases.map { ($0, thresholds(of: $0)) }))
    }

    private func thresholds(of office: Office) -> OfficeThresholds {
        let own = office.rawValue.filter(\.isLetter)
        let standard = OfficeThresholds()
        let days = { (name: String, standard: Int) in
            reader.int(
                forKey: ConfigKey("gleichtakt.\(own).\(name).days"),
                default: reader.int(forKey: ConfigKey("gleichtakt.\(name).days"), default: standard))
        }
        return OfficeThresholds(
            reviewDays: days("review", standard.reviewDays), deadlineDays: days("deadline", standard.deadlineDays),
            handoverDays: days("handover", standard.handoverDays), ageDays: days("age", standard.ageDays),
            incomeDays: days("income", standard.incomeDays))
    }

    /// How the worker proposes to bring measures into step.
    func alignmentTerms() throws -> AlignmentTerms {
        let standard = AlignmentTerms()
        return AlignmentTerms(
            overlapDays: reader.int(forKey: "gleichtakt.overlap.days", default: standard.overlapDays),
            answerDays: reader.int(forKey: "gleichtakt.answer.days", default: standard.answerDays),
            offices: Dictionary(
                uniqueKeysWithValues: try Office.allCases.map { ($0, try capacity(of: $0)) }))
    }

    private func capacity(of office: Office) throws -> OfficeCapacity {
        let own = office.rawValue.filter(\.isLetter)
        func day(_ name: String) throws -> CalendarDate? {
            guard let value = text(ConfigKey("gleichtakt.\(own).capacity.\(name)")) else { return nil }
            guard let day = CalendarDate(value) else {
                throw ValidationError(
                    "GLEICHTAKT_\(own.uppercased())_CAPACITY_\(name.uppercased()) is '\(value)'; it has to be YYYY-MM-DD."
                )
            }
            return day
        }
        let (from, to) = (try day("from"), try day("to"))
        if let from, let to, to < from {
            throw ValidationError("The \(office.title)'s capacity ends on \(to), before it begins on \(from).")
        }
        var windows = CapacityWindows([CapacityWindow(from: from, to: to)])
        if let list = text(ConfigKey("gleichtakt.\(own).capacity.windows")) {
            guard from == nil, to == nil, let several = Self.windows(list) else {
                throw ValidationError(
                    "GLEICHTAKT_\(own.uppercased())_CAPACITY_WINDOWS is '\(list)'; it has to be days as in "
                        + "'2026-01-07/2026-03-27,2026-04-13/..', without …_CAPACITY_FROM and …_CAPACITY_TO.")
            }
            windows = several
        }
        let weight = reader.int(forKey: ConfigKey("gleichtakt.\(own).shift.weight"), default: 1)
        guard (0...AlignmentProblem.maximumWeight).contains(weight) else {
            throw ValidationError(
                "GLEICHTAKT_\(own.uppercased())_SHIFT_WEIGHT is \(weight); it can be 0 to \(AlignmentProblem.maximumWeight)."
            )
        }
        return OfficeCapacity(windows, weight: weight)
    }

    /// Intervals of ISO 8601 (`..` is an open end) with commas between; `nil` where that is not what it is.
    private static func windows(_ list: String) -> CapacityWindows? {
        var windows: [CapacityWindow] = []
        for part in list.split(separator: ",") {
            let ends = part.trimmingCharacters(in: .whitespaces).split(separator: "/", omittingEmptySubsequences: false)
            guard ends.count == 2 else { return nil }
            let days = ends.map { CalendarDate(String($0)) }
            guard zip(ends, days).allSatisfy({ $0 == ".." || $1 != nil }) else { return nil }
            if let from = days[0], let to = days[1], to < from { return nil }
            windows.append(CapacityWindow(from: days[0], to: days[1]))
        }
        return windows.isEmpty ? nil : CapacityWindows(windows)
    }

    func unhandledEvents() throws -> UnhandledEventPolicy {
        let name = reader.string(forKey: "gleichtakt.unhandled.events", default: UnhandledEventPolicy.stop.rawValue)
        guard let policy = UnhandledEventPolicy(rawValue: name) else {
            throw ValidationError("GLEICHTAKT_UNHANDLED_EVENTS is '\(name)'; it can be stop or park.")
        }
        return policy
    }

    /// The shipped rules and those of the installation; a process does not start with rules that are wrong.
    func rules() throws -> RuleBook {
        let folder = reader.string(forKey: "gleichtakt.rules").map { URL(fileURLWithPath: $0, isDirectory: true) }
        do {
            return try RuleFiles.book(adding: folder)
        } catch let flaws as RuleBookFlaws {
            throw Failure("The rules cannot be used:\n\(flaws)")
        }
    }

    func makeLogger(_ label: String) throws -> Logger {
        let name = reader.string(forKey: "gleichtakt.log.level", default: "info")
        guard let level = Logger.Level(rawValue: name) else {
            throw ValidationError(
                "GLEICHTAKT_LOG_LEVEL is '\(name)'; it can be trace, debug, info, notice, warning, error or critical.")
        }
        var logger = Logger(label: label) { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        return logger
    }
}

/// What went wrong, for people to read.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// The option that every subcommand takes.
struct DataOption: ParsableArguments {
    @Option(name: .customLong("data"), help: "Directory of the private server and the development key.")
    var directory = ".local"

    func settings() async throws -> Settings {
        try await Settings(dataDirectory: directory)
    }
}
