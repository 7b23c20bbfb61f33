import Foundation

/// A name as it is searched and sorted: without case and diacritics, `Müller`, `Mueller` and `Muller` alike.
///
/// Folding is done in two steps. The *plain* form writes umlauts as German does without them (`mueller`, DIN 5007-2), so
/// that names sort as in a telephone book. The *collapsed* form then drops the `e` after `a`, `o` and `u`, so that all
/// three spellings meet in `muller`. What is stored holds both forms; what is searched is collapsed.
struct FoldedName: Hashable, Sendable {
    /// Letters and digits of each word, in the plain form.
    let words: [String]

    /// Letters and digits of each word, in the collapsed form.
    var collapsedWords: [String] { words.map(Self.collapse) }

    /// Folds a name or a query. Hyphens and blanks separate words, apostrophes do not.
    init(_ text: String) {
        var words: [String] = []
        var word = ""
        for scalar in text.lowercased().precomposedStringWithCanonicalMapping.unicodeScalars {
            if let folded = Self.fold(scalar) {
                word += folded
            } else if !Self.apostrophes.contains(scalar), !word.isEmpty {
                words.append(word)
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        self.words = words
    }

    /// What a row is sorted by: the family name, then the given name. Erased names come last.
    static func sortKey(given: String?, family: String?) -> String {
        guard given != nil || family != nil else { return "~" }
        // Two blanks sort before the one within a name, so that "Müller, Zoë" comes before "Müller Lüdenscheidt, Anna".
        return [family, given].map { FoldedName($0 ?? "").words.joined(separator: " ") }.joined(separator: "  ")
    }

    /// The text form of the `tsvector` that a row's names are found by.
    static func searchVector(given: String?, family: String?) -> String {
        lexemes(given: given, family: family).sorted().map { "'\($0)'" }.joined(separator: " ")
    }

    /// What a row's names are found by: each word after a caret, for its beginning, and its endings of three letters and
    /// more, for what lies within it.
    static func lexemes(given: String?, family: String?) -> Set<String> {
        var lexemes: Set<String> = []
        for name in [given, family].compactMap({ $0 }) {
            for word in FoldedName(name).words {
                for form in [word, collapse(word)] {
                    lexemes.insert("^" + form)
                    var ending = form[...]
                    while ending.count >= 3 {
                        lexemes.insert(String(ending))
                        ending = ending.dropFirst()
                    }
                }
            }
        }
        return lexemes
    }

    /// The text form of the `tsquery` that finds rows with all words of a query: words of three letters and more anywhere
    /// in a name, shorter ones at its beginning. `nil` when there is no letter or digit in the query.
    static func searchQuery(_ text: String) -> String? {
        let words = FoldedName(text).collapsedWords
        guard !words.isEmpty else { return nil }
        return words.map { $0.count >= 3 ? "'\($0)':*" : "'^\($0)':*" }.joined(separator: " & ")
    }

    /// The text form of the `tsquery` that finds rows with all these words, whole, in whatever order and spelling. `nil` when
    /// there is no letter or digit in the text.
    static func wholeWordsQuery(_ text: String) -> String? {
        let words = FoldedName(text).collapsedWords
        guard !words.isEmpty else { return nil }
        return words.map { "'^\($0)'" }.joined(separator: " & ")
    }

    /// Patterns for `LIKE` of which a sort key meets every one if the query finds its row. They may meet others, too.
    static func searchPatterns(_ text: String) -> [String] {
        FoldedName(text).collapsedWords.map { word in
            // Where the collapsed form drops an `e`, the sort key still has it.
            "%" + word.map { "aou".contains($0) ? "\($0)%" : String($0) }.joined() + "%"
        }
    }

    private static let apostrophes: Set<Unicode.Scalar> = ["'", "’", "‘", "ʼ", "`", "´"]

    private static let letters: [Unicode.Scalar: String] = [
        "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "oe", "å": "a", "ł": "l", "đ": "d",
        "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n", "ŧ": "t",
    ]

    /// The letters that stand for one, `nil` for what separates words; a combining mark stands for none.
    private static func fold(_ scalar: Unicode.Scalar) -> String? {
        if scalar.isASCII {
            // The names are in small letters already; asking Unicode for its properties takes its time.
            return ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) ? String(scalar) : nil
        }
        if let known = letters[scalar] { return known }
        if isMark(scalar) { return "" }
        guard scalar.properties.isAlphabetic || scalar.properties.numericType != nil else { return nil }
        let base = String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars.filter { !isMark($0) }
        return base.map { letters[$0] ?? String($0) }.joined()
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    private static func collapse(_ word: String) -> String {
        var collapsed = ""
        for letter in word {
            if letter == "e", let last = collapsed.last, last == "a" || last == "o" || last == "u" { continue }
            collapsed.append(letter)
        }
        return collapsed
    }
}
