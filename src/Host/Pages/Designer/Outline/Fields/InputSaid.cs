using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Editing;

namespace Assize.Host.Pages.Designer.Outline.Fields;

/// <summary>An input as its boxes hold it; what was typed is kept, right or wrong.</summary>
/// <param name="Plain">What the input's own box says.</param>
/// <param name="As">"plain", a language, "Variable:id" or "Input:name".</param>
/// <param name="Script">What the box of the language says.</param>
public sealed record InputSaid(string Plain, string As, string Script)
{
    public const string PlainAs = "plain";
    private static readonly string[] s_numbers = ["Int32", "Int64", "Double", "Decimal", "Single"];

    public static string Name(InputDescriptor input) => $"in-{input.Member}";

    /// <summary>True where a script is the usual thing: there is no box of its own then.</summary>
    public static bool IsScript(InputDescriptor input) => input.UIHint == "expression-editor";

    public static bool IsNumber(InputDescriptor input) => s_numbers.Contains(input.TypeName);

    public static InputSaid Of(InputText? text, InputDescriptor input)
    {
        var plain = InputText.PlainSyntax(input);
        return text switch
        {
            null => new InputSaid("", IsScript(input) ? input.DefaultSyntax ?? "JavaScript" : PlainAs, ""),
            { Syntax: "Variable" or "Input" } when plain != text.Syntax => new InputSaid("", $"{text.Syntax}:{text.Text}", ""),
            _ when !IsScript(input) && (text.Syntax == plain || (InputText.IsList(input) && text.Syntax == "Literal")) => new InputSaid(text.Text, PlainAs, ""),
            _ => new InputSaid("", text.Syntax, text.Text),
        };
    }

    /// <summary>Null where the form did not ask for this input.</summary>
    public static InputSaid? From(IFormCollection form, InputDescriptor input)
    {
        var name = Name(input);
        if (form[$"{name}-as"].ToString() is not { Length: > 0 } given)
        {
            return null;
        }

        var plain = form[name];
        return new InputSaid(
            InputText.IsList(input) ? string.Join('\n', plain.Select(Typed)) : input.UIHint == "checkbox" && plain.Count == 0 ? "False" : Typed(plain.ToString()),
            given, Typed(form[$"{name}-script"].ToString()));
    }

    public InputText ToText(InputDescriptor input) =>
        As == PlainAs ? new InputText(InputText.PlainSyntax(input), Plain)
        : As.Split(':', 2) is ["Variable" or "Input", { Length: > 0 }] reference ? new InputText(reference[0], reference[1])
        : new InputText(As, Script);

    /// <summary>Why it cannot even be kept; null where it can.</summary>
    public string? Wrong(InputDescriptor input)
    {
        var text = ToText(input);
        return text switch
        {
            { Text.Length: 0 } => null,
            { Syntax: "Literal" } when IsNumber(input) && !decimal.TryParse(text.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => "{0} must be a number, like 3",
            { Syntax: "Object" } when !InputText.IsList(input) && !IsJson(text.Text) => "{0} must be JSON, like { \"a\": 1 }",
            _ => null,
        };
    }

    private static bool IsJson(string text)
    {
        try
        {
            return JsonNode.Parse(text) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // A form's lines end as the standard says, a definition's as people's editors do.
    private static string Typed(string? text) => (text ?? "").ReplaceLineEndings("\n");
}
