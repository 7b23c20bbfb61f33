import CaseCommands
import CaseFile
import CaseTiming
import Foundation
import Ledger
import Testing

@Suite("The worker finds each kind")
struct FindingKindsTests {
    @Test("each finding is opened once as days pass, and closed by what puts it right")
    func overTime() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        let welding = UUID()
        let id = try await desk.makeCase(measure: UUID(), from: "2026-03-05", to: "2026-03-06")
        let plan = UUID()
        try await desk.send(
            .draftPlan(DraftPlan(planId: plan, kind: .cooperation, goal: "a goal", reviewEvery: 1)), to: id)
        try await desk.send(
            .addMeasure(
                AddMeasure(
                    measureId: welding, planId: plan, strand: .education,
                    window: Window(from: "2026-03-02", to: "2026-04-15"), hoursPerWeek: 30)), to: id)
        try await desk.send(.assessPotential(AssessPotential(goals: ["to weld"])), to: id)
        try await desk.send(.agreePlan(AgreePlan(planId: plan)), to: id)
        try await desk.send(.startMeasure(StartMeasure(measureId: welding)), to: id)
        let youth = WorkerDesk.youthOffice
        try await desk.send(
            .engageOffice(EngageOffice(office: .youthOffice, legalBasis: "§ 36 SGB VIII")), to: id, by: youth)
        let appointments = [UUID(), UUID()]
        for (appointment, actor) in zip(appointments, [WorkerDesk.jobCentre, youth]) {
            try await desk.send(
                .scheduleAppointment(
                    ScheduleAppointment(appointmentId: appointment, at: try #require(WallTime("2026-03-09T10:00")))),
                to: id, by: actor)
        }
        let job = UUID()
        try await desk.send(
            .offerPlacement(
                OfferPlacement(
                    placementId: job, employer: "Werkhof", kind: .job, hoursPerWeek: 15, startsOn: "2026-03-02",
                    endsOn: "2026-03-31")), to: id)
        try await desk.send(.acceptPlacement(AcceptPlacement(placementId: job)), to: id)
        try await desk.send(.startPlacement(StartPlacement(placementId: job)), to: id)
        try await desk.withWorkers {
            try await desk.eventually("the clashes are found") {
                try await desk.findings(of: id).open.count { $0.kind == .clash } == 2
            }
            try await desk.send(
                .cancelAppointment(CancelAppointment(appointmentId: appointments[1], reason: "both at once")), to: id,
                by: youth)
            try await desk.eventually("that of the appointments is closed") {
                try await desk.findings(of: id).open.count { $0.kind == .clash } == 1
            }
            for day in 1...45 {
                desk.time.today = ("2026-03-02" as CalendarDate) + day
                if desk.time.today == "2026-04-01" {
                    try await desk.send(.endPlacement(EndPlacement(placementId: job, on: "2026-03-31")), to: id)
                }
                try await desk.settle()
            }
            let open = try await desk.findings(of: id).open
            #expect(Set(open.map(\.kind)) == [.review, .handover, .incomeGap], "\(open.map(\.key))")
            try await desk.send(.reviewPlan(ReviewPlan(planId: plan, nextReview: "2026-12-01")), to: id)
            try await desk.eventually("the review is done") {
                try await !desk.findings(of: id).open.contains { $0.kind == .review }
            }
        }
        let entries = try await desk.findings(of: id).entries.values
        #expect(entries.allSatisfy { $0.occurrences == 1 }, "\(entries.map { ($0.finding.key, $0.occurrences) })")
        let events = try await desk.store.read(.of(CaseEvent.self, id)).map(\.type)
        let incomeGap = try #require(entries.first { $0.finding.kind == .incomeGap })
        #expect(
            incomeGap.finding.events?.map(\.type) == ["PlacementOffered", "PlacementAccepted", "PlacementStarted"])
        #expect(events.count { $0 == "FindingOpened" } == entries.count)
        #expect(events.count { $0 == "FindingClosed" } == entries.count { !$0.isOpen })
    }

    @Test("an adult's and a youth's related measures that fall apart are the household's finding")
    func householdStep() async throws {
        let desk = try await WorkerDesk(today: "2026-03-02")
        let household = UUID()
        let (welding, training) = (UUID(), UUID())
        let parent = try await desk.makeCase(
            measure: welding, from: "2026-03-05", to: "2026-06-30", household: household)
        let youth = try await desk.makeCase(
            measure: training, from: "2026-09-01", to: "2026-12-31", by: WorkerDesk.youthOffice)
        try await desk.send(
            .joinHousehold(JoinHousehold(householdId: household, role: .youth)), to: youth, by: WorkerDesk.youthOffice)
        try await desk.send(
            .relateMeasures(RelateMeasures(first: welding, second: training, relation: .concurrent, tolerance: 14)),
            to: parent)
        try await desk.withWorkers {
            try await desk.eventually("it is found") {
                let own = try await desk.findings(of: parent).open
                return try await desk.findings(ofHousehold: household).open.contains { $0.kind == .householdStep }
                    && own.contains { $0.kind == .sequence }
            }
            try await desk.send(
                .unrelateMeasures(UnrelateMeasures(first: welding, second: training, relation: .concurrent)), to: parent
            )
            try await desk.eventually("it is closed") {
                try await !desk.findings(ofHousehold: household).open.contains { $0.kind == .householdStep }
            }
        }
    }
}
