import ArgumentParser
import CaseService
import CaseTiming
import Foundation
import Ledger

struct Timing: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Ask what would be, without recording anything: the end of a period, or what brings measures into step.",
        discussion:
            "Prints what the API answers to the same question. Needs no database and nothing of the data directory.",
        subcommands: [PeriodEnd.self, Align.self])

    @OptionGroup var data: DataOption

    struct PeriodEnd: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "period",
            abstract: "When a period of the law ends, with every step and its source (§§ 187–193 BGB, §§ 26, 37 SGB X)."
        )

        // Every command takes it, so that scripts need not tell them apart.
        @OptionGroup var data: DataOption
        @Option(help: "The day of the event, YYYY-MM-DD; with --posted the day of posting.")
        var event: CalendarDate
        @Option(help: "How long, as ISO 8601 writes days, weeks, months or years: P14D, P2W, P1M, P1Y.")
        var length: PeriodLength
        @Option(help: "The Land in which the period is observed, HE or DE-HE.")
        var land: Land
        @Option(
            help: """
                The municipality, by name or official key (AGS), where its holidays may differ from the Land's; or \
                catholic-majority or other for one of that kind in Bayern, Sachsen or Thüringen.
                """)
        var municipality: String?
        @Flag(help: "The event is a posting: it counts as notified on the fourth day after, until 2024 the third.")
        var posted = false
        @Flag(
            inversion: .prefixedNo,
            help: "Whether the end moves to a working day; not for appointments, benefit periods and fixed days.")
        var shift = true
        @Flag(help: "The period begins with the beginning of the day of the event, which then is counted.")
        var startOfDay = false

        func validate() throws {
            if posted, startOfDay {
                throw ValidationError(
                    "--posted and --start-of-day exclude each other: the day of notification never counts.")
            }
        }

        func run() throws {
            do {
                let municipality = try municipality.map { name throws(Municipality.Unknown) in
                    try Municipality(name, in: land)
                }
                let period = try Period(
                    from: event, isPosting: posted, start: startOfDay ? .beginningOfTheDay : .duringTheDay,
                    lasting: length, movesToWorkingDay: shift,
                    in: HolidayCalendar(land: land, municipality: municipality))
                print(try JSONText.pretty(PeriodAnswer(period)))
            } catch let unknown as Municipality.Unknown {
                throw ValidationError("--municipality: \(unknown.sentence).")
            } catch let error as PeriodError {
                throw ValidationError("The period \(error.sentence).")
            }
        }
    }
}

extension Timing {
    struct Align: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The shifts of least total weight that bring measures into step, or what contradicts them.",
            discussion: "FILE holds the body of POST /v1/timing/align in JSON.")

        @OptionGroup var data: DataOption
        @Argument(help: "A file, or - for standard input.")
        var file: String

        func run() throws {
            let question: Data
            do {
                question =
                    file == "-"
                    ? try FileHandle.standardInput.readToEnd() ?? Data() : try Data(contentsOf: URL(filePath: file))
            } catch {
                throw Failure("\(file) cannot be read: \(error.localizedDescription)")
            }
            do throws(AlignmentDocumentFlaws) {
                print(String(decoding: try AlignmentDocument.answer(to: Array(question)), as: UTF8.self))
            } catch {
                throw Failure(
                    (["\(file) is no question that could be answered:"] + error.lines).joined(separator: "\n  "))
            }
        }
    }
}

/// JSON for people: one member and one element a line, members in alphabetical order.
enum JSONText {
    static func pretty(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
