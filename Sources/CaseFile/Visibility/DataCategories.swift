// Which consent opens which data of another office. Names, day of birth, address, contact, languages, programme area,
// household membership and engagements are identity, area and household: they need none.

extension Plan {
    /// What opens the goal of the plan.
    public var category: ConsentCategory { ConsentCategory(ofPlan: kind) }
}

extension Measure {
    /// What opens title, provider, orientation, solidarity, outcome and reason of the measure. Everything else of it is
    /// ``ConsentCategory/timing``.
    ///
    /// All that stands in a support plan is youth support, whatever its strand. Otherwise the strand says it; the three
    /// strands about home and neighbourhood (housing, debts, participation) are the social office's business and go
    /// with what it knows of people's means, the narrower consent where two are thinkable.
    public var category: ConsentCategory {
        if planKind == .youthSupport { return .youthSupport }
        return switch strand {
        case .education: .education
        case .employment: .employment
        case .neighbourhood, .civicParticipation, .livingEnvironment: .benefits
        }
    }
}

extension Potential {
    /// What opens strengths, goals, obstacles, level and occupations sought.
    public static let category = ConsentCategory.employment
}

extension Participant {
    /// What opens the school and the vocational certificate.
    public static let certificatesCategory = ConsentCategory.education
}

extension Placement {
    /// What opens employer, occupation, dates, answer and end.
    public static let category = ConsentCategory.placement
    /// What opens wage and income cover.
    public static let incomeCategory = ConsentCategory.benefits
}

extension ConsentCategory {
    fileprivate init(ofPlan kind: PlanKind) {
        self =
            switch kind {
            case .cooperation: .employment
            case .youthSupport: .youthSupport
            case .participation: .benefits
            }
    }
}
