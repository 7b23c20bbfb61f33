import ArgumentParser
import CaseViews
import Foundation
import PostgresLedger

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the ledger and the views, and name every damage.",
        discussion: "Exit status 1 if there is any. The views are compared with a replay of all events from nothing.")

    @OptionGroup var data: DataOption

    func run() async throws {
        let damages = try await Assembly(await data.settings(), as: .worker, connections: 2).withPool { assembly in
            var damages = 0
            let ledger = try await LedgerVerification(pool: assembly.pool).run()
            print("ledger: \(ledger.events) events in \(ledger.streams) streams: positions and versions are dense,")
            print("        recording times do not decrease, commands are complete: \(ledger.damages.count) damages")
            for damage in ledger.damages {
                print("damage: position \(damage.position): \(damage.kind.rawValue): \(damage.sentence)")
            }
            damages += ledger.damages.count
            if ledger.damages.isEmpty {
                let views = try await ViewVerification.compareWithReplay(
                    pool: assembly.pool, store: assembly.store, vault: assembly.vault)
                print("views: compared with a replay up to position \(views.position): \(views.damages.count) damages")
                for damage in views.damages {
                    print("damage: \(damage.table) \(damage.key): \(damage.kind.rawValue)")
                }
                damages += views.damages.count
            } else {
                print("views: not compared, because the ledger they would be replayed from is damaged")
            }
            return damages
        }
        guard damages == 0 else { throw ExitCode(1) }
    }
}
