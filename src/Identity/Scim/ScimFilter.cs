using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assize.Identity.Scim;

/// <summary>One equality of a filter, all of which have to hold: that is all that clients match people and groups by.</summary>
/// <param name="Attribute">In lower case, without the core schema's name.</param>
/// <param name="Said">As it was sent.</param>
internal sealed partial record ScimFilter(string Attribute, string Value, string Said)
{
    private const int Longest = 1000;

    /// <summary>Nothing where none was asked for.</summary>
    public static IReadOnlyList<ScimFilter> Read(string? text) => string.IsNullOrWhiteSpace(text) ? []
        : text.Length <= Longest && !text.Any(char.IsControl) ? [.. Split(text).SelectMany(Terms)]
        : throw Refusal($"is longer than {Longest} characters, or has control characters");

    public ScimRefusal NotRead(string attributes) => Refusal($"has the part “{Said}”, where “{Attribute}” cannot be asked for here. Expected one of: {attributes}");

    public bool Truth() => bool.TryParse(Value, out bool truth) ? truth : throw Refusal($"has the part “{Said}”, which is neither true nor false");

    // By the word "and" outside quotation marks and brackets.
    private static List<string> Split(string text)
    {
        List<string> parts = [];
        int start = 0, depth = 0;
        bool quoted = false;
        for (int at = 0; at < text.Length; at++)
        {
            if (quoted)
            {
                (at, quoted) = text[at] switch { '\\' => (at + 1, true), '"' => (at, false), _ => (at, true) };
                continue;
            }
            quoted = text[at] == '"';
            depth += text[at] switch { '[' => 1, ']' => -1, _ => 0 };
            if (depth == 0 && And().Match(text, at) is { Success: true } joint)
            {
                parts.Add(text[start..at]);
                (start, at) = (at + joint.Length, at + joint.Length - 1);
            }
        }
        return [.. parts, text[start..]];
    }

    // A path with a filter of its own says two things of the same value: emails[type eq "work"].value eq "…".
    private static IEnumerable<ScimFilter> Terms(string part)
    {
        Match form = Form().Match(part);
        string path = ScimNames.Plain(form.Groups["path"].Value), said = part.Trim();
        bool inner = form.Groups["inner"].Success, outer = form.Groups["value"].Success;
        if (!form.Success || (!inner && !outer))
        {
            throw NotUnderstood(said);
        }
        List<ScimFilter> terms = inner ? [.. Split(form.Groups["inner"].Value).Select(one => Form().Match(one) is { Success: true } simple && simple.Groups["value"].Success && !simple.Groups["inner"].Success
            ? new ScimFilter($"{path}.{ScimNames.Plain(simple.Groups["path"].Value)}", Text(simple, one), one.Trim()) : throw NotUnderstood(one.Trim()))] : [];
        if (outer)
        {
            terms.Add(new ScimFilter(path + form.Groups["sub"].Value.ToLowerInvariant(), Text(form, said), said));
        }

        // Of one value nothing is true twice, and two values are not asked about so.
        return terms.GroupBy(term => term.Attribute).FirstOrDefault(same => same.Count() > 1) is { } twice ? throw NotUnderstood(twice.Last().Said) : terms;
    }

    private static string Text(Match form, string said)
    {
        string value = form.Groups["value"].Value;
        try
        {
            string text = value[0] == '"' ? JsonSerializer.Deserialize<string>(value)! : value;
            return text.Any(char.IsControl) ? throw NotUnderstood(said.Trim()) : text;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            throw NotUnderstood(said.Trim());
        }
    }

    private static ScimRefusal NotUnderstood(string said) => Refusal($"has the part “{said}”, which is not understood here. Expected attribute eq \"value\", and several joined by “and”");

    private static ScimRefusal Refusal(string why) => new(StatusCodes.Status400BadRequest, "invalidFilter", $"The filter {why}.");

    [GeneratedRegex(@"\G\s+and\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 100)]
    private static partial Regex And();

    [GeneratedRegex("""^\s*(?<path>[A-Za-z][A-Za-z0-9:._$-]*)(?:\[(?<inner>[^\]]*)\])?(?<sub>\.[A-Za-z]+)?(?:\s+[Ee][Qq]\s+(?<value>"(?:[^"\\]|\\.)*"|[Tt]rue|[Ff]alse))?\s*\z""", RegexOptions.None, 100)]
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
