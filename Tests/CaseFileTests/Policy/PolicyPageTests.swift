import Foundation
import Testing

@testable import CaseFile

@Suite("The policy as a page") struct PolicyPageTests {
    private static let page = SampleFiles.sources.appending(
        path: "gleichtakt/Documentation.docc/Who-may-see-what.md")

    @Test func thePageIsCurrent() throws {
        let text = try PolicyPage().text
        if SampleFiles.areRecorded { try Data(text.utf8).write(to: Self.page) }
        let isSame = try String(contentsOf: Self.page, encoding: .utf8) == text
        #expect(isSame, "it is out of date: GLEICHTAKT_RECORD=1 swift test --filter PolicyPageTests")
    }
}
