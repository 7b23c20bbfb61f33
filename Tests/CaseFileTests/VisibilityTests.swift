import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("Who may see what") struct VisibilityTests {
    private func state(_ more: Past<CaseEvent>..., basis: String? = nil) -> CaseState {
        given(
            [
                .participantRegistered(), .officeEngaged(.jobCentre).on("2026-01-10"),
                .officeEngaged(.youthOffice, legalBasis: basis).on("2026-01-10"),
            ] + more
        ).state
    }

    private func sees(
        _ category: ConsentCategory, _ state: CaseState, as office: Office = .youthOffice,
        on day: CalendarDate = "2026-03-02", from recorder: Office = .jobCentre
    ) -> Bool {
        state.sight(of: office, on: day)?.sees(category, recordedBy: recorder) ?? false
    }

    @Test func anOfficeThatIsNotEngagedSeesNothing() {
        let open = state(.consentGranted([.timing], to: [.socialOffice]))
        #expect(open.sight(of: .socialOffice, on: "2026-03-02") == nil)
        #expect(open.grants(for: .socialOffice).isEmpty)
    }

    @Test func engagementBeginsOnItsDay() {
        #expect(state().sight(of: .youthOffice, on: "2026-01-09") == nil)
        #expect(state().sight(of: .youthOffice, on: "2026-01-10") != nil)
    }

    @Test(arguments: ConsentCategory.allCases) func withoutConsentOthersDataIsClosed(_ category: ConsentCategory) {
        #expect(!sees(category, state()))
        #expect(sees(category, state(), from: .youthOffice))
    }

    @Test(arguments: ConsentCategory.allCases) func consentOpensWhatItNames(_ category: ConsentCategory) {
        let open = state(.consentGranted([category], to: [.youthOffice]))
        for other in ConsentCategory.allCases {
            #expect(sees(other, open) == (other == category && category != .entrusted))
        }
        #expect(!sees(category, open, as: .jobCentre, from: .youthOffice))
    }

    @Test func aLegalBasisOpensTimingOnly() {
        let open = state(basis: "§ 18 SGB II")
        for category in ConsentCategory.allCases { #expect(sees(category, open) == (category == .timing)) }
        #expect(!sees(.timing, open, as: .jobCentre, from: .youthOffice))
        #expect(
            open.grants(for: .youthOffice)
                == [
                    CategoryGrant(
                        category: .timing, from: "2026-01-10", until: nil, basis: .legalBasis("§ 18 SGB II"))
                ])
    }

    @Test func consentHoldsFromItsFirstToItsLastDay() {
        let open = state(.consentGranted([.education], to: [.youthOffice], until: "2026-03-31").on("2026-02-01"))
        #expect(!sees(.education, open, on: "2026-01-31"))
        #expect(sees(.education, open, on: "2026-02-01"))
        #expect(sees(.education, open, on: "2026-03-31"))
        #expect(!sees(.education, open, on: "2026-04-01"))
    }

    @Test func withdrawnConsentHoldsNoMore() {
        let withdrawn = state(
            .consentGranted([.education, .timing], to: [.youthOffice]).on("2026-02-01"),
            .consentWithdrawn([.education], from: [.youthOffice]).on("2026-02-20"))
        #expect(sees(.education, withdrawn, on: "2026-02-19"))
        #expect(!sees(.education, withdrawn, on: "2026-02-20"))
        #expect(sees(.timing, withdrawn, on: "2026-02-20"))
        #expect(withdrawn.grants(for: .youthOffice).first { $0.category == .education }?.until == "2026-02-19")
    }

    @Test func consentBeforeTheEngagementCountsFromTheEngagement() {
        let open = state(.consentGranted([.education], to: [.youthOffice]).on("2026-01-01"))
        #expect(open.grants(for: .youthOffice).map(\.from) == ["2026-01-10"])
        let past = state(.consentGranted([.education], to: [.youthOffice], until: "2026-01-09").on("2026-01-01"))
        #expect(past.grants(for: .youthOffice).isEmpty)
    }

    @Test func theGrantThatHoldsLongestIsTheBasis() {
        let open = state(
            .consentGranted([.timing], to: [.youthOffice], until: "2026-03-31"),
            .consentGranted([.timing], to: [.youthOffice], until: "2026-06-30"),
            .consentGranted([.timing], to: [.youthOffice], until: "2026-04-30"))
        let sight = open.sight(of: .youthOffice, on: "2026-03-02")
        guard case .granted(let grant) = sight?.basis(for: .timing, recordedBy: .jobCentre) else {
            Issue.record("not granted")
            return
        }
        #expect(grant.until == "2026-06-30")
        #expect(grant.basis == .consent(number: 2, purpose: "joint planning"))
        let endless = state(
            .consentGranted([.timing], to: [.youthOffice], until: "2026-06-30"), basis: "§ 18 SGB II"
        ).sight(of: .youthOffice, on: "2026-03-02")
        #expect(
            endless?.basis(for: .timing, recordedBy: .jobCentre)
                == .granted(
                    CategoryGrant(
                        category: .timing, from: "2026-01-10", until: nil, basis: .legalBasis("§ 18 SGB II"))))
    }

    @Test func ownDataNeedsNoGrant() {
        #expect(
            state().sight(of: .youthOffice, on: "2026-03-02")?.basis(for: .entrusted, recordedBy: .youthOffice)
                == .own)
    }

    @Test func theStrandSaysWhichConsentAMeasureNeeds() {
        let expected: [Strand: ConsentCategory] = [
            .education: .education, .employment: .employment, .neighbourhood: .benefits,
            .civicParticipation: .benefits, .livingEnvironment: .benefits,
        ]
        for strand in Strand.allCases {
            for kind in PlanKind.allCases {
                let measure = given(
                    .participantRegistered(), .officeEngaged(.jobCentre), .planDrafted(kind: kind),
                    .measureAdded(strand: strand)
                ).state.measure(measureId)
                #expect(measure?.category == (kind == .youthSupport ? .youthSupport : expected[strand]))
            }
        }
    }
}
