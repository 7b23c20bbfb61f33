import Foundation
import Ledger

/// The commands of one invented case from registration to work, each with an identifier of its own. All of them are the
/// job centre's.
struct CaseScript: Sendable {
    struct Command: Sendable {
        var id: UUID
        var name: String
        var path: String
        var body: JSON
    }

    static let area = "fault-quarter"
    let caseID: UUID
    /// The household that the person joins, perhaps together with others.
    let household: UUID
    let today: CalendarDate

    var commands: [Command] {
        [
            command(
                "register-participant",
                [
                    "givenName": "Frida", "familyName": "Faultless", "bornOn": "1984-05-17",
                    "areaId": .string(Self.area), "effectiveOn": day(-90),
                ]),
            command(
                "engage-office",
                [
                    "office": "job-centre", "caseworker": "jc-1", "legalBasis": "§ 15 SGB II", "effectiveOn": day(-90),
                ]),
            command(
                "join-household",
                ["householdId": .string(household.text), "role": "adult", "effectiveOn": day(-90)]),
            command(
                "assess-potential",
                [
                    "strengths": ["repairs what breaks"], "goals": ["a job with a contract"], "level": 3,
                    "occupationsSought": ["24422"], "effectiveOn": day(-80),
                ]),
            command(
                "draft-plan",
                [
                    "planId": .string(own("plan")), "kind": "cooperation", "goal": "work", "reviewEvery": 6,
                    "effectiveOn": day(-80),
                ]),
            command(
                "add-measure",
                [
                    "measureId": .string(own("measure")), "title": "welding", "strand": "education",
                    "window": ["from": day(-60), "to": day(40)], "hoursPerWeek": 30, "effectiveOn": day(-80),
                ]),
            command("agree-plan", ["participantAgreedOn": day(-75), "effectiveOn": day(-75)]),
            command("start-measure", ["measureId": .string(own("measure")), "on": day(-60)]),
            command(
                "offer-placement",
                [
                    "placementId": .string(own("placement")), "employer": "Invented Metalworks", "kind": "job",
                    "occupation": "24422", "hoursPerWeek": 20, "startsOn": day(-3), "effectiveOn": day(-10),
                ]),
            command("accept-placement", ["placementId": .string(own("placement")), "effectiveOn": day(-8)]),
            command("start-placement", ["placementId": .string(own("placement")), "on": day(-3)]),
        ]
    }

    private func command(_ name: String, _ body: JSON) -> Command {
        Command(
            id: UUID(derivedFrom: caseID, name), name: name, path: "/v1/cases/\(caseID.text)/\(name)", body: body)
    }

    private func own(_ name: String) -> String { UUID(derivedFrom: caseID, name + " itself").text }

    private func day(_ offset: Int) -> JSON { .string((today + offset).description) }
}

extension UUID {
    var text: String { uuidString.lowercased() }

    /// A random one that the seed decides.
    init(using random: inout SeededGenerator) {
        let (first, second) = (random.next(), random.next())
        let bytes =
            (0..<8).map { UInt8(truncatingIfNeeded: first >> (8 * $0)) }
            + (0..<8).map { UInt8(truncatingIfNeeded: second >> (8 * $0)) }
        self.init(
            uuid: (
                bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5], bytes[6] & 0x0f | 0x40, bytes[7],
                bytes[8] & 0x3f | 0x80, bytes[9], bytes[10], bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]
            ))
    }
}
