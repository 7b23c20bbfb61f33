import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("Commands as clients write them") struct CommandCodingTests {
    /// One full body of each command that clients may ask for, keys sorted.
    static let bodies: [(family: String, name: String, body: String)] = [
        (
            "case", "register-participant",
            #"{"address":{"city":"Frankfurt","street":"Musterweg"},"areaId":"gallus","bornOn":"2007-04-01","#
                + #""contact":{"mobile":"0170 000"},"familyName":"B","givenName":"A","languages":["de"],"#
                + #""schooling":"none","vocationalCertificate":"none"}"#
        ),
        (
            "case", "correct-participant",
            #"{"address":{"city":"Frankfurt"},"areaId":"gallus","bornOn":"2007-04-01","contact":{"mobile":"0170 000"},"#
                + #""familyName":"B","givenName":"A","languages":["de"],"reason":"r","remove":["schooling"],"#
                + #""schooling":"none","vocationalCertificate":"none"}"#
        ),
        ("case", "correct-participant", "{}"),
        (
            "case", "move-participant",
            #"{"address":{"city":"Frankfurt"},"areaId":"nordend","from":"2026-04-01"}"#
        ),
        ("case", "disengage-office", #"{"office":"youth-office","reason":"r","successor":"job-centre"}"#),
        ("case", "reassign-caseworker", #"{"caseworker":"jc-2","handoverNote":"n","office":"job-centre"}"#),
        (
            "case", "leave-household", #"{"householdId":"0198a000-0000-7000-8000-000000000040","reason":"r"}"#
        ),
        ("case", "leave-household", "{}"),
        (
            "case", "decide-identity",
            #"{"otherCaseId":"0198a000-0000-7000-8000-000000000002","reason":"r","verdict":"different-persons"}"#
        ),
        ("case", "merge-case", #"{"into":"0198a000-0000-7000-8000-000000000002","reason":"r"}"#),
        ("case", "unmerge-case", #"{"reason":"r"}"#),
        ("case", "set-legal-hold", #"{"holdId":"0198a000-0000-7000-8000-0000000000b1","reason":"r"}"#),
        ("case", "lift-legal-hold", #"{"holdId":"0198a000-0000-7000-8000-0000000000b1","reason":"r"}"#),
        (
            "case", "restrict-processing",
            #"{"categories":["employment"],"ground":"accuracy-contested","reason":"r","#
                + #""restrictionId":"0198a000-0000-7000-8000-0000000000b2"}"#
        ),
        (
            "case", "lift-restriction",
            #"{"participantToldOn":"2026-03-02","reason":"r","#
                + #""restrictionId":"0198a000-0000-7000-8000-0000000000b2"}"#
        ),
        (
            "case", "dispute-data",
            #"{"about":"wage-subsidy","disputeId":"0198a000-0000-7000-8000-0000000000b3","#
                + #""recordId":"0198a000-0000-7000-8000-000000000080","statement":"s"}"#
        ),
        (
            "case", "settle-dispute",
            #"{"disputeId":"0198a000-0000-7000-8000-0000000000b3","outcome":"unresolved","reason":"r"}"#
        ),
        (
            "case", "entrust-note",
            #"{"noteId":"0198a000-0000-7000-8000-0000000000b4","text":"t","toldBy":"guardian"}"#
        ),
        (
            "case", "hand-over-note",
            #"{"ground":"risk-to-child","noteId":"0198a000-0000-7000-8000-0000000000b4","successor":"yo-8"}"#
        ),
        (
            "case", "schedule-appointment",
            #"{"appointmentId":"0198a000-0000-7000-8000-000000000070","at":"2026-03-09T10:00","minutes":45,"#
                + #""office":"job-centre","place":"p","reason":"r"}"#
        ),
        ("case", "keep-appointment", #"{"appointmentId":"0198a000-0000-7000-8000-000000000070"}"#),
        ("case", "miss-appointment", #"{"appointmentId":"0198a000-0000-7000-8000-000000000070","reason":"r"}"#),
        ("case", "cancel-appointment", #"{"appointmentId":"0198a000-0000-7000-8000-000000000070","reason":"r"}"#),
        (
            "case", "request-referral",
            #"{"answerDue":"2026-03-16","categories":["youth-support"],"legalBasis":"§ 69 SGB X","reason":"r","#
                + #""referralId":"0198a000-0000-7000-8000-000000000080","service":"s","to":"social-office"}"#
        ),
        (
            "case", "accept-referral",
            #"{"by":"so-3","completeBy":"2026-04-30","reason":"r","referralId":"0198a000-0000-7000-8000-000000000080"}"#
        ),
        (
            "case", "decline-referral",
            #"{"by":"so-3","reason":"r","referralId":"0198a000-0000-7000-8000-000000000080"}"#
        ),
        (
            "case", "complete-referral",
            #"{"by":"so-3","referralId":"0198a000-0000-7000-8000-000000000080","result":"r"}"#
        ),
        ("case", "withdraw-referral", #"{"reason":"r","referralId":"0198a000-0000-7000-8000-000000000080"}"#),
        (
            "case", "call-conference",
            #"{"at":"2026-03-09T10:00","conferenceId":"0198a000-0000-7000-8000-000000000090","consentReference":1,"#
                + #""participants":["youth-office"],"place":"p"}"#
        ),
        (
            "case", "minute-conference",
            #"{"agreements":[{"by":"2026-03-20","commitmentId":"0198a000-0000-7000-8000-000000000077","#
                + #""office":"youth-office","what":"w"}],"conferenceId":"0198a000-0000-7000-8000-000000000090","#
                + #""minutes":"m"}"#
        ),
        ("case", "cancel-conference", #"{"conferenceId":"0198a000-0000-7000-8000-000000000090","reason":"r"}"#),
        (
            "case", "keep-commitment",
            #"{"commitmentId":"0198a000-0000-7000-8000-000000000077","note":"n","on":"2026-03-02"}"#
        ),
        (
            "case", "break-commitment",
            #"{"commitmentId":"0198a000-0000-7000-8000-000000000077","note":"n","on":"2026-03-02"}"#
        ),
        (
            "case", "withdraw-commitment",
            #"{"commitmentId":"0198a000-0000-7000-8000-000000000077","note":"n","on":"2026-03-02"}"#
        ),
        ("case", "reply-to-commitment", #"{"commitmentId":"0198a000-0000-7000-8000-000000000077","note":"n"}"#),
        (
            "case", "propose-alignment",
            #"{"answerDue":"2026-03-16","findingIds":["0198a000-0000-7000-8000-0000000000b2"],"#
                + #""proposalId":"0198a000-0000-7000-8000-0000000000b0","#
                + #""shifts":[{"days":-14,"from":"2026-04-01","measureId":"0198a000-0000-7000-8000-000000000020"}]}"#
        ),
        (
            "case", "accept-alignment",
            #"{"proposalId":"0198a000-0000-7000-8000-0000000000b0","reason":"r"}"#
        ),
        (
            "case", "decline-alignment",
            #"{"ground":"capacity","proposalId":"0198a000-0000-7000-8000-0000000000b0","reason":"r"}"#
        ),
        (
            "case", "counter-alignment",
            #"{"answerDue":"2026-03-16","counterId":"0198a000-0000-7000-8000-0000000000b4","#
                + #""proposalId":"0198a000-0000-7000-8000-0000000000b0","reason":"r","#
                + #""shifts":[{"days":7,"measureId":"0198a000-0000-7000-8000-000000000020"}]}"#
        ),
        ("case", "reopen-case", #"{"reason":"r"}"#),
        ("case", "engage-office", #"{"caseworker":"jc-1","legalBasis":"§ 16 SGB II","office":"job-centre"}"#),
        (
            "case", "grant-consent",
            #"{"categories":["youth-support"],"evidence":"e","purpose":"p","recipients":["social-office"],"#
                + #""validUntil":"2026-12-31"}"#
        ),
        ("case", "withdraw-consent", #"{"categories":["timing"],"reason":"r","recipients":["youth-office"]}"#),
        ("case", "withdraw-consent", "{}"),
        ("case", "join-household", #"{"householdId":"0198a000-0000-7000-8000-000000000040","role":"adult"}"#),
        (
            "case", "assess-potential",
            #"{"goals":["g"],"level":3,"obstacles":["o"],"occupationsSought":["24422"],"strengths":["s"]}"#
        ),
        (
            "case", "draft-plan",
            #"{"from":"2026-03-01","goal":"g","kind":"youth-support","planId":"0198a000-0000-7000-8000-000000000010","#
                + #""reviewEvery":6,"to":"2027-02-28"}"#
        ),
        (
            "case", "add-measure",
            #"{"earliestStart":"2026-03-02","hoursPerWeek":20,"latestEnd":"2026-12-31","#
                + #""measureId":"0198a000-0000-7000-8000-000000000020","orientation":"remedial","#
                + #""planId":"0198a000-0000-7000-8000-000000000010","provider":"Werkhof","solidarity":"demand","#
                + #""strand":"civic-participation","title":"t","#
                + #""weeklySlots":[{"from":"08:00","to":"12:30","weekday":1}],"#
                + #""window":{"from":"2026-05-29","to":"2026-03-02"}}"#
        ),
        (
            "case", "revise-measure",
            #"{"earliestStart":"2026-03-02","hoursPerWeek":20,"latestEnd":"2026-12-31","#
                + #""measureId":"0198a000-0000-7000-8000-000000000020","orientation":"remedial","provider":"Werkhof","#
                + #""reason":"r","remove":["title"],"solidarity":"demand","strand":"civic-participation","#
                + #""weeklySlots":[{"from":"08:00","to":"12:30","weekday":1}],"#
                + #""window":{"from":"2026-05-29","to":"2026-03-02"}}"#
        ),
        ("case", "revise-measure", #"{"measureId":"0198a000-0000-7000-8000-000000000020","title":"t"}"#),
        (
            "case", "unrelate-measures",
            #"{"first":"0198a000-0000-7000-8000-000000000020","reason":"r","relation":"before","#
                + #""second":"0198a000-0000-7000-8000-000000000021"}"#
        ),
        (
            "case", "relate-measures",
            #"{"first":"0198a000-0000-7000-8000-000000000020","maxDays":28,"minDays":2,"#
                + #""relation":"concurrent-with-start","second":"0198a000-0000-7000-8000-000000000021","tolerance":7}"#
        ),
        (
            "case", "agree-plan",
            #"{"byWhom":"w","participantAgreedOn":"2026-03-02","planId":"0198a000-0000-7000-8000-000000000010"}"#
        ),
        ("case", "agree-plan", "{}"),
        (
            "case", "review-plan",
            #"{"findings":"f","nextReview":"2026-09-02","on":"2026-03-02","planId":"0198a000-0000-7000-8000-000000000010"}"#
        ),
        ("case", "review-plan", "{}"),
        (
            "case", "conclude-plan",
            #"{"on":"2026-03-02","outcome":"o","planId":"0198a000-0000-7000-8000-000000000010"}"#
        ),
        ("case", "conclude-plan", "{}"),
        (
            "case", "pause-measure",
            #"{"measureId":"0198a000-0000-7000-8000-000000000020","on":"2026-03-02","reason":"r"}"#
        ),
        ("case", "resume-measure", #"{"measureId":"0198a000-0000-7000-8000-000000000020","on":"2026-03-02"}"#),
        ("case", "start-measure", #"{"measureId":"0198a000-0000-7000-8000-000000000020","on":"2026-03-02"}"#),
        (
            "case", "complete-measure",
            #"{"certificate":"c","measureId":"0198a000-0000-7000-8000-000000000020","on":"2026-03-02","outcome":"o"}"#
        ),
        (
            "case", "abandon-measure",
            #"{"measureId":"0198a000-0000-7000-8000-000000000020","on":"2026-03-02","reason":"r"}"#
        ),
        (
            "case", "offer-placement",
            #"{"answerDue":"2026-06-15","employer":"e","employmentField":"f","endsOn":"2027-06-30","hoursPerWeek":39.5,"#
                + #""kind":"work-opportunity","occupation":"29222","offerId":"0198a000-0000-7000-8000-000000000050","#
                + #""placementId":"0198a000-0000-7000-8000-000000000030","startsOn":"2026-07-01","#
                + #""wage":{"amount":"2150.00","currency":"EUR"}}"#
        ),
        ("case", "accept-placement", #"{"placementId":"0198a000-0000-7000-8000-000000000030","reason":"r"}"#),
        (
            "case", "refuse-placement",
            #"{"importantReasonClaimed":true,"placementId":"0198a000-0000-7000-8000-000000000030","reason":"r"}"#
        ),
        ("case", "start-placement", #"{"on":"2026-03-02","placementId":"0198a000-0000-7000-8000-000000000030"}"#),
        (
            "case", "extend-placement",
            #"{"endsOn":"2027-08-31","placementId":"0198a000-0000-7000-8000-000000000030","reason":"r""#
                + #"}"#
        ),
        (
            "case", "record-retention",
            #"{"afterMonths":3,"placementId":"0198a000-0000-7000-8000-000000000030","stillEmployed":tr"#
                + #"ue}"#
        ),
        (
            "case", "grant-wage-subsidy",
            #"{"placementId":"0198a000-0000-7000-8000-000000000030","ruleVersion":"2019-01-01","schedu"#
                + #"le":[{"from":"2026-03-02","rate":75},{"from":"2027-03-02","rate":37.5}],"scheme":"wage-s"#
                + #"ubsidy-16e","subsidyId":"0198a000-0000-7000-8000-000000000081","until":"2028-03-01"}"#
        ),
        (
            "case", "stop-wage-subsidy",
            #"{"on":"2027-03-02","reason":"r","subsidyId":"0198a000-0000-7000-8000-000000000081"}"#
        ),
        (
            "case", "issue-voucher",
            #"{"kind":"activation-and-placement","ruleVersion":"2012-04-01","scope":{"goal":"g","regio"#
                + #"n":"r","until":"2026-06-30"},"value":{"amount":"2400.00","currency":"EUR"},"voucherId":""#
                + #"0198a000-0000-7000-8000-000000000082"}"#
        ),
        (
            "case", "redeem-voucher",
            #"{"goal":"g","measure":{"content":"employer-measure","extended":true,"from":"2026-03-02","#
                + #""to":"2026-04-12"},"on":"2026-03-02","provider":"p","region":"r","value":{"amount":"2250"#
                + #".00","currency":"EUR"},"voucherId":"0198a000-0000-7000-8000-000000000082"}"#
        ),
        (
            "case", "revoke-voucher",
            #"{"reason":"r","voucherId":"0198a000-0000-7000-8000-000000000082"}"#
        ),
        (
            "case", "decide-reduction",
            #"{"ground":"breach-of-duty","hardshipExamined":true,"hearingHeldOn":"2026-02-20","months""#
                + #":1,"occurredOn":"2026-02-10","percentage":10,"reductionId":"0198a000-0000-7000-8000-0000"#
                + #"00000083","ruleVersion":"2023-01-01"}"#
        ),
        (
            "case", "lift-reduction",
            #"{"on":"2026-05-01","reason":"r","reductionId":"0198a000-0000-7000-8000-000000000083","re"#
                + #"voked":false}"#
        ),
        (
            "case", "record-fact",
            #"{"fact":"application-received","factId":"0198a000-0000-7000-8000-000000000098","legalBasis"#
                + #"":"§ 14 SGB IX","matter":"0198a000-0000-7000-8000-000000000099","on":"2026-03-02"}"#
        ),
        (
            "case", "correct-fact",
            #"{"factId":"0198a000-0000-7000-8000-000000000098","on":"2026-02-27","reason":"r","withdrawn":true}"#
        ),
        (
            "case", "suspend-deadline",
            #"{"deadlineId":"0198a000-0000-7000-8000-000000000097","on":"2026-04-01","reason":"r"}"#
        ),
        (
            "case", "resume-deadline",
            #"{"deadlineId":"0198a000-0000-7000-8000-000000000097","on":"2026-04-11"}"#
        ),
        (
            "case", "extend-deadline",
            #"{"deadlineId":"0198a000-0000-7000-8000-000000000097","reason":"r","until":"2026-10-30"}"#
        ),
        (
            "case", "shorten-deadline",
            #"{"deadlineId":"0198a000-0000-7000-8000-000000000097","reason":"r","until":"2026-06-30"}"#
        ),
        (
            "area", "change-area",
            #"{"description":"d","from":"2026-01-01","land":"HE","municipality":"m","name":"n","reason"#
                + #"":"r","region":"g","remove":["region"]}"#
        ),
        (
            "area", "close-area",
            #"{"reason":"r"}"#
        ),
        (
            "offer", "change-offer",
            #"{"areaId":"gallus","capacity":3,"employer":"e","endsOn":"2029-08-31","occupation":"24422"#
                + #"","openUntil":"2026-06-30","partnerId":"0198a000-0000-7000-8000-000000000060","reason":""#
                + #"r","remove":["employer"],"startsOn":"2026-09-01","title":"t"}"#
        ),
        (
            "offer", "close-offer",
            #"{"reason":"r"}"#
        ),
        (
            "partner", "change-partner",
            #"{"areaIds":["gallus"],"name":"n","reason":"r","sector":"business","services":["s"]}"#
        ),
        (
            "partner", "close-partner",
            #"{"reason":"r"}"#
        ),
        (
            "field", "publish-employment-field",
            #"{"areaIds":["gallus"],"description":"d","name":"n","occupations":["26212"],"openedBy":"0"#
                + #"198a000-0000-7000-8000-000000000060","qualifiedBy":["0198a000-0000-7000-8000-00000000006"#
                + #"1"]}"#
        ),
        (
            "field", "change-employment-field",
            #"{"areaIds":["gallus"],"description":"d","name":"n","occupations":["26212"],"openedBy":"0"#
                + #"198a000-0000-7000-8000-000000000060","qualifiedBy":["0198a000-0000-7000-8000-00000000006"#
                + #"1"],"reason":"r","tasks":[{"evidence":"e","state":"under-way","task":"exploring-fields"}"#
                + #"]}"#
        ),
        (
            "field", "close-employment-field",
            #"{"reason":"r"}"#
        ),
        (
            "case", "end-placement",
            #"{"incomeCover":{"from":"2026-03-03","kind":"k","note":"n"},"on":"2026-03-02","#
                + #""placementId":"0198a000-0000-7000-8000-000000000030","reason":"r"}"#
        ),
        ("case", "close-case", #"{"reason":"r"}"#),
        (
            "area", "publish-area",
            #"{"description":"d","from":"2020-01-01","land":"DE-HE","municipality":"m","name":"n","region":"r"}"#
        ),
        (
            "offer", "publish-offer",
            #"{"areaId":"gallus","capacity":3,"employer":"e","endsOn":"2027-06-30","kind":"apprenticeship","#
                + #""occupation":"29222","openUntil":"2026-06-30","partnerId":"0198a000-0000-7000-8000-000000000060","#
                + #""startsOn":"2026-07-01","title":"t"}"#
        ),
        ("partner", "publish-partner", #"{"areaIds":["gallus"],"name":"n","sector":"third-sector","services":["s"]}"#),
    ]

    @Test func everyBodyIsTheCommandsCodableForm() throws {
        for (family, name, body) in Self.bodies {
            switch family {
            case "case": try check(name, body, as: CaseCommand.self)
            case "area": try check(name, body, as: AreaCommand.self)
            case "offer": try check(name, body, as: OfferCommand.self)
            case "field": try check(name, body, as: EmploymentFieldCommand.self)
            default: try check(name, body, as: PartnerCommand.self)
            }
        }
    }

    private func check<Family: CommandFamily>(_ name: String, _ body: String, as family: Family.Type) throws {
        let kind = try #require(Family.kind(named: name))
        #expect(kind.origin == .client)
        let command = try kind.decode(Data(body.utf8))
        #expect(command.name == name)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        #expect(String(decoding: try encoder.encode(command.body), as: UTF8.self) == body)
    }

    @Test func everyCommandOfClientsIsCovered() {
        func names<Family: CommandFamily>(_ family: Family.Type) -> Set<String> {
            Set(Family.kinds.filter { $0.origin == .client }.map(\.name))
        }
        let known = names(CaseCommand.self).union(names(AreaCommand.self)).union(names(OfferCommand.self))
            .union(names(PartnerCommand.self)).union(names(HouseholdCommand.self))
            .union(names(EmploymentFieldCommand.self))
        #expect(known == Set(Self.bodies.map(\.name)))
    }

    @Test func everyNameIsOfOneCommand() {
        let names =
            CaseCommand.kinds.map(\.name) + AreaCommand.kinds.map(\.name) + OfferCommand.kinds.map(\.name)
            + PartnerCommand.kinds.map(\.name) + EmploymentFieldCommand.kinds.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(CaseCommand.kind(named: "no-such-command") == nil)
    }

    @Test func findingsComeFromTheSystem() throws {
        for name in ["open-finding", "update-finding", "close-finding"] {
            #expect(CaseCommand.kind(named: name)?.origin == .system)
            #expect(HouseholdCommand.kind(named: name)?.origin == .system)
        }
        let command = CaseCommand.openFinding(OpenFinding(finding: .gap()))
        let kind = try #require(CaseCommand.kind(named: "open-finding"))
        #expect(try kind.decode(JSONEncoder().encode(command.body)) == command)
    }

    @Test(arguments: [
        ("start-measure", "{}"), ("start-measure", #"{"measureId":"x"}"#), ("start-measure", "[]"),
        ("start-measure", #"{"measureId":"0198a000-0000-7000-8000-000000000020","on":"2026-02-30"}"#),
        ("engage-office", #"{"office":"post-office"}"#), ("assess-potential", #"{"level":"3"}"#),
        ("grant-consent", #"{"categories":"timing","recipients":["job-centre"],"purpose":"p"}"#),
    ]) func whatIsNoSuchBodyIsRefused(_ name: String, _ body: String) throws {
        let kind = try #require(CaseCommand.kind(named: name))
        #expect(throws: DecodingError.self) { try kind.decode(Data(body.utf8)) }
    }
}
