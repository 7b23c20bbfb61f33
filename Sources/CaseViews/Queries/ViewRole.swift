import CaseFile
import CaseTiming

/// The role of the database that a query acts as: it can read what the query is for, and nothing else (`Schema/roles`).
///
/// A query takes the role on for its own transaction, in the round trip in which it asks, so that it costs no round trip of
/// its own and leaves nothing behind on a connection that others use next, also behind a pooler in transaction mode.
enum ViewRole: String, CaseIterable, Sendable {
    case jobCentre = "gleichtakt_job_centre"
    case youthOffice = "gleichtakt_youth_office"
    case socialOffice = "gleichtakt_social_office"
    case summary = "gleichtakt_summary"
    case catalogue = "gleichtakt_catalogue"

    /// The role of an office's queries.
    init(_ office: Office) {
        switch office {
        case .jobCentre: self = .jobCentre
        case .youthOffice: self = .youthOffice
        case .socialOffice: self = .socialOffice
        }
    }
}

/// As whom a query reads.
struct ViewReading: Sendable {
    /// The database's role.
    let role: ViewRole
    /// The areas whose rows there are for it, as the policies of row-level security read them: `*` for all.
    let areas: String

    /// Reads as `role` for an actor.
    init(as role: ViewRole, for actor: Actor) {
        self.role = role
        areas = actor.areas.map { $0.sorted().joined(separator: ",") } ?? "*"
    }

    /// Reads an office's views for an actor.
    ///
    /// Default deny: nobody looks into another office's views, whatever the caller has checked before.
    /// - Throws: ``ViewQueryError/foreignOffice``.
    init(of office: Office, for actor: Actor) throws(ViewQueryError) {
        guard AccessPolicy.judge(.worklist, by: actor, viewOf: office).isAllowed else { throw .foreignOffice }
        self.init(as: ViewRole(office), for: actor)
    }
}
