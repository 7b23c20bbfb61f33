import Foundation

/// How a file's bytes spell text.
public enum TextEncoding: String, CaseIterable, Sendable {
    /// UTF-8, with or without a byte order mark.
    case utf8 = "utf-8"
    /// What Windows programs in western Europe write where they are not told otherwise.
    case windows1252 = "windows-1252"

    /// What UTF-8 files may begin with.
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The text that the bytes spell; `nil` if they spell none, as the five bytes that are nothing in Windows-1252.
    func text(_ bytes: [UInt8]) -> String? {
        switch self {
        case .utf8: String(validating: bytes, as: UTF8.self)
        case .windows1252: String(bytes: bytes, encoding: .windowsCP1252)
        }
    }

    /// What to try where bytes spell no text.
    var advice: String {
        switch self {
        case .utf8: "is not UTF-8; if the file is from an older Windows program, the mapping's encoding is windows-1252"
        case .windows1252: "is not Windows-1252; perhaps the mapping's encoding should be utf-8"
        }
    }
}
