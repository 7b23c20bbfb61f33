import CaseTiming
import Foundation
import Ledger

/// A row of `office_case_files`: the stored file and timeline of one case for one office.
struct CaseFileRow: Hashable, Sendable {
    var caseId: UUID
    var office: Office
    var areaId: String
    var engagedOn: CalendarDate
    var document: [UInt8]
    var timeline: [UInt8]

    init?(_ stored: StoredCaseFile, _ timeline: StoredTimeline) {
        let file = stored.file
        guard let engagement = file.engagements.first(where: { $0.office == file.office }) else { return nil }
        caseId = file.caseId
        office = file.office
        areaId = file.identity.areaId.storable
        engagedOn = engagement.since
        document = stored.json
        self.timeline = timeline.json
    }
}

extension JSONWritable {
    var json: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }
}
