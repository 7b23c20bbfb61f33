import CaseFile
import CaseTiming
import Foundation
import Ledger

extension CaseState {
    /// The conferences that an office takes part in, by time; none once it is not engaged.
    func conferences(of office: Office) -> [Conference] {
        guard isEngaged(office) else { return [] }
        return conferences.filter { $0.participants.contains(office) }.sorted { $0.at < $1.at }
    }

    /// The commitments that an office made or that were made to it; none once it is not engaged.
    func commitments(of office: Office) -> [Commitment] {
        guard isEngaged(office) else { return [] }
        return commitments.filter { $0.concerns(office) }
    }

    /// The days on which what was said at a conference may be with one of its offices: always with the one that called it,
    /// with others while consent opens to them something of what may be talked about.
    func days(of conference: Conference, for office: Office) -> VisibleDays {
        let always = VisibleDays(from: conference.called.on)
        guard conference.office != office else { return always }
        return conference.categories.reduce(VisibleDays.never) { days, category in
            let consented = consents.compactMap { $0.period(of: category, to: office) }
            return days.union(VisibleDays(consented.map { VisibleDays.Span(from: $0.from, until: $0.until) }))
        }.intersection(always)
    }

    /// The days on which an office may read what a commitment is about: always of its own, of others' while it may know what
    /// was said where it was made.
    func days(of commitment: Commitment, for office: Office) -> VisibleDays {
        // What was aligned tells when measures are.
        if commitment.office != office, commitment.proposalId != nil {
            return days(of: .timing, for: office).intersection(VisibleDays(from: commitment.made.on))
        }
        guard commitment.office != office, let conference = commitment.conferenceId.flatMap(conference) else {
            return VisibleDays(from: commitment.made.on)
        }
        return days(of: conference, for: office)
    }

    /// The conferences of an office as it may see them.
    func toldConferences(of office: Office) -> [Told<OfficeCaseFile.Conference>] {
        conferences(of: office).map { Told(OfficeCaseFile.Conference($0), on: days(of: $0, for: office)) }
    }

    /// The commitments of an office, and those made to it, as it may see them.
    func toldCommitments(of office: Office) -> [Told<OfficeCaseFile.Commitment>] {
        commitments(of: office).map { Told(OfficeCaseFile.Commitment($0), on: days(of: $0, for: office)) }
    }

    /// The conferences that an office is to meet at, or whose minutes are to be written.
    func conferenceDues(of office: Office) -> [Due] {
        conferences(of: office).filter { $0.status == .called }
            .map { conference in
                Due(
                    on: conference.at.day, reason: .conference, subject: conference.conferenceId,
                    why: "The offices meet at \(conference.at.time); there are no minutes yet.")
            }
    }
}

extension Commitment {
    /// That it is still to be kept, as the office that made it or one that it was made to sees it.
    func awaited(with other: Office) -> Awaited {
        Awaited(
            office: other, on: by, reason: .commitment, subject: commitmentId,
            why: "The \(office.rawValue) committed itself on \(made.on), and has not said what became of it.")
    }
}

extension OfficeCaseFile.Conference: Tellable {
    init(_ conference: Conference) {
        self.init(
            conferenceId: conference.conferenceId, state: conference.status, office: conference.office,
            participants: conference.participants, at: BerlinMoment(conference.at), place: conference.place,
            consents: conference.consents, categories: conference.categories, commitments: [])
        switch conference.outcome {
        case .minuted(let on, let minutes, let commitments):
            settledOn = on
            self.minutes = minutes
            self.commitments = commitments
        case .cancelled(let on, let reason):
            settledOn = on
            self.reason = reason
        case nil: break
        }
    }

    var untold: Self {
        var conference = self
        conference.minutes = nil
        conference.reason = nil
        return conference
    }
}

extension OfficeCaseFile.Commitment: Tellable {
    init(_ commitment: Commitment) {
        self.init(
            commitmentId: commitment.commitmentId, state: commitment.status, office: commitment.office,
            to: commitment.to, what: commitment.what, by: commitment.by, conferenceId: commitment.conferenceId,
            proposalId: commitment.proposalId, overdueSince: commitment.overdueSince,
            madeOn: commitment.made.on, settledOn: commitment.settlement?.on, note: commitment.settlement?.note,
            replies: commitment.replies.map { OfficeCaseFile.Reply(on: $0.on, note: $0.note) })
    }

    var untold: Self {
        var commitment = self
        commitment.what = nil
        commitment.note = nil
        commitment.replies = replies.map { OfficeCaseFile.Reply(on: $0.on) }
        return commitment
    }
}
