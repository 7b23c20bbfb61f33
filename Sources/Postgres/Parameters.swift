/// The parameters of one execution in binary form, all in one buffer.
struct Parameters: Sendable, Equatable {
    /// PostgreSQL reads no message longer than this (`PQ_LARGE_MESSAGE_LIMIT`, `MaxAllocSize`).
    static let sizeLimit = 0x3fff_ffff
    /// The protocol counts parameters in sixteen bits.
    static let countLimit = Int(UInt16.max)

    private(set) var types: [UInt32] = []
    /// The length of each parameter in `bytes`, one after another; -1 is NULL.
    private(set) var lengths: [Int32] = []
    private(set) var bytes: [UInt8] = []

    static let none = Parameters()

    private init() {}

    init(_ values: [any PostgresEncodable]) throws(PostgresError) {
        guard !values.isEmpty else { return }
        guard values.count <= Self.countLimit else {
            throw .encoding("\(values.count) parameters; a statement takes at most \(Self.countLimit)")
        }
        types.reserveCapacity(values.count)
        lengths.reserveCapacity(values.count)
        var writer = PostgresWriter()
        for value in values {
            types.append(type(of: value).postgresType.rawValue)
            if value.isPostgresNull {
                lengths.append(-1)
            } else {
                let start = writer.bytes.count
                value.encode(into: &writer)
                guard writer.bytes.count <= Self.sizeLimit else {
                    throw .encoding("parameters of more than \(Self.sizeLimit) bytes")
                }
                lengths.append(Int32(truncatingIfNeeded: writer.bytes.count - start))
            }
        }
        bytes = writer.bytes
    }
}
