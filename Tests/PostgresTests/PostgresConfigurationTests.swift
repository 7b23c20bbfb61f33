import Testing

@testable import Postgres

@Suite struct PostgresConfigurationTests {
    @Test func optionsFollowThoseOfTheURI() {
        let configuration = PostgresConfiguration(uri: "", role: "writer", searchPath: "ledger, public")
        #expect(
            configuration.startupOptions(mergedWith: "-c work_mem=4MB")
                == #"-c work_mem=4MB -c role=writer -c statement_timeout=30000 -c search_path=ledger,\ public"#)
    }

    @Test func nothingToSay() {
        let configuration = PostgresConfiguration(uri: "", statementTimeout: nil)
        #expect(configuration.startupOptions(mergedWith: nil) == nil)
        #expect(configuration.startupOptions(mergedWith: "") == nil)
    }

    @Test func valuesCannotBreakOut() {
        let configuration = PostgresConfiguration(uri: "", role: #"a -c b\"#, statementTimeout: nil)
        #expect(configuration.startupOptions(mergedWith: nil) == #"-c role=a\ -c\ b\\"#)
    }
}
