using Assize.Host.Components;
using Assize.Host.Wording;
using Assize.Workflows.Rules;
using Assize.Workflows.Rules.Editing;
using Microsoft.AspNetCore.Html;

namespace Assize.Host.Pages.Designer.Rules;

/// <summary>A field of a file as a GOV.UK component, and what was posted of it.</summary>
internal static class FieldInput
{
    /// <param name="said">What it says now; what fits nowhere is shown as it is.</param>
    /// <param name="error">What verification says of it.</param>
    public static IHtmlContent Show(RuleField field, string said, string? error, IReadOnlyList<Choice> choices)
    {
        var label = Phrases.Of(field.Label);
        var isAsked = field.Required || field.Owed || field.Kind is RuleFieldKind.Flag or RuleFieldKind.Condition;
        var asked = new Field(field.Member, isAsked ? label : Phrases.Of("{0} (optional)", label)) { Hint = field.Hint is { } hint ? Phrases.Of(hint) : null, Error = error };
        return field.Kind switch
        {
            RuleFieldKind.LongText or RuleFieldKind.Lines or RuleFieldKind.Pairs => Inputs.Textarea(asked, said, 3),
            RuleFieldKind.Condition when field.Tests is "boolean" && said is "" or "yes" or "no" => Inputs.Select(asked, [new Choice("", Phrases.Of("Either")), new Choice("yes", Phrases.Of("Yes")), new Choice("no", Phrases.Of("No"))], said),
            RuleFieldKind.Condition when field.Tests is not "boolean" => Inputs.Textarea(asked, said, 2),
            RuleFieldKind.Choice => Inputs.Select(asked, choices, said),
            RuleFieldKind.Flag => Inputs.Radios(asked, [new Choice("true", Phrases.Of("Yes")), new Choice("false", Phrases.Of("No"))], said),
            RuleFieldKind.Day => Inputs.Date(asked, DayText.Of(said)),
            RuleFieldKind.Number => Inputs.TextInput(asked, said, "width-5", "numeric"),
            _ => Inputs.TextInput(asked, said),
        };
    }

    /// <summary>By member, what was posted; fields that the form did not hold are left out.</summary>
    public static Dictionary<string, string> Read(IEnumerable<RuleField> fields, IFormCollection posted)
    {
        var said = new Dictionary<string, string>();
        foreach (var field in fields)
        {
            if (field.Kind == RuleFieldKind.Day && posted.ContainsKey($"{field.Member}-day"))
            {
                var day = new DayText(posted[$"{field.Member}-day"], posted[$"{field.Member}-month"], posted[$"{field.Member}-year"]);
                said[field.Member] = day.IsEmpty ? "" : day.Iso;
            }
            else if (field.Kind != RuleFieldKind.Day && posted.ContainsKey(field.Member))
            {
                said[field.Member] = posted[field.Member].ToString();
            }
        }

        return said;
    }

    public static IReadOnlyList<Choice> Choices(RuleField field, System.Text.Json.Nodes.JsonObject file, IEnumerable<string> lists, string said)
    {
        List<Choice> choices = [.. field.Choices.Select(x => new Choice(x.Value, Phrases.Of(x.Words))), .. (field.Offered?.Invoke(file) ?? []).Where(x => x.Length > 0).Distinct().Select(x => new Choice(x, x)),
            .. field.OffersLists ? lists.Select(x => new Choice(x, x)) : []];
        // What it says stays choosable, right or wrong: saving the rest does not change it.
        return [new Choice("", Phrases.Of(field.Required ? "Choose one" : "None")), .. choices, .. said.Length > 0 && choices.All(x => x.Value != said) ? [new Choice(said, said)] : (Choice[])[]];
    }

    /// <summary>What a field says, in words.</summary>
    public static string Words(RuleField field, System.Text.Json.Nodes.JsonObject entry)
    {
        var said = FieldText.Read(field, entry);
        return field.Choices.FirstOrDefault(x => x.Value == said).Words is { } chosen ? Phrases.Of(chosen) : field.Kind switch
        {
            RuleFieldKind.Flag => Phrases.Of(said == "true" ? "Yes" : "No"),
            RuleFieldKind.Day => DateOnly.TryParseExact(said, "yyyy-MM-dd", out var day) ? Queries.London.LongDay(day) : said,
            RuleFieldKind.Condition => said.Length == 0 ? Phrases.Of("anything") : said.Replace("\n", " and ", StringComparison.Ordinal),
            _ => said.Replace("\n", ", ", StringComparison.Ordinal),
        };
    }
}
