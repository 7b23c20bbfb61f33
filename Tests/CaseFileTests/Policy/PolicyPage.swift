import CaseTiming
import Foundation
import Ledger

@testable import CaseFile

/// The policy as a page of the documentation: every cell is what the code says when it is asked.
struct PolicyPage {
    private(set) var text = """
        # Who may do and see what

        The one policy that routes, commands and views ask, as tables.

        ## Overview

        Made from the code by `GLEICHTAKT_RECORD=1 swift test --filter PolicyPageTests`; not written by hand. Default deny: what no
        table allows is refused. What depends on role and office alone is answered with 403, what the caller may not even know of
        with 404, whether it exists or not. An actor's areas, where the token names any, narrow everything down to them.

        The same is enforced a second time by the database: every query of a view runs as the role of its office, which can read
        that office's rows and nothing else. See <doc:0030-two-fences>.

        """

    /// The roles that a token can name.
    private static let roles = Role.allCases.filter { $0 != .worker }

    init() throws {
        addActions()
        addRelations()
        addCategories()
        addMembers()
        try addCommands()
        text += """

            ## Grounds

            | ground | provision |
            | --- | --- |

            """
        let grounds: [(String, AccessGround)] = [
            ("an office's own task", .ownTask), ("consent", .consent(number: 1, purpose: "")),
            ("legal basis", .legalBasis("")), ("oversight", .oversight), ("confidence", .confidence),
            ("nothing personal", .nothingPersonal),
        ]
        for (name, ground) in grounds { text += "| \(name) | \(ground.provision) |\n" }
    }

    // MARK: Tables

    private mutating func addActions() {
        text +=
            "\n## Who may ask for what\n\n| action | about | \(Self.roles.map(\.rawValue).joined(separator: " | ")) |\n"
        text += "| --- | --- |" + String(repeating: " --- |", count: Self.roles.count) + "\n"
        for action in AccessAction.allCases {
            let cells = Self.roles.map { role in
                Self.word(AccessPolicy.judge(action, by: Actor(subject: "x", role: role, office: .jobCentre)))
            }
            text += "| `\(action.rawValue)` | \(action.scope.rawValue) | \(cells.joined(separator: " | ")) |\n"
        }
        let foreign = AccessPolicy.judge(
            .worklist, by: Actor(subject: "x", role: .caseworker, office: .jobCentre), viewOf: .youthOffice)
        text += "\nThe view of another office than the token's: \(Self.word(foreign)).\n"
    }

    private mutating func addRelations() {
        text += "\n## One case\n\nHow the caller's office stands to the case decides whether there is one.\n\n"
        text += "| action | \(CaseRelation.allCases.map(\.rawValue).joined(separator: " | ")) |\n"
        text += "| --- |" + String(repeating: " --- |", count: CaseRelation.allCases.count) + "\n"
        for action in AccessAction.allCases where action.scope == .singleCase {
            let cells = CaseRelation.allCases.map { relation in
                Self.word(
                    AccessPolicy.judge(
                        action, by: Actor(subject: "x", role: .caseworker, office: .jobCentre), relation: relation,
                        area: "gallus"))
            }
            text += "| `\(action.rawValue)` | \(cells.joined(separator: " | ")) |\n"
        }
        text +=
            "\n`addressed` is an office that another one asks to act: it reads who it is about and what it is asked for.\n"
    }

    private mutating func addCategories() {
        text +=
            "\n## Data of another office\n\nWhat an engaged office gets of what another one recorded, by category.\n\n"
        text += "| category | nothing recorded | legal basis with its own engagement | consent that names it |\n"
        text += "| --- | --- | --- | --- |\n"
        let registered: [Past<CaseEvent>] = [.participantRegistered(), .officeEngaged(.jobCentre).on("2026-01-10")]
        for category in ConsentCategory.allCases {
            let states = [
                given(registered + [.officeEngaged(.youthOffice).on("2026-01-10")]).state,
                given(registered + [.officeEngaged(.youthOffice, legalBasis: "law").on("2026-01-10")]).state,
                given(
                    registered + [
                        .officeEngaged(.youthOffice).on("2026-01-10"),
                        .consentGranted([category], to: [.youthOffice]).on("2026-01-10"),
                    ]
                ).state,
            ]
            let cells = states.map { state in
                let sees = state.sight(of: .youthOffice, on: "2026-03-02")?.sees(category, recordedBy: .jobCentre)
                guard sees == true else { return "no" }
                return category.needsConsentOfItsOwn ? "yes, in a consent of its own" : "yes"
            }
            text += "| \(category.rawValue) | \(cells.joined(separator: " | ")) |\n"
        }
    }

    private mutating func addMembers() {
        text +=
            "\n## What members of events belong to\n\nEvery member of every event says beside the event what it belongs to; "
        text +=
            "<doc:Event-catalogue> lists them.\n\n| belongs to | opened to another office by consent to |\n| --- | --- |\n"
        for category in DataCategory.allCases {
            let opened = category.openedBy.map(\.rawValue).joined(separator: ", ")
            text += "| `\(category.rawValue)` | \(opened.isEmpty ? "none" : opened) |\n"
        }
    }

    private mutating func addCommands() throws {
        text +=
            "\n## Commands in a case\n\nWho may ask; what the domain then says stands in <doc:Rejections>. Columns are "
        text +=
            "caseworkers of an engaged job centre, youth office and social office, then of an office that registered the "
        text += "participant, that is asked to act, and that has nothing to do with the case.\n\n"
        text += "| command | job centre | youth office | social office | registered | addressed | none |\n"
        text += "| --- | --- | --- | --- | --- | --- | --- |\n"
        let engaged = given(
            .participantRegistered(), .officeEngaged(.jobCentre), .officeEngaged(.youthOffice),
            .officeEngaged(.socialOffice)
        ).state
        let others = given(
            .participantRegistered(area: "frankfurt-gallus"), .officeEngaged(.youthOffice).by(.youthOffice),
            .referralRequested().by(.youthOffice)
        ).state
        let stranger = given(
            .participantRegistered(area: "frankfurt-gallus").by(.youthOffice),
            .officeEngaged(.youthOffice).by(.youthOffice)
        ).state
        var seen: Set<String> = []
        for (family, name, body) in CommandCodingTests.bodies where family == "case" && seen.insert(name).inserted {
            let callers: [(Actor, CaseState)] = [
                (.jobCentre, engaged), (.youthOffice, engaged), (.socialOffice, engaged), (.jobCentre, others),
                (.socialOffice, others), (.socialOffice, stranger),
            ]
            let cells = try callers.map { actor, state -> String in
                guard let kind = CaseCommand.kind(named: name), let office = actor.office else { return "" }
                let own = body.replacing(/"office":"[a-z-]+"/, with: "\"office\":\"\(office.rawValue)\"")
                let command = try kind.decode(Data((name == "minute-conference" ? body : own).utf8))
                return switch CommandPolicy.judge(command, by: actor, on: state) {
                case .allowed: "yes"
                case .forbidden: "403"
                case .notFound: "404"
                }
            }
            text += "| `\(name)` | \(cells.joined(separator: " | ")) |\n"
        }
    }

    // MARK: Words

    private static func word(_ verdict: AccessVerdict) -> String {
        switch verdict {
        case .allowed(.nothingPersonal): "yes"
        case .allowed(.ownTask): "own task"
        case .allowed(.oversight): "oversight"
        case .allowed(.consent): "consent"
        case .allowed(.legalBasis): "legal basis"
        case .allowed(.confidence): "confidence"
        case .forbidden: "403"
        case .notFound: "404"
        }
    }
}
