import CaseTiming
import Foundation
import Ledger

/// A row of `office_case_files`: the stored file and timeline of one case for one office.
struct CaseFileRow: Hashable, Sendable {
    var caseId: UUID
    var office: Office
    var areaId: String
    var engagedOn: CalendarDate
    var seenUntil: CalendarDate?
    var document: [UInt8]
    var timeline: [UInt8]

    init(_ stored: StoredCaseFile, _ timeline: StoredTimeline) {
        let file = stored.file
        caseId = file.caseId
        office = file.office
        areaId = file.identity.areaId.storable
        engagedOn = file.since
        seenUntil = file.until
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
