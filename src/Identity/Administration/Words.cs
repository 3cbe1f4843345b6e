using System.Text.RegularExpressions;

namespace Assize.Identity.Administration;

/// <summary>Bounds of what people may write: long enough to say something, on one line, so that no log or record reads as two.</summary>
internal static partial class Words
{
    public const int ShortestReason = 10;
    public const int LongestReason = 500;
    public const int LongestName = 200;

    public static string? ReasonProblem(string? reason) => reason is null || reason.Trim().Length < ShortestReason || reason.Length > LongestReason || !IsOneLine(reason)
        ? $"Expected a reason of {ShortestReason} to {LongestReason} characters on one line."
        : null;

    public static string? NameProblem(string? name) => string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name != name.Trim() || !IsOneLine(name)
        ? $"Expected a name of at most {LongestName} characters on one line."
        : null;

    /// <summary>A name that somebody typed, with the reason: erased together.</summary>
    public static string? Named(string name, string? reason) => name.Length == 0 ? reason : $"{name}: {reason}";

    public static bool IsOneLine(string text) => !text.Any(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));

    public static bool IsCode(string? text) => text is not null && Code().IsMatch(text);

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$", RegexOptions.None, 100)]
    private static partial Regex Code();
}
