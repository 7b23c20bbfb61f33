import ArgumentParser
import Foundation
import Ledger
import Postgres
import PostgresLedger

struct Keys: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the keys that the ledger is sealed with, or let a new seal key or master key take over.",
        subcommands: [Show.self, Rotate.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the public keys that checkpoints verify with, the present one last.",
            discussion: "Name, identifier and key with plus signs between them, as tools for signed notes take them.")

        @OptionGroup var data: DataOption

        func run() async throws {
            let pool = try Keys.pool(await data.settings(), as: .worker)
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

                With --master, the new master key is put into the file that GLEICHTAKT_MASTER_KEY names, beside the former \
                one, every person's key is wrapped under it while services and workers go on, and then the former one is \
                taken out of the file: backups of the keys that are older open with it only, so keep or destroy its copies \
                accordingly. Where services and workers have copies of the file, run it with --prepare first, give them \
                the new file and restart them, and then run it without.
                """)

        enum Kind: String, EnumerableFlag {
            case seal, master

            static func help(for value: Kind) -> ArgumentHelp? {
                switch value {
                case .seal: "The key that signs the ledger's checkpoints."
                case .master: "The key that wraps the keys of persons."
                }
            }
        }

        @OptionGroup var data: DataOption
        @Flag var kind: Kind = .seal
        @Flag(help: "Go on although the old private key is lost. Every verification will say so.")
        var withoutOldKey = false
        @Flag(help: "Only put the new master key into the file, so that it can be handed out.")
        var prepare = false

        func validate() throws {
            guard kind == .master || !prepare else { throw ValidationError("--prepare goes with --master.") }
            guard kind == .seal || !withoutOldKey else { throw ValidationError("--without-old-key goes with --seal.") }
        }

        func run() async throws {
            switch kind {
            case .seal: try await rotateSealKey()
            case .master: try await rotateMasterKey()
            }
        }

        private func rotateMasterKey() async throws {
            let settings = try await data.settings()
            let file = try MasterKeyFile(settings)
            let rotation = MasterKeyRotation(pool: try Keys.pool(settings, as: .eraser))
            var content = try file.read()
            if prepare {
                content.next = content.next ?? .random()
                try file.write(content)
                print(
                    "The new master key is in the file beside the former one. Hand the file out, and go on without --prepare."
                )
                return
            }
            if let next = content.next {
                content.keys.append(next)
                content.next = nil
            } else if content.keys.count > 1 {
                print("Going on with a rotation that was interrupted.")
            } else {
                content.keys.append(.random())
            }
            try file.write(content)
            guard let key = content.keys.last else { return }
            let unknown = Set(try await rotation.count().keys).subtracting(content.keys.map(\.name)).sorted()
            guard unknown.isEmpty else {
                throw Failure("Keys of persons are wrapped under master keys that are not in the file: \(unknown).")
            }
            let display = isatty(STDERR_FILENO) == 1
            let keyring = try content.keyring()
            let count = try await rotation.rotate(to: keyring) { done, all in
                if display { try? FileHandle.standardError.write(contentsOf: Data("\r\(done) of \(all)".utf8)) }
            }
            if display { try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K".utf8)) }
            content.keys = [key]
            try file.write(content)
            print("\(count) keys of persons are wrapped under \(key.name); the former master key is retired.")
        }

        private func rotateSealKey() async throws {
            let settings = try await data.settings()
            let file = try SealKeyFile.prepared(settings)
            let rotation = SealKeyRotation(pool: try Keys.pool(settings, as: .worker))
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

    private static func pool(_ settings: Settings, as role: Assembly.DatabaseRole) throws -> PostgresPool {
        PostgresPool(
            PostgresConfiguration(
                uri: try settings.databaseURL(), role: role.rawValue,
                applicationName: "gleichtakt keys"),
            size: 1, logger: try settings.makeLogger("gleichtakt"))
    }
}
