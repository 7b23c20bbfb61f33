/// How percentages are written in sentences.
enum PercentText {
    /// `30 %`, `37.5 %`.
    static func text(_ value: Double) -> String {
        value == value.rounded() ? "\(Int(value)) %" : "\(value) %"
    }
}
