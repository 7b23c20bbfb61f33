public import CaseTiming
public import Ledger

/// That an office may see others' data of one category, on which days, and what allows it.
public struct CategoryGrant: Hashable, Sendable {
    /// What may be seen.
    public var category: ConsentCategory
    /// The first day on which it may be seen, Europe/Berlin.
    public var from: CalendarDate
    /// The last day on which it may be seen; `nil` without an end.
    public var until: CalendarDate?
    /// What allows it.
    public var basis: Basis

    /// What allows an office to see data of another.
    public enum Basis: Hashable, Sendable {
        /// The participant's consent of that number, for that purpose.
        case consent(number: Int, purpose: String)
        /// The law or paragraph recorded with the asking office's own engagement. It opens timing and nothing else.
        case legalBasis(String)
    }

    /// Whether it holds on `day`.
    public func holds(on day: CalendarDate) -> Bool {
        guard from <= day else { return false }
        return until.map { day <= $0 } ?? true
    }
}

extension CaseState {
    /// What `office` may see of the other offices' data, on which days, and why; nothing while it is not engaged.
    ///
    /// The answer does not depend on the present day, so that a view can keep it beside the data. Several grants may
    /// open one category on the same days. Identity, area and household need no grant (see ``Sight``); what was entrusted
    /// has none, nor has what is restricted.
    public func grants(for office: Office) -> [CategoryGrant] {
        guard let engagement = engagements[office] else { return [] }
        var grants: [CategoryGrant] = []
        if let basis = engagement.legalBasis.map(CategoryGrant.Basis.legalBasis) {
            for category in ConsentCategory.allCases
            where AccessPolicy.opens(category, on: basis) && dataProtection.lets(category) {
                grants.append(CategoryGrant(category: category, from: engagement.from, until: nil, basis: basis))
            }
        }
        for consent in consents {
            let basis = CategoryGrant.Basis.consent(number: consent.number, purpose: consent.purpose)
            for category in consent.categories
            where AccessPolicy.opens(category, on: basis) && dataProtection.lets(category) {
                guard let period = consent.period(of: category, to: office) else { continue }
                let from = max(period.from, engagement.from)
                if let until = period.until, until < from { continue }
                grants.append(CategoryGrant(category: category, from: from, until: period.until, basis: basis))
            }
        }
        return grants
    }

    /// What `office` sees of the case on `day`, or `nil` when it is not engaged by then: to it, there is no such case.
    public func sight(of office: Office, on day: CalendarDate) -> Sight? {
        guard let engagement = engagements[office], engagement.from <= day else { return nil }
        return Sight(office: office, day: day, grants: grants(for: office).filter { $0.holds(on: day) })
    }
}
