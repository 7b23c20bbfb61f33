import CaseTiming
import Foundation
import Ledger
import Testing

@testable import CaseFile

@Suite("Values") struct ValueTests {
    @Test(arguments: ["0", "1234.50", "-3.1", "999999999999.9999"]) func amountsKeepTheirDigits(_ amount: String) throws
    {
        let json = Data(#"{"amount":"\#(amount)","currency":"EUR"}"#.utf8)
        let money = try JSONDecoder().decode(Money.self, from: json)
        #expect(money.amount == amount)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(try encoder.encode(money) == json)
    }

    @Test(arguments: ["", "1,5", "1.", ".5", "1e3", "+1", "--1", "1234567890123", "1.23456", "NaN", "١"])
    func otherAmountsAreNone(_ amount: String) {
        #expect(Money(amount: amount, currency: "EUR") == nil)
        let json = Data(#"{"amount":"\#(amount)","currency":"EUR"}"#.utf8)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Money.self, from: json) }
    }

    @Test(arguments: ["", "EU", "eur", "EURO", "€€€"]) func otherCurrenciesAreNone(_ currency: String) {
        #expect(Money(amount: "1", currency: currency) == nil)
    }

    @Test func anAmountBelowZeroIsNegative() {
        #expect(Money(amount: "-0.01", currency: "EUR")?.isNegative == true)
        #expect(Money(amount: "-0.00", currency: "EUR")?.isNegative == false)
        #expect(Money(amount: "0.01", currency: "EUR")?.isNegative == false)
    }

    @Test(arguments: ["00:00", "08:05", "23:59", "24:00"]) func timesOfDayReadAsWritten(_ text: String) {
        #expect(TimeOfDay(text)?.description == text)
    }

    @Test(arguments: ["", "8:00", "24:01", "12:60", "12-00", "12:0a", "012:00", " 2:00"])
    func otherTimesAreNone(_ text: String) {
        #expect(TimeOfDay(text) == nil)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([TimeOfDay].self, from: Data("[\"\(text)\"]".utf8))
        }
    }
}
