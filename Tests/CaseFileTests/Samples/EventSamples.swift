import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

/// One recorded sample of every version of every event that was ever released. What stands here is history: a sample is
/// never changed and never removed, only added to.
struct EventSample: Sendable, CustomTestStringConvertible {
    var family: String
    var type: String
    var version: Int
    var payload: String
    var personal: String?

    init(_ family: String, _ type: String, _ version: Int, _ payload: String, personal: String? = nil) {
        self.family = family
        self.type = type
        self.version = version
        self.payload = payload
        self.personal = personal
    }

    var testDescription: String { "\(family) \(type) \(version)" }
}

extension EventSample {
    private static let finding =
        #"{"cases":["0198a000-0000-7000-8000-000000000001"],"days":29,"explanation":"No measure is active for 29 days."#
        + #"","from":"2026-03-02","key":"gap:0198a000-0000-7000-8000-000000000001:2026-03-02","kind":"gap","measures":["#
        + #""0198a000-0000-7000-8000-000000000020"],"offices":["job-centre"],"owner":{"case":"#
        + #""0198a000-0000-7000-8000-000000000001"},"to":"2026-03-30"}"#

    static let all: [EventSample] = [
        EventSample(
            "case", "ParticipantRegistered", 1,
            #"{"areaId":"frankfurt-gallus","languages":["de","tr"],"schooling":"none","vocationalCertificate":"none"}"#,
            personal:
                #"{"address":{"city":"Frankfurt am Main","houseNumber":"1a","postalCode":"60326","street":"Musterweg"},"#
                + #""bornOn":"2007-04-01","contact":{"phone":"069 000000"},"familyName":"Beispiel","givenName":"Mara"}"#
        ),
        EventSample(
            "case", "ParticipantCorrected", 1,
            #"{"areaId":"frankfurt-gallus","languages":["de","tr"],"reason":"passport","removed":["contact"],"#
                + #""schooling":"Abitur","vocationalCertificate":"welder"}"#,
            personal: #"{"address":{"city":"Frankfurt"},"bornOn":"2007-04-02","contact":{"phone":"069 5550100"},"#
                + #""familyName":"Beispiel","givenName":"Mara"}"#),
        EventSample(
            "case", "ParticipantMoved", 1, #"{"areaId":"frankfurt-nordend","from":"2026-04-01"}"#,
            personal: #"{"address":{"city":"Frankfurt","street":"Musterweg"}}"#),
        EventSample("case", "ParticipantRegistered", 1, #"{"areaId":"frankfurt-gallus","languages":[]}"#),
        EventSample(
            "case", "OfficeEngaged", 1,
            #"{"caseworker":"jc-1","legalBasis":"§ 16 SGB II","office":"job-centre"}"#),
        EventSample(
            "case", "OfficeDisengaged", 1,
            #"{"office":"youth-office","reason":"of age","successor":"job-centre"}"#),
        EventSample(
            "case", "CaseworkerReassigned", 1, #"{"caseworker":"yo-8","office":"youth-office"}"#,
            personal: #"{"handoverNote":"prefers mornings"}"#),
        EventSample(
            "case", "ConsentGranted", 1,
            #"{"categories":["timing","youth-support"],"evidence":"paper 7","purpose":"joint planning","#
                + #""recipients":["social-office"],"validUntil":"2026-12-31"}"#),
        EventSample(
            "case", "ConsentWithdrawn", 1,
            #"{"categories":["timing"],"reason":"changed her mind","recipients":["social-office","youth-office"]}"#),
        EventSample(
            "case", "HouseholdJoined", 1,
            #"{"householdId":"0198a000-0000-7000-8000-000000000040","role":"youth"}"#),
        EventSample(
            "case", "HouseholdLeft", 1,
            #"{"householdId":"0198a000-0000-7000-8000-000000000040","reason":"own flat"}"#),
        EventSample(
            "case", "PotentialAssessed", 1, #"{"level":3,"occupationsSought":["24422"]}"#,
            personal: #"{"goals":["a trade"],"obstacles":["no certificate"],"strengths":["patient"]}"#),
        EventSample(
            "case", "AppointmentScheduled", 1,
            #"{"appointmentId":"0198a000-0000-7000-8000-000000000070","at":"2026-03-09T10:00","minutes":45,"#
                + #""office":"job-centre"}"#,
            personal: #"{"place":"room 3","reason":"first talk"}"#),
        EventSample(
            "case", "AppointmentKept", 1, #"{"appointmentId":"0198a000-0000-7000-8000-000000000070"}"#),
        EventSample(
            "case", "AppointmentMissed", 1, #"{"appointmentId":"0198a000-0000-7000-8000-000000000070"}"#,
            personal: #"{"reason":"ill"}"#),
        EventSample(
            "case", "AppointmentCancelled", 1, #"{"appointmentId":"0198a000-0000-7000-8000-000000000070"}"#,
            personal: #"{"reason":"strike"}"#),
        EventSample(
            "case", "PlanDrafted", 1,
            #"{"from":"2026-03-01","kind":"cooperation","office":"job-centre","#
                + #""planId":"0198a000-0000-7000-8000-000000000010","reviewEvery":6,"to":"2027-02-28"}"#,
            personal: #"{"goal":"a trade"}"#),
        EventSample(
            "case", "MeasureAdded", 1,
            #"{"earliestStart":"2026-02-01","hoursPerWeek":19.5,"latestEnd":"2026-12-31","#
                + #""measureId":"0198a000-0000-7000-8000-000000000020","orientation":"preventive","#
                + #""planId":"0198a000-0000-7000-8000-000000000010","#
                + #""provider":"0198a000-0000-7000-8000-000000000060","solidarity":"supply","strand":"education","#
                + #""title":"Welding","weeklySlots":[{"from":"08:00","to":"12:30","weekday":1}],"#
                + #""window":{"from":"2026-03-02","to":"2026-05-29"}}"#),
        EventSample(
            "case", "MeasureRevised", 1,
            #"{"earliestStart":"2026-02-01","hoursPerWeek":19.5,"latestEnd":"2026-12-31","#
                + #""measureId":"0198a000-0000-7000-8000-000000000020","orientation":"preventive","#
                + #""provider":"Werkhof","reason":"begins later","removed":["title"],"solidarity":"supply","#
                + #""strand":"education","weeklySlots":[{"from":"08:00","to":"12:30","weekday":1}],"#
                + #""window":{"from":"2026-03-09","to":"2026-06-05"}}"#),
        EventSample(
            "case", "MeasuresRelated", 1,
            #"{"first":"0198a000-0000-7000-8000-000000000020","maxDays":28,"minDays":1,"relation":"before-start","#
                + #""second":"0198a000-0000-7000-8000-000000000021","tolerance":7}"#),
        EventSample(
            "case", "MeasuresUnrelated", 1,
            #"{"first":"0198a000-0000-7000-8000-000000000020","reason":"moved","relation":"before-start","#
                + #""second":"0198a000-0000-7000-8000-000000000021"}"#),
        EventSample(
            "case", "PlanAgreed", 1,
            #"{"byWhom":"jc-1","participantAgreedOn":"2026-03-02","planId":"0198a000-0000-7000-8000-000000000010"}"#),
        EventSample(
            "case", "PlanReviewed", 1,
            #"{"nextReview":"2026-09-02","on":"2026-03-02","planId":"0198a000-0000-7000-8000-000000000010"}"#,
            personal: #"{"findings":"goes well"}"#),
        EventSample(
            "case", "PlanConcluded", 1,
            #"{"on":"2026-08-31","outcome":"in training","planId":"0198a000-0000-7000-8000-000000000010"}"#),
        EventSample(
            "case", "MeasureStarted", 1,
            #"{"measureId":"0198a000-0000-7000-8000-000000000020","on":"2026-03-02"}"#),
        EventSample(
            "case", "MeasurePaused", 1,
            #"{"measureId":"0198a000-0000-7000-8000-000000000020","on":"2026-04-01","reason":"hospital"}"#),
        EventSample(
            "case", "MeasureResumed", 1,
            #"{"measureId":"0198a000-0000-7000-8000-000000000020","on":"2026-04-20"}"#),
        EventSample(
            "case", "MeasureCompleted", 1,
            #"{"certificate":"DVS 1161","measureId":"0198a000-0000-7000-8000-000000000020","on":"2026-05-29","#
                + #""outcome":"passed"}"#),
        EventSample(
            "case", "MeasureAbandoned", 1,
            #"{"measureId":"0198a000-0000-7000-8000-000000000020","on":"2026-04-01","reason":"course closed"}"#),
        EventSample(
            "case", "PlacementOffered", 1,
            #"{"answerDue":"2026-06-15","employer":"Bakery","employmentField":"food","endsOn":"2027-06-30","#
                + #""hoursPerWeek":39,"kind":"work-opportunity","occupation":"29222","#
                + #""offerId":"0198a000-0000-7000-8000-000000000050","#
                + #""placementId":"0198a000-0000-7000-8000-000000000030","startsOn":"2026-07-01","#
                + #""wage":{"amount":"2150.00","currency":"EUR"}}"#),
        EventSample(
            "case", "PlacementAccepted", 1,
            #"{"offerId":"0198a000-0000-7000-8000-000000000050","#
                + #""placementId":"0198a000-0000-7000-8000-000000000030"}"#,
            personal: #"{"reason":"near home"}"#),
        EventSample(
            "case", "PlacementRefused", 1,
            #"{"importantReasonClaimed":true,"placementId":"0198a000-0000-7000-8000-000000000030"}"#,
            personal: #"{"reason":"night work"}"#),
        EventSample(
            "case", "PlacementStarted", 1,
            #"{"on":"2026-07-01","placementId":"0198a000-0000-7000-8000-000000000030"}"#),
        EventSample(
            "case", "PlacementEnded", 1,
            #"{"incomeCover":{"from":"2027-07-01","kind":"unemployment-benefit","note":"applied"},"#
                + #""offerId":"0198a000-0000-7000-8000-000000000050","on":"2027-06-30","#
                + #""placementId":"0198a000-0000-7000-8000-000000000030","reason":"fixed term"}"#),
        EventSample("case", "CaseClosed", 1, #"{"reason":"settled"}"#),
        EventSample("case", "CaseReopened", 1, #"{"reason":"lost the job"}"#),
        EventSample("case", "FindingOpened", 1, #"{"finding":"# + finding + #","occurrence":2}"#),
        EventSample("case", "FindingUpdated", 1, #"{"finding":"# + finding + "}"),
        EventSample(
            "case", "FindingClosed", 1, #"{"key":"gap:0198a000-0000-7000-8000-000000000001:2026-03-02"}"#),
        EventSample(
            "household", "MemberAdmitted", 1, #"{"caseId":"0198a000-0000-7000-8000-000000000001","role":"adult"}"#),
        EventSample(
            "household", "MemberDismissed", 1, #"{"caseId":"0198a000-0000-7000-8000-000000000001"}"#),
        EventSample("household", "FindingOpened", 1, #"{"finding":"# + finding + #","occurrence":1}"#),
        EventSample("household", "FindingUpdated", 1, #"{"finding":"# + finding + "}"),
        EventSample("household", "FindingClosed", 1, #"{"key":"sequence:job-centre:youth-office"}"#),
        EventSample(
            "area", "AreaPublished", 1,
            #"{"description":"between station and trade fair","from":"2020-01-01","land":"HE","#
                + #""municipality":"Frankfurt am Main","name":"Gallus","region":"Rhein-Main"}"#),
        EventSample(
            "offer", "OfferPublished", 1,
            #"{"areaId":"frankfurt-gallus","capacity":3,"employer":"Bakery","endsOn":"2027-06-30","kind":"job","#
                + #""occupation":"29222","openUntil":"2026-06-30","partnerId":"0198a000-0000-7000-8000-000000000060","#
                + #""startsOn":"2026-07-01","title":"Baker's assistant"}"#),
        EventSample(
            "offer", "PlaceTaken", 1,
            #"{"caseId":"0198a000-0000-7000-8000-000000000001","placementId":"0198a000-0000-7000-8000-000000000030"}"#),
        EventSample(
            "offer", "PlaceReleased", 1,
            #"{"caseId":"0198a000-0000-7000-8000-000000000001","placementId":"0198a000-0000-7000-8000-000000000030"}"#),
        EventSample(
            "partner", "PartnerPublished", 1,
            #"{"areaIds":["frankfurt-gallus"],"name":"Werkhof","sector":"third-sector","services":["welding"]}"#),
    ]
}
