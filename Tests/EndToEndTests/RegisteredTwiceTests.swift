import Foundation
import Ledger
import Testing

/// Somebody is registered twice, found, merged and taken apart again: the programs, PostgreSQL and HTTP.
@Suite("Registered twice", .serialized)
struct RegisteredTwiceTests {
    private let first = UUID().uuidString.lowercased()
    private let second = UUID().uuidString.lowercased()

    private func registration(_ given: String, _ family: String) -> JSON {
        .object([
            "givenName": .string(given), "familyName": .string(family), "bornOn": .string("1990-04-05"),
            "areaId": .string("gallus"),
        ])
    }

    @Test("is found in whatever spelling, by those who see it, and goes on in one file")
    func story() async throws {
        let installation = try await Installation.start()
        let administrator = try await installation.caller("administrator", subject: "admin")
        _ = try await administrator.post("/v1/areas/gallus/publish-area", .object(["name": .string("Gallus")]))
        let jobCentre = try await installation.caller("caseworker", office: "job-centre", subject: "jc-1")
        let youthOffice = try await installation.caller("caseworker", office: "youth-office", subject: "yo-1")
        var position = "0"
        func post(_ caller: Caller, _ id: String, _ command: String, _ body: JSON) async throws -> Answer {
            let answer = try await caller.post("/v1/cases/\(id)/\(command)", body)
            position = answer.header("Ledger-Position") ?? position
            return answer
        }
        func reached(_ path: String) async throws -> Answer {
            try await jobCentre.get("\(path)?atLeast=\(position)&wait=30")
        }
        #expect(try await post(jobCentre, first, "register-participant", registration("Ayşe", "Yıldız")).status == 201)
        let engagement = JSON.object(["office": .string("job-centre")])
        #expect(try await post(jobCentre, first, "engage-office", engagement).status == 200)
        #expect(try await reached("/v1/job-centre/cases/\(first)").status == 200)

        // To the youth office there is nobody of that name, and its answer is like any other.
        let foreign = UUID().uuidString.lowercased()
        let alone = try await post(youthOffice, foreign, "register-participant", registration("Ayse", "Yildiz"))
        #expect(alone.status == 201 && alone.json["candidates"] == .null)

        let double = try await post(jobCentre, second, "register-participant", registration("Yildiz", "Ayse"))
        #expect(double.status == 201, "\(double.text)")
        #expect(double.json["candidates"][0]["caseId"] == .string(first), "\(double.text)")
        #expect(double.json["candidates"][0]["reasons"][0] == .string("swapped-name"))
        let candidates = try await reached("/v1/job-centre/cases/\(second)/candidates")
        #expect(candidates.json["items"][0]["caseId"] == .string(first))

        let decision = JSON.object([
            "otherCaseId": .string(first), "verdict": .string("same-person"), "reason": .string("Same card."),
        ])
        #expect(try await post(jobCentre, second, "decide-identity", decision).status == 200)
        #expect(try await post(jobCentre, second, "engage-office", engagement).status == 200)
        let merging = JSON.object(["into": .string(first), "reason": .string("Registered twice.")])
        #expect(try await post(jobCentre, second, "merge-case", merging).status == 200)
        let file = try await reached("/v1/job-centre/cases/\(first)")
        #expect(file.json["merged"][0]["caseId"] == .string(second), "\(file.text)")
        #expect(try await reached("/v1/job-centre/cases/\(second)").json["mergedInto"] == .string(first))
        let list = try await reached("/v1/job-centre/cases")
        #expect(list.text.contains(first) && !list.text.contains("\"caseId\":\"\(second)\""))
        let rejected = try await post(jobCentre, second, "reopen-case", .object([:]))
        #expect(rejected.status == 409 && rejected.json["rule"] == .string("case-merged"))
        let history = try await installation.run("replay", first)
        #expect(history.contains("CaseAbsorbed") && history.contains("CaseMerged"))

        let unmerging = JSON.object(["reason": .string("Twins.")])
        #expect(try await post(jobCentre, second, "unmerge-case", unmerging).status == 200)
        let apart = try await reached("/v1/job-centre/cases")
        #expect(apart.text.contains(first) && apart.text.contains(second))
        _ = try await installation.run("rebuild")
        let verified = try await installation.verify()
        #expect(verified.status == 0, "\(verified.output)")
        try await installation.stop()
    }
}
