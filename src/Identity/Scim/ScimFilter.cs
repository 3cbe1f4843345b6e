using System.Globalization;
using System.Text.RegularExpressions;

namespace Assize.Identity.Scim;

/// <summary>An equality, which is all that clients match people and groups by.</summary>
/// <param name="Attribute">In lower case.</param>
internal sealed partial record ScimFilter(string Attribute, string Value)
{
    private const int Longest = 400;

    /// <summary>Null where none was asked for.</summary>
    public static ScimFilter? Read(string? text, params string[] attributes)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }
        Match form = text.Length <= Longest && !text.Any(char.IsControl) ? Form().Match(text) : Match.Empty;
        string attribute = form.Groups["attribute"].Value.ToLowerInvariant();
        return form.Success && attributes.Contains(attribute, StringComparer.OrdinalIgnoreCase)
            ? new ScimFilter(attribute, Regex.Replace(form.Groups["value"].Value, @"\\(.)", "$1", RegexOptions.None, TimeSpan.FromMilliseconds(100)))
            : throw new ScimRefusal(StatusCodes.Status400BadRequest, "invalidFilter", $"Expected a filter such as {attributes[0]} eq \"…\", on one of: {string.Join(", ", attributes)}.");
    }

    [GeneratedRegex("""^\s*(?<attribute>[A-Za-z]+)\s+[Ee][Qq]\s+"(?<value>(?:[^"\\]|\\.)*)"\s*$""", RegexOptions.None, 100)]
    private static partial Regex Form();
}

/// <summary>SCIM's paging: one-based, by number.</summary>
internal sealed record ScimRange(int Start, int Count)
{
    private const int Most = 100;

    public static ScimRange Of(string? startIndex, string? count) => new(Math.Max(1, Read("startIndex", startIndex) ?? 1), Math.Clamp(Read("count", count) ?? Most, 0, Most));

    private static int? Read(string name, string? text) =>
        string.IsNullOrEmpty(text) ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number
        : throw ScimRefusal.Value($"Expected {name} to be a whole number.");
}
