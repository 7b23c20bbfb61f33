public import ArgumentParser
public import CaseFile
public import CaseTiming
public import Ledger

// The domain's words as they are written on the command line: exactly as in the API.
extension Role: ExpressibleByArgument {}
extension Office: ExpressibleByArgument {}
extension CalendarDate: ExpressibleByArgument {}
