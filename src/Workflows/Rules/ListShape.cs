using System.Text.Json.Nodes;
using static Assize.Workflows.Rules.RuleFieldKind;

namespace Assize.Workflows.Rules;

internal static class ListShape
{
    public const string Details = "details";

    public static RuleShape Shape { get; } = new(
        RuleName.List, "code list", "Code lists", [.. CommonFields.All, new("note", "Note", LongText)],
        [
            new("items", "code", "Codes", ["code", "from"],
            [
                new("code", "Code") { Required = true },
                new("from", "First day on which it is in effect", Day) { Hint = "Empty: always was, or nobody knows since when." },
                new("to", "Last day on which it is in effect", Day) { Hint = "Empty: it still is." },
            ])
            { IsOrdered = false, More = DetailsOf, Shown = ["to"] },
        ]);

    // The details differ from list to list; the ones that a list has anywhere can be filled in everywhere.
    private static IReadOnlyList<RuleField> DetailsOf(JsonObject file) => [.. RuleJson.Entries(file, "items")
        .SelectMany(x => (x[Details] as JsonObject ?? []).Select(detail => detail.Key)).Distinct().DefaultIfEmpty("description")
        .Select(x => new RuleField($"{Details}.{x}", Spaced(x), Any))];

    private static string Spaced(string member) =>
        string.Concat(member.Select((letter, index) => index == 0 ? $"{char.ToUpperInvariant(letter)}" : char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}
