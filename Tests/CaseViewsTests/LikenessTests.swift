import Foundation
import Ledger
import Testing

@testable import CaseViews

@Suite("What is alike about two people")
struct LikenessTests {
    private typealias Person = (given: String, family: String, bornOn: CalendarDate)

    private func reasons(_ first: Person, _ second: Person, area: String = "gallus") -> [CandidateReason]? {
        let likeness = Likeness(
            Likeness.Particulars(given: first.given, family: first.family, bornOn: first.bornOn, areaId: "gallus"),
            Likeness.Particulars(given: second.given, family: second.family, bornOn: second.bornOn, areaId: area))
        return likeness?.reasons
    }

    @Test(
        "spelling does not matter",
        arguments: [
            ("Zoë", "Müller", "Zoe", "Mueller"), ("Zoë", "Müller", "ZOE", "Muller"),
            ("Ayşe", "Yıldız", "Ayse", "Yildiz"), ("İbrahim", "Öztürk", "Ibrahim", "Oeztuerk"),
            ("Łukasz", "Weiß", "Lukasz", "Weiss"), ("Seán", "O'Neill", "Sean", "ONeill"),
            ("Anna-Lena", "de la Cruz", "Anna Lena", "De La Cruz"), ("Ana Maria", "Silva", "Maria Ana", "Silva"),
            ("IŞIL", "YILDIRIM", "Işıl", "Yıldırım"), ("Олександра", "Шевченко", "ОЛЕКСАНДРА", "ШЕВЧЕНКО"),
            ("أَحْمَد", "الخطيب", "أحمد", "الخطيب"),
        ])
    func spelling(_ given: String, _ family: String, _ otherGiven: String, _ otherFamily: String) {
        let (first, second): (Person, Person) = (
            (given, family, "1990-04-05"), (otherGiven, otherFamily, "1990-04-05")
        )
        #expect(reasons(first, second) == [.sameName, .sameBirthDate, .sameArea])
        #expect(reasons(second, first, area: "nordend") == [.sameName, .sameBirthDate])
        let swapped: Person = (otherFamily, otherGiven, "1990-04-05")
        #expect(reasons(first, swapped) == [.swappedName, .sameBirthDate, .sameArea])
    }

    @Test("a slip or two do not matter either")
    func slips() {
        let person: Person = ("Katharina", "Brandt", "1988-11-02")
        for (given, family) in [("Katarina", "Brandt"), ("Katharina", "Brand"), ("Kathrina", "Bradnt")] {
            #expect(reasons(person, (given, family, "1988-11-02")) == [.similarName, .sameBirthDate, .sameArea])
        }
        #expect(reasons(person, ("Brand", "Katharina", "1988-11-02")) == [.similarName, .sameBirthDate, .sameArea])
        #expect(
            reasons(("Ayşe Nur", "Yıldız", "1990-04-05"), ("Ayşe", "Yıldız-Kaya", "1990-04-05"))
                == [.similarName, .sameBirthDate, .sameArea])
        for slip: CalendarDate in ["1988-02-11", "1989-11-02", "1988-11-20", "1998-11-02"] {
            #expect(reasons(person, ("Katharina", "Brandt", slip)) == [.sameName, .similarBirthDate, .sameArea])
        }
    }

    @Test("a slip is a letter, however many bytes it has")
    func otherScripts() {
        #expect(
            reasons(("Яна", "Коваль", "1990-04-05"), ("Ина", "Коваль", "1990-04-05"))
                == [.similarName, .sameBirthDate, .sameArea])
        #expect(
            reasons(("Олег", "Коваль", "1990-04-05"), ("Ольга", "Коваль", "1990-04-05")) == nil, "two letters of four")
    }

    @Test("after a marriage the given name, the day and the place are left")
    func marriage() {
        #expect(
            reasons(("Mira", "Okafor", "1990-04-05"), ("Mira", "Stein", "1990-04-05"))
                == [.sameGivenName, .sameBirthDate, .sameArea])
        #expect(reasons(("Mira", "Okafor", "1990-04-05"), ("Mira", "Stein", "1990-04-05"), area: "nordend") == nil)
    }

    @Test("who is only a little alike is somebody else")
    func others() {
        let person: Person = ("Mira", "Okafor", "1990-04-05")
        #expect(reasons(person, ("Jonas", "Okafor", "1990-04-05")) == nil, "twins")
        #expect(reasons(person, ("Mira", "Okafor", "1991-06-05")) == nil)
        #expect(reasons(person, ("Mara", "Okafor", "1990-04-06")) == nil, "neither name nor day")
        #expect(reasons(("Li", "Wu", "1990-04-05"), ("Lu", "Wa", "1990-04-05")) == nil, "short names")
        #expect(reasons(("", "", "1990-04-05"), ("", "", "1990-04-05")) == nil)
        #expect(reasons(("—", "’", "1990-04-05"), ("…", "'", "1990-04-05")) == nil)
    }

    @Test("distances count letters put in, left out, changed and put in the other's place")
    func distances() {
        func distance(_ first: String, _ second: String) -> Int {
            Likeness.distance(Array(first.utf8), Array(second.utf8))
        }
        #expect(distance("", "") == 0 && distance("", "abc") == 3)
        #expect(distance("meier", "maier") == 1 && distance("meier", "meire") == 1 && distance("meier", "meyer") == 1)
        #expect(distance("schmidt", "schmitt") == 1 && distance("schmidt", "schmit") == 1)
        #expect(distance("kitten", "sitting") == 3 && distance("ca", "abc") == 3)
        #expect(Likeness.swapped("1990-04-05") == "1990-05-04" && Likeness.swapped("1990-04-13") == nil)
        #expect(Likeness.swapped("1990-04-04") == nil)
    }
}
