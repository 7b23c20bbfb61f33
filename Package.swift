// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let jwt = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioFoundation = Target.Dependency.product(name: "NIOFoundationCompat", package: "swift-nio")
let nioHTTP = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let coreMetrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")

/// A room of the house: a library target whose dependencies are the arrows of Architecture.md.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], excluding files: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: files, swiftSettings: settings)
}

let package = Package(
    name: "gleichtakt",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "gleichtakt", targets: ["gleichtakt"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        room("Postgres", ["CLibPQ", logging]),
        room("Ledger", [crypto, collections, logging]),
        room("CaseTiming", ["Ledger"]),
        .target(
            name: "RuleFiles", dependencies: ["CaseTiming", "Ledger", yams], resources: [.copy("Rules")],
            swiftSettings: settings),
        room("ImportFiles", ["Ledger", yams]),
        room("CaseFile", ["CaseTiming", "Ledger"]),
        room("CaseCommands", ["CaseFile", "CaseTiming", "Ledger", logging]),
        room("DemoRegion", ["CaseFile", "CaseTiming", "Ledger"]),
        .target(
            name: "Schema", path: "Schema",
            resources: [.copy("migrations"), .copy("functions"), .copy("roles"), .copy("views")],
            swiftSettings: settings),
        room("PostgresLedger", ["Ledger", "Postgres", "Schema", logging]),
        room("CaseViews", ["CaseFile", "CaseTiming", "Ledger", "Postgres", "PostgresLedger", "Schema", logging]),
        room(
            "CaseService",
            [
                "CaseCommands", "CaseFile", "CaseTiming", "CaseViews", "Ledger", collections, crypto, httpClient,
                httpTypes, hummingbird, jwt, coreMetrics, lifecycle, logging, metrics, nio, nioFoundation, nioHTTP,
                nioHTTPTypes,
            ]),
        room(
            "CaseWorker",
            [
                "CaseCommands", "CaseFile", "CaseTiming", "CaseViews", "Ledger", "Postgres", "PostgresLedger",
                lifecycle, logging, metrics,
            ]),
        room(
            "CaseBench",
            [
                "CaseCommands", "CaseFile", "CaseTiming", "CaseViews", "DemoRegion", "Ledger", "Postgres",
                "PostgresLedger", crypto, logging, nio, nioPosix,
            ]),
        .executableTarget(
            name: "gleichtakt",
            dependencies: [
                "CaseBench", "CaseCommands", "CaseFile", "CaseService", "CaseTiming", "CaseViews", "CaseWorker",
                "DemoRegion", "ImportFiles", "Ledger", "Postgres", "PostgresLedger", "RuleFiles", arguments,
                configuration, crypto,
                httpClient, hummingbird,
                lifecycle, logging, metrics, nio, nioFoundation, nioHTTP, signals,
            ],
            swiftSettings: settings),

        // Support that several rooms' tests share.
        .target(
            name: "Testbed", dependencies: ["Postgres", logging], path: "Tests/Testbed", swiftSettings: settings),
        .target(
            name: "LedgerSuite", dependencies: ["Ledger", logging], path: "Tests/LedgerSuite", swiftSettings: settings),

        tests("PostgresTests", ["Postgres", "Testbed", logging]),
        tests("LedgerTests", ["Ledger", "LedgerSuite", crypto, logging]),
        tests(
            "PostgresLedgerTests",
            ["Ledger", "LedgerSuite", "Postgres", "PostgresLedger", "Schema", "Testbed", logging]),
        tests("CaseTimingTests", ["CaseTiming", "Ledger"]),
        tests("ImportFilesTests", ["ImportFiles", "Ledger"]),
        tests("RuleFilesTests", ["CaseTiming", "Ledger", "RuleFiles"]),
        tests(
            "CaseFileTests", ["CaseFile", "CaseTiming", "Ledger", "LedgerSuite", "RuleFiles"],
            excluding: ["Samples/events.ndjson", "Samples/shapes.json"]),
        tests("CaseCommandsTests", ["CaseCommands", "CaseFile", "CaseTiming", "Ledger", logging]),
        tests("DemoRegionTests", ["CaseFile", "CaseTiming", "DemoRegion", "Ledger", "RuleFiles"]),
        tests(
            "CaseViewsTests",
            [
                "CaseFile", "CaseTiming", "CaseViews", "Ledger", "Postgres", "PostgresLedger", "Schema", "Testbed",
                logging,
            ]),
        tests(
            "CaseServiceTests",
            [
                "CaseCommands", "CaseFile", "CaseService", "CaseTiming", "CaseViews", "Ledger", "RuleFiles", crypto,
                hummingbird, hummingbirdTesting, httpTypes, jwt, lifecycle, cryptoExtras, coreMetrics, logging, metrics,
                nio,
            ]),
        tests(
            "CaseWorkerTests",
            [
                "CaseCommands", "CaseFile", "CaseTiming", "CaseViews", "CaseWorker", "Ledger", "Postgres",
                "PostgresLedger", "Testbed", logging,
            ]),
        tests(
            "CaseBenchTests",
            [
                "CaseBench", "CaseCommands", "CaseFile", "CaseTiming", "DemoRegion", "Ledger", "Postgres",
                "PostgresLedger", "RuleFiles", "Testbed", logging, nio,
            ]),
        tests(
            "EndToEndTests",
            ["Ledger", "Postgres", "Testbed", "gleichtakt", httpClient, logging, nio, nioFoundation, nioHTTP],
            excluding: ["Peers/household_story.py", "Peers/schemathesis.toml", "Peers/schemathesis_hooks.py"]),
    ],
    swiftLanguageModes: [.v6]
)
