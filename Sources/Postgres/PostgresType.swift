/// A type's object identifier (`pg_type.oid`).
public struct PostgresType: RawRepresentable, Hashable, Sendable {
    /// The OID.
    public let rawValue: UInt32

    /// A type from its OID.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    init(_ rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// `boolean`
    public static let bool = PostgresType(16)
    /// `bytea`
    public static let bytea = PostgresType(17)
    /// `name`
    public static let name = PostgresType(19)
    /// `bigint`
    public static let int8 = PostgresType(20)
    /// `smallint`
    public static let int2 = PostgresType(21)
    /// `integer`
    public static let int4 = PostgresType(23)
    /// `text`
    public static let text = PostgresType(25)
    /// `oid`
    public static let oid = PostgresType(26)
    /// `json`
    public static let json = PostgresType(114)
    /// `real`
    public static let float4 = PostgresType(700)
    /// `double precision`
    public static let float8 = PostgresType(701)
    /// A literal whose type is not settled.
    public static let unknown = PostgresType(705)
    /// `character(n)`
    public static let bpchar = PostgresType(1042)
    /// `character varying`
    public static let varchar = PostgresType(1043)
    /// `date`
    public static let date = PostgresType(1082)
    /// `timestamp without time zone`
    public static let timestamp = PostgresType(1114)
    /// `timestamp with time zone`
    public static let timestamptz = PostgresType(1184)
    /// `void`, what a function without a result returns
    public static let void = PostgresType(2278)
    /// `uuid`
    public static let uuid = PostgresType(2950)
    /// `jsonb`
    public static let jsonb = PostgresType(3802)

    /// `boolean[]`
    public static let boolArray = PostgresType(1000)
    /// `bytea[]`
    public static let byteaArray = PostgresType(1001)
    /// `smallint[]`
    public static let int2Array = PostgresType(1005)
    /// `integer[]`
    public static let int4Array = PostgresType(1007)
    /// `text[]`
    public static let textArray = PostgresType(1009)
    /// `bigint[]`
    public static let int8Array = PostgresType(1016)
    /// `real[]`
    public static let float4Array = PostgresType(1021)
    /// `double precision[]`
    public static let float8Array = PostgresType(1022)
    /// `date[]`
    public static let dateArray = PostgresType(1182)
    /// `timestamptz[]`
    public static let timestamptzArray = PostgresType(1185)
    /// `uuid[]`
    public static let uuidArray = PostgresType(2951)
    /// `jsonb[]`
    public static let jsonbArray = PostgresType(3807)

    /// Whether the type belongs to the database rather than to PostgreSQL: enums, domains and extensions' types.
    var isUserDefined: Bool { rawValue >= 16384 }
}
