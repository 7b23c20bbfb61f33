import Testing

@testable import CaseService

@Suite struct ImportDeskTests {
    private func line(_ size: Int) -> LineSplitter.Line { .bytes(Array(repeating: 0x78, count: size)) }

    @Test func whoReadsWaitsForRoom() async throws {
        let desk = ImportDesk(capacity: 2000)
        await desk.put([line(1000), line(900)])
        let isThrough = Mutex2(false)
        try await withThrowingTaskGroup { group in
            group.addTask { [line = line(600)] in
                await desk.put([line])
                isThrough.value = true
            }
            var lines = 0
            while lines < 3 {
                for arrival in await desk.take() { if case .lines(let read) = arrival { lines += read.count } }
            }
            try await Task.sleep(for: .milliseconds(20))
            #expect(!isThrough.value, "the lines are there, and nobody reads on")
            await desk.makeRoom(1000)
            try await group.waitForAll()
        }
        #expect(isThrough.value)
    }

    @Test func nobodyWaitsAtADeskThatIsClosed() async {
        let desk = ImportDesk(capacity: 100)
        await desk.close()
        await desk.put([line(1000)])
        await desk.put([line(1000)])
        #expect(await desk.take().count == 2)
    }

    @Test func shortLinesHaveTheirWeightToo() {
        #expect(ImportDesk.weight(of: line(1)) == 512)
        #expect(ImportDesk.weight(of: line(5000)) == 5000)
        #expect(ImportDesk.weight(of: .tooLong) == 512)
    }
}
