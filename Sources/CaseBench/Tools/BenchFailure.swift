/// Why something could not be measured, for people to read.
public struct BenchFailure: Error, CustomStringConvertible {
    /// What went wrong.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
