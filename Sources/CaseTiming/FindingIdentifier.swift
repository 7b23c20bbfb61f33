public import Foundation
import Ledger

extension Finding {
    /// The finding's identifier, the same each time it is opened: derived from its owner and its key there.
    public var id: UUID { UUID(derivedFrom: ownerID, key) }

    /// The case or household whose history holds it.
    public var ownerID: UUID {
        switch owner {
        case .singleCase(let id), .household(let id): id
        }
    }
}
