import CaseTiming
import Ledger
import Testing

@testable import CaseFile

@Suite("Who may do and see what") struct AccessPolicyTests {
    private static let roles = Role.allCases

    private func actor(_ role: Role, _ office: Office? = .jobCentre, areas: Set<String>? = nil) -> Actor {
        Actor(subject: "x", role: role, office: office, areas: areas)
    }

    @Test(arguments: AccessAction.allCases) func theWorkersTokenOpensNothing(_ action: AccessAction) {
        #expect(!AccessPolicy.judge(action, by: actor(.worker)).isAllowed)
    }

    @Test(arguments: AccessAction.allCases) func partnersOnlyAskWhatIsAboutNobody(_ action: AccessAction) {
        #expect(AccessPolicy.judge(action, by: actor(.partner)).isAllowed == (action == .whatIf))
    }

    @Test(arguments: AccessAction.allCases, Office.allCases)
    func nobodyEntersTheViewOfAnotherOffice(_ action: AccessAction, _ office: Office) {
        for role in Self.roles {
            for own in Office.allCases.map(Optional.some) + [nil] where own != office {
                #expect(!AccessPolicy.judge(action, by: actor(role, own), viewOf: office).isAllowed)
            }
        }
    }

    @Test(arguments: AccessAction.allCases.filter { $0.scope == .singleCase })
    func withoutARelationThereIsNoCase(_ action: AccessAction) {
        // The one office that all of these actions are for.
        let office = Office.youthOffice
        for role in Self.roles {
            let verdict = AccessPolicy.judge(action, by: actor(role, office), relation: .none, area: "gallus")
            #expect(!verdict.isAllowed)
            if AccessPolicy.roles(for: action).contains(role) { #expect(verdict == .notFound) }
        }
        let caseworker = actor(.caseworker, office)
        #expect(AccessPolicy.judge(action, by: caseworker, relation: .engaged, area: "gallus").isAllowed)
        #expect(AccessPolicy.judge(action, by: caseworker, relation: .engaged, area: nil) == .notFound)
        let elsewhere = actor(.caseworker, office, areas: ["nordend"])
        #expect(AccessPolicy.judge(action, by: elsewhere, relation: .engaged, area: "gallus") == .notFound)
    }

    @Test func aSupervisorOfNoOfficeHasNoCases() {
        #expect(AccessPolicy.judge(.timeline, by: actor(.supervisor, nil)) == .notFound)
        #expect(!AccessPolicy.judge(.findings, by: actor(.supervisor, nil)).isAllowed)
        #expect(AccessPolicy.judge(.summary, by: actor(.supervisor, nil)) == .allowed(.oversight))
    }

    @Test(arguments: ConsentCategory.allCases) func aCategoryNeedsItsBasis(_ category: ConsentCategory) {
        let law = CategoryGrant.Basis.legalBasis("§ 18 SGB II")
        let consent = CategoryGrant.Basis.consent(number: 3, purpose: "p")
        #expect(AccessPolicy.opens(category, on: law) == (category == .timing))
        #expect(AccessPolicy.opens(category, on: consent) == (category != .entrusted))
        func verdict(_ basis: CategoryGrant.Basis?, _ relation: CaseRelation = .engaged) -> AccessVerdict {
            AccessPolicy.judge(
                category, recordedBy: .youthOffice, for: .jobCentre, relation: relation,
                grants: basis.map { [CategoryGrant(category: category, from: "2026-01-01", until: nil, basis: $0)] }
                    ?? [])
        }
        #expect(verdict(nil) == .notFound)
        #expect(verdict(law) == (category == .timing ? .allowed(.legalBasis("§ 18 SGB II")) : .notFound))
        #expect(
            verdict(consent) == (category == .entrusted ? .notFound : .allowed(.consent(number: 3, purpose: "p"))))
        for relation in [CaseRelation.registered, .addressed, .none] {
            #expect(verdict(consent, relation) == .notFound)
        }
    }

    @Test func onlyTheYouthOfficeIsToldInConfidence() {
        for role in Role.allCases {
            for office in Office.allCases {
                let verdict = AccessPolicy.judge(
                    .entrustedNotes, by: actor(role, office), relation: .engaged, area: "gallus")
                #expect(verdict.isAllowed == (role == .caseworker && office == .youthOffice))
            }
        }
        for relation in [CaseRelation.registered, .addressed, .none] {
            let verdict = AccessPolicy.judge(
                .entrustedNotes, by: actor(.caseworker, .youthOffice), relation: relation, area: "gallus")
            #expect(verdict == .notFound)
        }
    }

    @Test func whatWasToldInConfidenceIsForWhomItWasToldTo() {
        func verdict(_ subject: String, _ role: Role = .caseworker, _ office: Office = .youthOffice) -> AccessVerdict {
            AccessPolicy.judge(
                confidenceHeldBy: "yo-7", of: .youthOffice, by: Actor(subject: subject, role: role, office: office))
        }
        #expect(verdict("yo-7") == .allowed(.confidence))
        #expect(verdict("yo-8") == .notFound)
        #expect(verdict("yo-7", .supervisor) == .notFound)
        #expect(verdict("yo-7", .auditor) == .notFound)
        #expect(verdict("yo-7", .caseworker, .jobCentre) == .notFound)
    }
}
