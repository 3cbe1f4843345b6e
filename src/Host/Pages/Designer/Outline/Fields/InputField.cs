using Assize.Engine.Definitions;
using Assize.Host.Components;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.Extensions.Localization;
using static Assize.Host.Components.Markup;

namespace Assize.Host.Pages.Designer.Outline.Fields;

/// <summary>Draws one input of a step: its own box, and the languages in which it can be given instead.</summary>
internal sealed class InputField(IStringLocalizer<PageText> words, InputChoices choices)
{
    public IHtmlContent Draw(InputDescriptor input, InputSaid said, string? error)
    {
        var name = InputSaid.Name(input);
        var label = input.IsRequired ? words[input.DisplayName].Value : words["{0} (optional)", words[input.DisplayName].Value].Value;
        var field = new Field(name, label) { Hint = input.Description is { } hint ? words[hint].Value : null, Error = error };
        if (!input.IsWrapped)
        {
            return All([Own(input, field, said.Plain), Hidden($"{name}-as", InputSaid.PlainAs)]);
        }

        return InputSaid.IsScript(input)
            ? Element("fieldset", "govuk-fieldset assize-outline__input", Element("legend", "govuk-fieldset__legend govuk-visually-hidden", Text(label)), Script(field with { Id = $"{name}-script", Name = $"{name}-script" }, said), Language(input, name, words[input.DisplayName], said))
            : All([Own(input, field, said.Plain), Instead(input, name, said)]);
    }

    private IHtmlContent Own(InputDescriptor input, Field field, string value) => input.UIHint switch
    {
        "checkbox" => Inputs.Checkboxes(field with { Label = words[input.DisplayName] }, [new Choice("True", words["Yes"])], value.Equals("True", StringComparison.OrdinalIgnoreCase) ? ["True"] : []),
        "checklist" => Inputs.Checkboxes(field, With(choices.Of(input)!, value.Split('\n')), value.Split('\n')),
        "multitext" or "dynamic-outcomes" => Inputs.Textarea(field with { Hint = Joined(field.Hint, words["One on each line."]) }, value, Math.Max(3, value.Split('\n').Length + 1)),
        _ when choices.Of(input) is { } listed => Inputs.Select(field, With(listed.Prepend(new Choice("", words["Not chosen"])), [value]), value),
        "multiline" or "code-editor" or "json-editor" or "dictionary" => Inputs.Textarea(field, value),
        _ when value.Contains('\n', StringComparison.Ordinal) => Inputs.Textarea(field, value),
        _ when InputSaid.IsNumber(input) => Inputs.TextInput(field, value, "width-5", "numeric"),
        _ => Inputs.TextInput(field, value),
    };

    private TagBuilder Instead(InputDescriptor input, string name, InputSaid said) => Element("details", "govuk-details assize-outline__instead",
        Element("summary", "govuk-details__summary", Element("span", "govuk-details__summary-text",
            Text(words["Compute it instead"]), Element("span", "govuk-visually-hidden", Text($": {words[input.DisplayName].Value}")))),
        Element("div", "govuk-details__text",
            Language(input, name, words[input.DisplayName], said),
            Script(new Field($"{name}-script", words["Script or template for {0}", words[input.DisplayName].Value]), said)))
        .Flag("open", said.As != InputSaid.PlainAs);

    private IHtmlContent Language(InputDescriptor input, string name, string label, InputSaid said) =>
        Inputs.Select(new Field($"{name}-as", words["How {0} is given", label]), Languages(input, said.As), said.As);

    private static IHtmlContent Script(Field field, InputSaid said) => Inputs.Textarea(field, said.Script, Math.Max(3, said.Script.Split('\n').Length + 1));

    private List<Choice> Languages(InputDescriptor input, string chosen)
    {
        List<Choice> offered = InputSaid.IsScript(input)
            ? [new Choice("JavaScript", words["JavaScript"]), new Choice("Liquid", words["Liquid"]), new Choice("Literal", words["Just this text"])]
            : [new Choice(InputSaid.PlainAs, words["As entered in its own box"]), new Choice("JavaScript", words["By the JavaScript below"]), new Choice("Liquid", words["By the Liquid template below"])];
        offered.AddRange(choices.Variables.Select(variable => new Choice($"Variable:{variable.Value}", words["The variable {0}", variable.Label])));
        offered.AddRange(choices.Arguments.Select(argument => new Choice($"Input:{argument.Value}", words["The workflow's input {0}", argument.Label])));
        return With(offered, [chosen]);
    }

    // What the definition says is never hidden, even where nothing of that name can be chosen any more.
    private static List<Choice> With(IEnumerable<Choice> listed, IEnumerable<string> said)
    {
        var all = listed.ToList();
        all.AddRange(said.Where(value => value.Length > 0 && all.All(choice => choice.Value != value)).Select(value => new Choice(value, value)).ToList());
        return all;
    }

    private static string Joined(string? first, string second) => first is null ? second : $"{first} {second}";

    private static TagBuilder Hidden(string name, string value) => Void("input", "").With("type", "hidden").With("name", name).With("value", value);
}
