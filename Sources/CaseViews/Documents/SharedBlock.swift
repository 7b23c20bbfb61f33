public import CaseFile
public import CaseTiming
public import Ledger

/// What one office lets another see of a case: one category, on one basis, for some days.
public struct SharedBlock: Codable, Hashable, Sendable {
    /// What kind of data it is.
    public var category: ConsentCategory
    /// Whose data it is; `nil` for what nobody recorded for an office, such as the registration by an import.
    public var office: Office?
    /// What allows it.
    public var basis: Basis
    /// The first day on which it may be seen, Europe/Berlin.
    public var from: CalendarDate
    /// The last day on which it may be seen; `nil` without an end.
    public var until: CalendarDate?
    /// The data.
    public var content: Content

    /// What allows an office to see another's data.
    public struct Basis: Codable, Hashable, Sendable {
        /// The number of the participant's consent in the case, if it is one.
        public var consent: Int?
        /// What that consent is for.
        public var purpose: String?
        /// The legal basis of the office's own engagement, if it is that.
        public var legalBasis: String?
    }

    /// The data of a category; the fields of other categories are `nil`.
    public struct Content: Codable, Hashable, Sendable {
        /// When measures are (timing).
        public var timing: [OfficeCaseFile.MeasureTiming]?
        /// When the participant is expected somewhere, cancelled appointments left out (timing).
        public var appointments: [OfficeCaseFile.AppointmentTiming]?
        /// Measures with their content, without the goal of their plan (education, employment).
        public var measures: [OfficeCaseFile.Measure]?
        /// The school certificate (education).
        public var schooling: String?
        /// The vocational certificate (education).
        public var vocationalCertificate: String?
        /// The assessment of potential (employment).
        public var potential: OfficeCaseFile.Potential?
        /// Placements, without wage and income cover (placement).
        public var placements: [OfficeCaseFile.Placement]?
        /// Wages and income cover (benefits).
        public var income: [OfficeCaseFile.Income]?
        /// Wage subsidies (benefits).
        public var subsidies: [OfficeCaseFile.Subsidy]?
        /// Vouchers (education, placement, benefits: by their kind).
        public var vouchers: [OfficeCaseFile.Voucher]?
        /// Reductions (benefits).
        public var reductions: [OfficeCaseFile.Reduction]?
        /// Support plans with their measures (youth support).
        public var plans: [OfficeCaseFile.Plan]?
    }
}
