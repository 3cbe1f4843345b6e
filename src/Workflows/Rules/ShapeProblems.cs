using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Workflows.Rules.Editing;

namespace Assize.Workflows.Rules;

/// <summary>What is wrong with a file's fields, each by its row and its label.</summary>
public static class ShapeProblems
{
    private static readonly string[] s_decided = ["id", "version"];

    public static IReadOnlyList<RuleProblem> Of(RuleShape shape, JsonObject file) =>
    [
        .. Unknown("", shape.Noun, file, [.. s_decided, .. Members(shape.Fields), .. shape.Parts.Select(x => x.Member)]),
        .. shape.Fields.SelectMany(x => OfField("", "", x, file)),
        .. shape.Parts.SelectMany(x => OfPart(x, file, file, x.Member, "")),
    ];

    /// <summary>How an entry is called: "Rule 3 “youth”".</summary>
    public static string NameOf(RulePart part, int index, JsonObject entry) =>
        $"{char.ToUpperInvariant(part.Noun[0])}{part.Noun[1..]} {index + 1}{(part.NameOf(entry) is { Length: > 0 } name ? $" “{name}”" : "")}";

    private static IEnumerable<RuleProblem> OfPart(RulePart part, JsonObject owner, JsonObject file, string path, string within)
    {
        if (owner[part.Member] is { } value and not JsonArray)
        {
            yield return new RuleProblem(path, $"{within}{part.Plural}: Expected a list, but it is {Shortened(value)}.");
        }
        IReadOnlyList<RuleField> fields = part.FieldsIn(file);
        string[] known = [.. Members(fields), .. part.Objects, .. part.Inner is { } inner ? [inner.Member] : Array.Empty<string>()];
        foreach ((int index, JsonNode? node) in (owner[part.Member] as JsonArray ?? []).Index())
        {
            string at = $"{path}/{index}";
            if (node is not JsonObject entry)
            {
                yield return new RuleProblem(at, $"{within}{part.Noun} {index + 1}: Expected an entry with members, but it is {Shortened(node)}.");
                continue;
            }
            string where = $"{within}{NameOf(part, index, entry)}, ";
            IEnumerable<RuleProblem> below = part.Inner is null ? [] : OfPart(part.Inner, entry, file, $"{at}/{part.Inner.Member}", where);
            foreach (RuleProblem problem in Unknown(at, where.TrimEnd(' ', ','), entry, known).Concat(fields.SelectMany(x => OfField(at, where, x, entry))).Concat(below))
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<RuleProblem> OfField(string path, string where, RuleField field, JsonObject entry)
    {
        JsonNode? value = RuleJson.At(entry, field.Member);
        string? problem = value is null ? field.Required ? "Fill it in." : null : Misfit(field, value);
        if (problem is not null)
        {
            yield return new RuleProblem(path, $"{where}{field.Label}: {problem}") { Member = field.Member };
        }
    }

    private static string? Misfit(RuleField field, JsonNode value) => field.Kind switch
    {
        RuleFieldKind.Day when !IsDay(value) => $"“{Shortened(value)}” is no day. Enter a day that exists, like 27 3 2026.",
        RuleFieldKind.Number when value.GetValueKind() != JsonValueKind.Number => $"“{Shortened(value)}” is no number.",
        RuleFieldKind.Flag when value.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False) => $"Expected yes or no, but it is “{Shortened(value)}”.",
        RuleFieldKind.Lines when value is not JsonArray list || list.Any(x => x?.GetValueKind() != JsonValueKind.String) => "Expected a list of texts.",
        RuleFieldKind.Pairs when value is not JsonObject => "Expected lines like code = question.",
        RuleFieldKind.Choice when field.Choices.Count > 0 && field.Choices.All(x => x.Value != RuleJson.Text(value)) =>
            $"“{Shortened(value)}” is none of {string.Join(", ", field.Choices.Select(x => x.Value))}.",
        RuleFieldKind.Text or RuleFieldKind.LongText or RuleFieldKind.Choice when value.GetValueKind() != JsonValueKind.String => $"Expected a text, but it is {Shortened(value)}.",
        RuleFieldKind.Text or RuleFieldKind.LongText when field.Required && string.IsNullOrWhiteSpace(value.GetValue<string>()) => "Fill it in.",
        _ => null,
    };

    private static bool IsDay(JsonNode value) => value.GetValueKind() == JsonValueKind.String
        && DateOnly.TryParseExact(value.GetValue<string>(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static IEnumerable<RuleProblem> Unknown(string path, string where, JsonObject entry, string[] known) => entry.Select(x => x.Key).Except(known)
        .Select(x => new RuleProblem(path, $"{char.ToUpperInvariant(where[0])}{where[1..]}: “{x}” is no member of it. Take it out of the file, or correct its name."));

    private static IEnumerable<string> Members(IEnumerable<RuleField> fields) => fields.Select(x => x.Member.Split('.')[0]).Distinct();

    private static string Shortened(JsonNode? value) => RuleJson.Text(value) is { } text ? text.Length <= 60 ? text : text[..60] + "…" : "nothing";
}

/// <param name="Path">The entry that it is about, as <see cref="RulePlace"/> takes it; empty for the file itself.</param>
public sealed record RuleProblem(string Path, string Message)
{
    /// <summary>The field of the entry, where it is about one.</summary>
    public string? Member { get; init; }
}
