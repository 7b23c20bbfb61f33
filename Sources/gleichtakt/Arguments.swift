public import ArgumentParser
public import CaseFile
public import CaseTiming
public import CaseViews
public import Ledger
public import PostgresLedger

// The domain's words as they are written on the command line: exactly as in the API.
extension Role: ExpressibleByArgument {}
extension Office: ExpressibleByArgument {}
extension CalendarDate: ExpressibleByArgument {}
extension ErasureGround: ExpressibleByArgument {}
extension UnhandledEventPolicy: ExpressibleByArgument {}

extension ViewName: ExpressibleByArgument {
    /// The view of that name; a timeline lies beside its case file.
    public init?(argument: String) {
        self.init(rawValue: argument == "timeline" ? ViewName.caseFiles.rawValue : argument)
    }
}

extension Land: ExpressibleByArgument {
    /// The code with or without the country, `HE` or `DE-HE`.
    public init?(argument: String) { self.init(argument) }
}

extension PeriodLength: ExpressibleByArgument {
    /// An ISO 8601 length such as `P1M`.
    public init?(argument: String) { self.init(argument) }
}
