using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Assize.Host.Components;
using Assize.TestKit;
using Microsoft.AspNetCore.Html;
using Xunit;

namespace Assize.Host.Tests.Components;

/// <summary>Our components beside the markup that GOV.UK Frontend publishes for the same options.</summary>
public sealed partial class FixtureTests
{
    private static readonly Choice[] s_yesNo = [new("yes", "Yes"), new("no", "No")];

    [Fact]
    public void TextInput_IsAsPublished()
    {
        AssertSame("input", "default", Inputs.TextInput(new Field("test-name", "National Insurance number"), null));
        AssertSame("input", "with hint text", Inputs.TextInput(new Field("test-name-2", "National insurance number")
        {
            Id = "input-with-hint-text",
            Hint = "It’s on your National Insurance card, benefit letter, payslip or P60. For example, ‘QQ 12 34 56 C’.",
        }, null));
    }

    [Fact]
    public void Textarea_IsAsPublished() =>
        AssertSame("textarea", "default", Inputs.Textarea(new Field("more-detail", "Can you provide more detail?"), null));

    [Fact]
    public void Radios_AreAsPublished()
    {
        AssertSame("radios", "default", Inputs.Radios(new Field("example-default", "Have you changed your name?"), s_yesNo, null));
        AssertSame("radios", "with hint", Inputs.Radios(new Field("example-with-hint", "Have you changed your name?")
        {
            Hint = "This includes changing your last name or spelling your name differently.",
        }, s_yesNo, null));
    }

    [Fact]
    public void Checkboxes_AreAsPublished() => AssertSame("checkboxes", "default", Inputs.Checkboxes(
        new Field("nationality", "What is your nationality?"),
        [new Choice("british", "British"), new Choice("irish", "Irish"), new Choice("other", "Citizen of another country")], []));

    [Fact]
    public void ErrorSummary_IsAsPublished() => AssertSame("error-summary", "default", Show.ErrorSummary("There is a problem",
    [
        new Fault("example-error-1", "The date your passport was issued must be in the past"), new Fault("example-error-2", "Enter a postcode, like AA1 1AA"),
    ])!);

    [Fact]
    public void Tag_IsAsPublished()
    {
        AssertSame("tag", "default", Show.Tag("Alpha"));
        AssertSame("tag", "grey", Show.Tag("Grey", "grey"));
    }

    [Fact]
    public void Text_IsEncoded() => Assert.DoesNotContain("<script>", Written(Show.Tag("<script>alert(1)</script>")), StringComparison.Ordinal);

    private static void AssertSame(string component, string fixture, IHtmlContent ours)
    {
        var file = JsonNode.Parse(File.ReadAllText(Repository.PathOf($"node_modules/govuk-frontend/dist/govuk/components/{component}/fixtures.json")))!;
        var published = file["fixtures"]!.AsArray().Single(entry => (string)entry!["name"]! == fixture)!;

        Assert.Equal(Shape((string)published["html"]!), Shape(Written(ours)));
    }

    private static string Written(IHtmlContent content)
    {
        using var text = new StringWriter();
        content.WriteTo(text, HtmlEncoder.Default);
        return text.ToString();
    }

    // Elements, attributes in order of name, and text: white space and attribute order say nothing.
    private static string Shape(string html) => string.Join('\n', new HtmlParser().ParseDocument(html).Body!.ChildNodes.SelectMany(node => Shape(node, 0)));

    private static IEnumerable<string> Shape(INode node, int depth) => node switch
    {
        IElement element =>
        [
            $"{new string(' ', depth)}{element.LocalName} {string.Join(' ', element.Attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal).Select(attribute => $"{attribute.Name}={attribute.Value}"))}",
            .. element.ChildNodes.SelectMany(child => Shape(child, depth + 1)),
        ],
        IText text when Space().Replace(text.Data, " ").Trim() is { Length: > 0 } said => [new string(' ', depth) + said],
        _ => [],
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
