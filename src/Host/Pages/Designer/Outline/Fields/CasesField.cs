using System.Collections.Immutable;
using System.Globalization;
using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Editing;
using Assize.Host.Components;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using static Assize.Host.Components.Markup;

namespace Assize.Host.Pages.Designer.Outline.Fields;

/// <summary>The cases of a switch: a label and a condition each, and empty boxes for one more.</summary>
internal sealed class CasesField(IStringLocalizer<PageText> words, InputDescriptor input)
{
    private static readonly Choice[] s_languages = [new("JavaScript", "JavaScript"), new("Liquid", "Liquid"), new("Literal", "Literal"), new("Variable", "Variable"), new("Input", "Input")];
    private static readonly InputCase s_empty = new(null, "", "JavaScript", "");

    public IHtmlContent Draw(ImmutableArray<InputCase> cases) => Element("fieldset", "govuk-fieldset",
        Element("legend", "govuk-fieldset__legend govuk-fieldset__legend--m", Text(words[input.DisplayName])),
        Element("div", "govuk-hint", Text(words["Each case is an outcome. Empty its label to take it away; fill in the last one to add one."])),
        All(cases.Add(s_empty).Select(Case)));

    public static bool IsAsked(IFormCollection form, InputDescriptor input) => form.ContainsKey($"{InputSaid.Name(input)}-label");

    public static ImmutableArray<InputCase> From(IFormCollection form, InputDescriptor input)
    {
        var name = InputSaid.Name(input);
        var labels = form[$"{name}-label"];
        return [.. labels.Select((label, index) => new InputCase(
            int.TryParse(At(form, $"{name}-was", index), NumberStyles.None, CultureInfo.InvariantCulture, out var was) ? was : null,
            (label ?? "").Trim(), At(form, $"{name}-language", index) is { Length: > 0 } language ? language : "JavaScript", At(form, $"{name}-condition", index).ReplaceLineEndings("\n")))
            .Where(item => item != s_empty)];
    }

    /// <summary>Those with a label; the others are taken away.</summary>
    public static ImmutableArray<InputCase> Kept(ImmutableArray<InputCase> cases) => [.. cases.Where(item => item.Label.Length > 0)];

    private TagBuilder Case(InputCase item, int index)
    {
        var name = InputSaid.Name(input);
        var id = $"{name}-{index + 1}";
        var heading = item == s_empty ? words["Another case"] : words["Case {0}", index + 1];
        return Element("fieldset", "govuk-fieldset assize-outline__case",
            Element("legend", "govuk-fieldset__legend govuk-fieldset__legend--s", Text(heading)),
            Void("input", "").With("type", "hidden").With("name", $"{name}-was").With("value", item.Was?.ToString(CultureInfo.InvariantCulture) ?? ""),
            Inputs.TextInput(new Field($"{name}-label", words["Label"]) { Id = $"{id}-label" }, item.Label, "width-20"),
            Inputs.Select(new Field($"{name}-language", words["Language of the condition"]) { Id = $"{id}-language" },
                s_languages.Any(language => language.Value == item.Syntax) ? s_languages : [.. s_languages, new Choice(item.Syntax, item.Syntax)], item.Syntax),
            Inputs.Textarea(new Field($"{name}-condition", words["Condition"]) { Id = $"{id}-condition" }, item.Condition, Math.Max(2, item.Condition.Split('\n').Length)));
    }

    private static string At(IFormCollection form, string name, int index) => form[name] is var values && index < values.Count ? values[index] ?? "" : "";
}
