import CaseTiming

/// A view that can be built anew on its own: what it is called by operators, and its tables.
public enum ViewName: String, CaseIterable, Sendable, Hashable {
    /// The job centre's worklist.
    case jobCentre = "job-centre"
    /// The youth office's worklist.
    case youthOffice = "youth-office"
    /// The social office's worklist.
    case socialOffice = "social-office"
    /// A case's file and timeline, as each office may see them.
    case caseFiles = "case-files"
    /// What is out of step, and what is proposed to be done about it.
    case findings
    /// What participants are found by.
    case names
    /// The programme areas' numbers.
    case summary
    /// Offers, partners, areas and employment fields.
    case catalogue

    /// The view's tables, by their names without a schema.
    var tables: [String] {
        switch self {
        case .jobCentre: ["job_centre_cases"]
        case .youthOffice: ["youth_office_cases"]
        case .socialOffice: ["social_office_cases"]
        case .caseFiles: ["office_case_files"]
        case .findings: ["office_findings", "office_open_findings", "office_proposals"]
        case .names: ["job_centre_names", "youth_office_names", "social_office_names"]
        case .summary: ["areas", "summary_cases", "summary_findings"]
        case .catalogue: ["catalogue"]
        }
    }

    /// The worklist of an office.
    init(worklistOf office: Office) {
        switch office {
        case .jobCentre: self = .jobCentre
        case .youthOffice: self = .youthOffice
        case .socialOffice: self = .socialOffice
        }
    }
}

extension Set<ViewName> {
    /// Every view.
    public static let all = Set(ViewName.allCases)
}
