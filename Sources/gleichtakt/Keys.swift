import ArgumentParser
import Foundation
import Ledger
import Postgres
import PostgresLedger

struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the keys that the ledger is sealed with, or let a new one take over.",
        subcommands: [Show.self, Rotate.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the public keys that checkpoints verify with, the present one last.",
            discussion: "Name, identifier and key with plus signs between them, as tools for signed notes take them.")

        @OptionGroup var data: DataOption

        func run() async throws {
            let pool = try Keys.pool(await data.settings())
            let keys = try await SealedLog(pool: pool).keys()
            guard !keys.isEmpty else {
                throw Failure("The ledger is not sealed yet: the worker makes the first key known.")
            }
            for key in keys { print(key.verifier) }
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a new key take over.",
            discussion: """
                The new key is made and put into the file that GLEICHTAKT_SEAL_KEY names. The checkpoint at the turn is \
                signed by the old key and the new one, so who trusts the old one can trust the new one; the old private key \
                is then no longer needed, and not kept. Interrupted at any point, the command can be repeated. Workers \
                with a copy of the file seal nothing until they are given the new one.
                """)

        enum Kind: String, EnumerableFlag {
            case seal

            static func help(for value: Kind) -> ArgumentHelp? {
                switch value {
                case .seal: "The key that signs the ledger's checkpoints."
                }
            }
        }

        @OptionGroup var data: DataOption
        @Flag var kind: Kind = .seal
        @Flag(help: "Go on although the old private key is lost. Every verification will say so.")
        var withoutOldKey = false

        func run() async throws {
            switch kind {
            case .seal: try await rotateSealKey()
            }
        }

        private func rotateSealKey() async throws {
            let settings = try await data.settings()
            let file = try SealKeyFile.prepared(settings)
            let rotation = SealKeyRotation(pool: try Keys.pool(settings))
            var keys = try file.read()
            // One that is there already was made by a rotation that did not come further.
            if let current = try await rotation.current(), keys.last?.verifier.description != current, keys.count > 1 {
                print("Going on with the key of a rotation that was interrupted.")
            } else {
                keys.append(try NoteSigningKey(name: file.name))
                try file.write(keys)
            }
            guard let key = keys.last else { return }
            let outcome = try await rotation.rotate(
                to: key, predecessors: keys.dropLast(), withoutPredecessor: withoutOldKey)
            try file.write([key])
            if let before = outcome.before { print("Until now: \(before)") }
            print("From now on: \(outcome.now)")
            if let transition = outcome.transition { print("\n\(transition)", terminator: "") }
        }
    }

    private static func pool(_ settings: Settings) throws -> PostgresPool {
        PostgresPool(
            PostgresConfiguration(
                uri: try settings.databaseURL(), role: Assembly.DatabaseRole.worker.rawValue,
                applicationName: "gleichtakt keys"),
            size: 1, logger: try settings.makeLogger("gleichtakt"))
    }
}
