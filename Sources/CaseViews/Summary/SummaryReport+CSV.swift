import CaseTiming
import Foundation
import Ledger

extension SummaryReport {
    /// The report as `text/csv` (RFC 4180) in UTF-8, with a header line: one line per area, month and office.
    ///
    /// Suppressed numbers are `*`; a ratio that does not exist is empty, and has a point for decimals.
    public var csv: String {
        let header =
            ["asOf", "areaId", "area", "month", "office"] + SummaryIndicator.allCases.map(\.rawValue)
            + ["simultaneity.cases.ratio", "simultaneity.households.ratio"]
        var lines = [header]
        for area in areas {
            for row in area.rows {
                lines.append(
                    [
                        asOf.description, area.areaId, area.name ?? "", row.month.description,
                        row.office?.rawValue ?? "all",
                    ] + SummaryIndicator.allCases.map { row[$0].value.map(String.init) ?? "*" }
                        + [Self.ratio(row.simultaneityOfCases), Self.ratio(row.simultaneityOfHouseholds)])
            }
        }
        return lines.map { $0.map(Self.quoted).joined(separator: ",") + "\r\n" }.joined()
    }

    private static func ratio(_ ratio: Double?) -> String {
        ratio.map { String((($0 * 10_000).rounded()) / 10_000) } ?? ""
    }

    /// A field that needs it in quotation marks. One that a spreadsheet would take for a formula gets an apostrophe, since
    /// an area's name is somebody's input.
    private static func quoted(_ field: String) -> String {
        let isFormula = field.first.map { "=+-@\t\r".contains($0) } ?? false
        let field = isFormula ? "'" + field : field
        guard field.contains(where: { ",\"\r\n".contains($0) || $0 == "\r\n" }) else { return field }
        return "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
