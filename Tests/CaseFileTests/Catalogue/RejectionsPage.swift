/// The table of commands and rejections as a page of the documentation.
struct RejectionsPage {
    private(set) var text = """
        # Commands and rejections

        What each command can be rejected for, and what to do about it.

        ## Overview

        Made from the code by `GLEICHTAKT_RECORD=1 swift test --filter RejectionTableTests`; not written by hand. A rejection is
        answered with 409, its rule in `rule` and the sentence in `detail`; … stands for what it is about in particular. It changes
        nothing, and may be another one a moment later. What a role or an office may not do at all is answered with 403, what it
        may not even know of with 404. A command in a case that concerns other streams is rejected for what is said about those
        too: accepting a placement also for what rejects `take-place`.

        """

    private static let families = [
        ("CaseCommand", "Cases"), ("HouseholdCommand", "Households, by the system itself"),
        ("OfferCommand", "Offers"), ("PartnerCommand", "Partners"), ("AreaCommand", "Programme areas"),
        ("EmploymentFieldCommand", "Employment fields"),
    ]

    init(_ table: RejectionTable) {
        for (family, title) in Self.families {
            text += "\n## \(title)\n\n"
            let common = table.families[family] ?? []
            if !common.isEmpty { text += "Every command here: \(Self.list(common)).\n\n" }
            text += "| command | rejected as |\n| --- | --- |\n"
            for command in table.members[family] ?? [] {
                let own = (table.commands[command] ?? []).subtracting(common)
                text += "| `\(command)` | \(own.isEmpty ? "" : Self.list(own)) |\n"
            }
        }
        text += "\n## What to do\n\n| rule | what it says |\n| --- | --- |\n"
        for (rule, detail) in table.details.sorted(by: { $0.key < $1.key }) {
            text += "| `\(rule)` | \(detail.replacing("|", with: "\\|")) |\n"
        }
        text += "| `invalid-…` | A field that has to say something is empty; it is named in kebab case. |\n"
    }

    private static func list(_ rules: Set<String>) -> String {
        rules.sorted().map { "`\($0)`" }.joined(separator: ", ")
    }
}
