/// One of the three offices that share a case.
///
/// It lives in the timing room because acting at the same time is what the offices share; everything else about them
/// differs.
public enum Office: String, Codable, CaseIterable, Sendable, Comparable {
    /// Arbeitsamt or Jobcenter: qualification, placement, income.
    case jobCentre = "job-centre"
    /// Jugendamt: support for children, young people and families.
    case youthOffice = "youth-office"
    /// Sozialamt: subsistence, housing, debt, participation.
    case socialOffice = "social-office"

    /// The office's name within an English sentence, without an article: "job centre".
    public var title: String {
        switch self {
        case .jobCentre: "job centre"
        case .youthOffice: "youth office"
        case .socialOffice: "social office"
        }
    }

    /// The order in which offices are listed: job centre, youth office, social office.
    public static func < (left: Office, right: Office) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .jobCentre: 0
        case .youthOffice: 1
        case .socialOffice: 2
        }
    }
}
