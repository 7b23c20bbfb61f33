import Testing

@testable import Postgres

/// One transition at a time, without a server.
@Suite struct ConnectionStateMachineTests {
    typealias Machine = ConnectionStateMachine

    static let refused = ServerError(sqlState: .uniqueViolation, message: "already there")
    static let interrupted = ServerError(sqlState: .queryCanceled, message: "canceling statement due to user request")

    /// A machine in which exchange 1 has been started with these steps.
    func machine(_ conversation: Machine.Conversation) -> Machine {
        var machine = Machine()
        #expect(machine.submit(1) == .send)
        machine.started(conversation)
        return machine
    }

    let query = Machine.Conversation.pipeline([.execute(slot: 0, statement: 7), .sync])
    let firstQuery = Machine.Conversation.pipeline([.prepare(7, slot: 0), .execute(slot: 0, statement: 7), .sync])

    @Test func idleSessionSendsAtOnce() {
        var machine = Machine()
        #expect(machine.isIdle)
        #expect(!machine.expectsReply)
        #expect(machine.submit(1) == .send)
        #expect(!machine.isIdle)
        #expect(machine.current == 1)
    }

    @Test func exchangesTakeTurnsInTheOrderOfSubmission() {
        var machine = machine(query)
        #expect(machine.submit(2) == .wait)
        #expect(machine.submit(3) == .wait)
        _ = machine.received(.rows)
        _ = machine.received(.end)
        #expect(machine.received(.sync) == .finish(.init(id: 1, error: nil, next: 2)))
        machine.started(query)
        _ = machine.received(.rows)
        _ = machine.received(.end)
        #expect(machine.received(.sync) == .finish(.init(id: 2, error: nil, next: 3)))
    }

    @Test func queryDeliversItsRows() {
        var machine = machine(query)
        #expect(machine.received(.rows) == .deliver(slot: 0))
        #expect(machine.received(.end) == .proceed)
        #expect(machine.expectsReply)
        #expect(machine.received(.sync) == .finish(.init(id: 1, error: nil, next: nil)))
        #expect(machine.isIdle)
    }

    @Test func firstUsePreparesInTheSameExchange() {
        var machine = machine(firstQuery)
        #expect(machine.received(.command) == .proceed)
        #expect(machine.received(.end) == .proceed)
        #expect(machine.received(.command) == .deliver(slot: 0))
        #expect(machine.received(.end) == .proceed)
        #expect(machine.received(.sync) == .finish(.init(id: 1, error: nil, next: nil)))
    }

    @Test func statementThatCannotBePreparedFailsItsExecution() {
        var machine = machine(firstQuery)
        #expect(machine.received(.failed(Self.refused)) == .forget(7))
        #expect(machine.received(.end) == .proceed)
        #expect(machine.received(.skipped) == .fail(slot: 0, .server(Self.refused)))
        #expect(machine.received(.end) == .proceed)
        #expect(machine.received(.sync) == .finish(.init(id: 1, error: nil, next: nil)))
    }

    @Test func isolatedExecutionsOfAStatementThatCannotBePreparedAllSayWhy() {
        var machine = machine(
            .pipeline([
                .prepare(7, slot: 0), .execute(slot: 0, statement: 7), .sync, .execute(slot: 1, statement: 7), .sync,
            ]))
        let missing = ServerError(sqlState: .invalidStatementName, message: "does not exist")
        #expect(machine.received(.failed(Self.refused)) == .forget(7))
        #expect(machine.received(.end) == .proceed)
        #expect(machine.received(.skipped) == .fail(slot: 0, .server(Self.refused)))
        #expect(machine.received(.end) == .proceed)
        #expect(machine.received(.sync) == .proceed)
        #expect(machine.received(.failed(missing)) == .fail(slot: 1, .server(Self.refused)))
        #expect(!machine.isSpoiled)
    }

    @Test func failureSkipsTheRestOfThePipeline() {
        var machine = machine(
            .pipeline([
                .execute(slot: 0, statement: 1), .execute(slot: 1, statement: 1), .execute(slot: 2, statement: 1),
                .sync,
            ]))
        #expect(machine.received(.rows) == .deliver(slot: 0))
        #expect(machine.received(.end) == .proceed)
        #expect(machine.received(.failed(Self.refused)) == .fail(slot: 1, .server(Self.refused)))
        #expect(machine.received(.end) == .proceed)
        #expect(machine.received(.skipped) == .fail(slot: 2, .skipped))
        #expect(machine.received(.end) == .proceed)
        #expect(machine.received(.sync) == .finish(.init(id: 1, error: nil, next: nil)))
    }

    @Test func prepareThatWasSkippedIsForgotten() {
        var machine = machine(
            .pipeline([.execute(slot: 0, statement: 1), .prepare(2, slot: 1), .execute(slot: 1, statement: 2), .sync]))
        _ = machine.received(.failed(Self.refused))
        _ = machine.received(.end)
        #expect(machine.received(.skipped) == .forget(2))
        _ = machine.received(.end)
        #expect(machine.received(.skipped) == .fail(slot: 1, .skipped))
    }

    @Test(arguments: [Machine.Reply.sync, .copyIn, .copyOut, .command])
    func repliesThatDoNotMatchEndTheSession(_ reply: Machine.Reply) {
        var machine = machine(reply == .command ? .pipeline([.sync]) : query)
        guard case .lose = machine.received(reply) else {
            Issue.record("expected the session to be given up")
            return
        }
    }

    @Test func twoEndsInARowMeanThatRepliesAreMissing() {
        var machine = machine(query)
        #expect(machine.received(.end) == .proceed)
        #expect(machine.received(.end) == .lose(.connectionLost("fewer replies than statements")))
    }

    @Test func fatalErrorEndsTheSession() {
        var machine = machine(query)
        let fatal = ServerError(sqlState: .adminShutdown, severity: "FATAL", message: "terminating")
        #expect(machine.received(.failed(fatal)) == .lose(.connectionLost("57P01: terminating")))
    }

    @Test func scriptReportsItsFirstErrorAtItsEnd() {
        var machine = machine(.script)
        #expect(machine.received(.command) == .proceed)
        #expect(machine.received(.failed(Self.refused)) == .proceed)
        #expect(machine.received(.end) == .finish(.init(id: 1, error: .server(Self.refused), next: nil)))
    }

    @Test func scriptMayNotCopy() {
        var machine = machine(.script)
        #expect(machine.received(.copyIn) == .lose(.invalidUse("COPY in a script")))
    }

    @Test func stalePlanSpoilsTheSession() {
        var machine = machine(query)
        let stale = ServerError(
            sqlState: "0A000", message: "cached plan must not change result type", routine: "RevalidateCachedQuery")
        #expect(machine.received(.failed(stale)) == .fail(slot: 0, .server(stale)))
        #expect(machine.isSpoiled)
        #expect(PostgresError.server(stale).isTransient)
    }

    // MARK: COPY

    @Test func copyInFlowsBetweenConsentAndVerdict() {
        var machine = machine(.copyIn)
        #expect(machine.mayCopy(.in, 1) == .invalidUse("this COPY is over"))
        #expect(machine.received(.copyIn) == .startCopying)
        #expect(!machine.expectsReply)
        #expect(machine.copying == .in)
        #expect(machine.mayCopy(.in, 1) == nil)
        #expect(machine.mayCopy(.in, 2) != nil)
        #expect(machine.mayCopy(.out, 1) != nil)
        machine.copyEnded()
        #expect(machine.expectsReply)
        #expect(machine.received(.command) == .deliver(slot: 0))
        #expect(machine.received(.end) == .finish(.init(id: 1, error: nil, next: nil)))
    }

    @Test func copyThatTheServerRefusesAtTheEnd() {
        var machine = machine(.copyIn)
        _ = machine.received(.copyIn)
        machine.copyEnded()
        #expect(machine.received(.failed(Self.refused)) == .proceed)
        #expect(machine.received(.end) == .finish(.init(id: 1, error: .server(Self.refused), next: nil)))
    }

    @Test func copyThatDoesNotBegin() {
        var machine = machine(.copyOut)
        #expect(machine.received(.failed(Self.refused)) == .proceed)
        #expect(machine.received(.end) == .finish(.init(id: 1, error: .server(Self.refused), next: nil)))
    }

    @Test func copyOfSomethingElse() {
        var machine = machine(.copyOut)
        #expect(machine.received(.rows) == .proceed)
        #expect(
            machine.received(.end) == .finish(.init(id: 1, error: .invalidUse("not a COPY statement"), next: nil)))
    }

    @Test func copyInTheOtherDirection() {
        var machine = machine(.copyOut)
        #expect(machine.received(.copyIn) == .lose(.invalidUse("a COPY in the other direction")))
    }

    // MARK: Cancelling

    @Test func waitingExchangeIsWithdrawn() {
        var machine = machine(query)
        _ = machine.submit(2)
        _ = machine.submit(3)
        #expect(machine.cancel(2) == .withdraw)
        #expect(machine.cancel(2) == .none)
        _ = machine.received(.rows)
        _ = machine.received(.end)
        #expect(machine.received(.sync) == .finish(.init(id: 1, error: nil, next: 3)))
    }

    @Test func cancelAsksTheServerOnce() {
        var machine = machine(query)
        #expect(machine.cancel(1) == .request)
        #expect(machine.cancel(1) == .none)
        #expect(machine.cancel(9) == .none)
    }

    @Test func interruptedStatementLeavesTheSessionUsable() {
        var machine = machine(query)
        _ = machine.cancel(1)
        #expect(machine.cancelDelivered(1) == .remind)
        #expect(machine.received(.failed(Self.interrupted)) == .fail(slot: 0, .cancelled))
        _ = machine.received(.end)
        #expect(machine.received(.sync) == .finish(.init(id: 1, error: nil, next: nil)))
        #expect(!machine.isSpoiled)
    }

    @Test func nextExchangeWaitsForTheCancelRequestToBeOver() {
        var machine = machine(query)
        _ = machine.submit(2)
        _ = machine.cancel(1)
        _ = machine.received(.failed(Self.interrupted))
        _ = machine.received(.end)
        #expect(machine.received(.sync) == .awaitCancel)
        #expect(!machine.expectsReply)
        #expect(machine.cancelDelivered(1) == .finish(.init(id: 1, error: nil, next: 2)))
        #expect(machine.cancelDelivered(1) == .none)
    }

    @Test func cancelRequestThatCameTooLateSpoilsTheSession() {
        var machine = machine(query)
        _ = machine.cancel(1)
        #expect(machine.received(.rows) == .deliver(slot: 0))
        _ = machine.received(.end)
        #expect(machine.received(.sync) == .awaitCancel)
        #expect(machine.isSpoiled)
        #expect(machine.cancelDelivered(1) == .finish(.init(id: 1, error: nil, next: nil)))
    }

    @Test func cancelRequestThatCameTooEarlyIsRepeated() {
        var machine = machine(query)
        #expect(machine.cancelAgain(1) == false)
        _ = machine.cancel(1)
        #expect(machine.cancelAgain(1) == false)
        #expect(machine.cancelDelivered(1) == .remind)
        #expect(machine.cancelAgain(1) == true)
        #expect(machine.cancelAgain(1) == false)
        #expect(machine.cancelDelivered(1) == .remind)
        _ = machine.received(.failed(Self.interrupted))
        #expect(machine.cancelAgain(1) == false)
        _ = machine.received(.end)
        #expect(machine.received(.sync) == .finish(.init(id: 1, error: nil, next: nil)))
        #expect(!machine.isSpoiled)
    }

    @Test func repeatedRequestThatIsStillUnderWaySpoilsTheSession() {
        var machine = machine(query)
        _ = machine.cancel(1)
        _ = machine.cancelDelivered(1)
        #expect(machine.cancelAgain(1) == true)
        _ = machine.received(.failed(Self.interrupted))
        _ = machine.received(.end)
        #expect(machine.received(.sync) == .awaitCancel)
        #expect(machine.isSpoiled)
    }

    @Test func timeoutIsNotACancellation() {
        var machine = machine(query)
        #expect(machine.received(.failed(Self.interrupted)) == .fail(slot: 0, .server(Self.interrupted)))
    }

    @Test func overdueOnlyWhileItLasts() {
        var machine = machine(query)
        #expect(!machine.isCancelOverdue(1))
        _ = machine.cancel(1)
        #expect(machine.isCancelOverdue(1))
        #expect(!machine.isCancelOverdue(2))
        _ = machine.cancelDelivered(1)
        #expect(machine.isCancelOverdue(1))
        _ = machine.received(.failed(Self.interrupted))
        _ = machine.received(.end)
        _ = machine.received(.sync)
        #expect(!machine.isCancelOverdue(1))
    }

    @Test func cancelledCopyReportsItsEndAfterTheRequest() {
        var machine = machine(.copyOut)
        _ = machine.received(.copyOut)
        #expect(machine.cancel(1) == .request)
        machine.copyEnded()
        #expect(machine.received(.failed(Self.interrupted)) == .proceed)
        #expect(machine.received(.end) == .awaitCancel)
        #expect(machine.cancelDelivered(1) == .finish(.init(id: 1, error: .cancelled, next: nil)))
    }

    // MARK: Ending

    @Test func closingTellsEverybodyOnce() {
        var machine = machine(query)
        _ = machine.submit(2)
        #expect(machine.close(.connectionLost("gone")) == [1, 2])
        #expect(machine.close(.poolClosed) == [])
        #expect(machine.submit(3) == .reject(.connectionLost("gone")))
        #expect(machine.mayCopy(.in, 1) == .connectionLost("gone"))
        #expect(!machine.expectsReply)
    }
}
