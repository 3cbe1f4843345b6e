using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Assize.Host.Tests.Designer.Rules;
using Assize.TestKit;
using Assize.Workflows.Rules;
using Xunit;

namespace Assize.Host.Tests.Pages;

/// <summary>English and Welsh: chosen on a page, kept by a cookie, asked for by a browser, and said honestly.</summary>
public sealed partial class LanguageTests(HostFixture host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Repository.PathOf("src"), "*.cy.resx", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(file => Path.GetRelativePath(Repository.Root, file))];

    [Fact]
    public async Task Choice_OfWelsh_IsKept_AndLeavesTheAddress_UntilEnglishIsChosen()
    {
        using var client = host.Client(null);

        using var chosen = await client.GetAsync("/?language=cy", Stop);
        var cookie = chosen.Headers.GetValues("Set-Cookie").Single(line => line.StartsWith("assize-language=cy", StringComparison.Ordinal));
        client.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        using var welsh = await client.GetAsync("/", Stop);
        using var back = await client.GetAsync("/?language=en", Stop);

        Assert.Equal((HttpStatusCode.Found, "/"), (chosen.StatusCode, chosen.Headers.Location!.OriginalString));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        var page = await welsh.PageAsync();
        Assert.Equal("cy", page.DocumentElement.GetAttribute("lang"));
        Assert.Null(page.QuerySelector("main")!.GetAttribute("lang"));
        Assert.Contains("Dilyn achos troseddol", page.QuerySelector("h1")!.TextContent);
        var link = page.QuerySelector(".assize-header__link")!;
        Assert.Equal(("English", "en", "/?language=en"), (link.TextContent, link.GetAttribute("lang"), link.GetAttribute("href")));
        Assert.StartsWith("assize-language=en", back.Headers.GetValues("Set-Cookie").Single(line => line.StartsWith("assize-language", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cy", "cy")]
    [InlineData("cy-GB,en;q=0.5", "cy")]
    [InlineData("en-GB,cy;q=0.5", "en")]
    [InlineData("fr", "en")]
    [InlineData("not a language", "en")]
    public async Task Browser_ThatAsksForALanguage_IsAnsweredInIt(string asked, string language)
    {
        using var client = host.Client(null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", asked);

        using var answer = await client.GetAsync("/", Stop);

        Assert.Equal(language, (await answer.PageAsync()).DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public async Task Pages_OfAPersonWhoReadsWelsh_SayTheirWordsSo()
    {
        using var client = host.Client(Cast.Lawyer);
        client.DefaultRequestHeaders.Add("Accept-Language", "cy");
        var task = await host.TaskAsync(host.Urn, "reviewing-lawyer");

        var tasks = await MainAsync(client, "/tasks/available");
        var one = await MainAsync(client, $"/task/{task.Id}");
        var file = await MainAsync(client, $"/cases/{host.Urn}");
        var access = await MainAsync(client, $"/cases/{host.Urn}/access");
        var gone = await MainAsync(client, "/cases/none");

        Assert.Contains("Ar gael i mi", tasks);
        Assert.Contains("Cymryd y dasg hon", one);
        Assert.Contains("Diffynyddion a throseddau", file);
        Assert.Contains("Pwy sydd â mynediad", access);
        Assert.Contains("Asiantaethau sy’n cymryd rhan", access);
        Assert.Contains("Heb ganfod y dudalen", gone);
    }

    [Fact]
    public async Task Page_WithoutWelsh_IsShownInEnglish_AndSaysSo()
    {
        using var client = host.Client(Cast.PrivacyOfficer);
        client.DefaultRequestHeaders.Add("Accept-Language", "cy");

        using var answer = await client.GetAsync("/access/audit", Stop);

        var page = await answer.PageAsync();
        Assert.Equal(("cy", "en"), (page.DocumentElement.GetAttribute("lang"), page.QuerySelector("main")!.GetAttribute("lang")));
    }

    [Fact]
    public async Task Api_SpeaksEnglish_WhateverIsAskedFor()
    {
        using var client = host.Client(Cast.Roleless);
        client.DefaultRequestHeaders.Add("Accept-Language", "cy");

        using var answer = await client.GetAsync("/api/v1/cases", Stop);

        Assert.Contains("This needs one of these roles", await answer.Content.ReadAsStringAsync(Stop));
    }

    [Theory]
    [InlineData("//elsewhere.example/?language=cy")]
    [InlineData("/\\elsewhere.example?language=cy")]
    public async Task Choice_OfALanguage_LeadsNowhereElse(string path)
    {
        using var client = host.Client(null);
        var address = new Uri(host.Url.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        using var answer = await client.GetAsync(address, Stop);

        var led = answer.Headers.Location?.OriginalString ?? "/";
        Assert.True(led[0] == '/' && (led.Length == 1 || led[1] is not ('/' or '\\')), led);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void WelshFile_HasThePlaceholdersOfItsEnglish_AndNothingTwice(string file)
    {
        var entries = XDocument.Load(Repository.PathOf(file)).Descendants("data").ToList();
        var texts = entries.Select(data => (English: data.Attribute("name")!.Value, Welsh: data.Element("value")!.Value)).ToList();

        Assert.NotEmpty(texts);
        // What stands within another is left out of the build without a word.
        Assert.Empty(entries.Where(data => data.Parent!.Name != "root").Select(data => data.Attribute("name")!.Value));
        // Of two keys that differ in capitals alone the build keeps one.
        Assert.Empty(texts.GroupBy(text => text.English, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.Empty(texts.Where(text => string.IsNullOrWhiteSpace(text.Welsh) || !Holes(text.English).SequenceEqual(Holes(text.Welsh))).Select(text => text.English));
    }

    /// <summary>Of the folders whose pages are to be read in Welsh, each text that stands in a page has one.</summary>
    [Theory]
    [InlineData("PageText", "Shared", "Tasks", "Cases", "Index.cshtml", "Problem", "Designer/Rules", "Designer/Rules/Drafting", "Designer/Overlays")]
    [InlineData("AdministrationText", "Access/People", "Access/RoleChanges", "Access/RoleRequests", "Access/Several", "Access/Due", "Access/Sessions", "Access/Teams", "Access/Agencies", "Access/Provisioning", "Access/Others")]
    [InlineData("EnrolmentText", "Access/Enrolments")]
    public void Pages_SayNothing_ThatHasNoWelsh(string texts, params string[] places)
    {
        var known = XDocument.Load(Repository.PathOf($"src/Host/Wording/{texts}.cy.resx")).Descendants("data").Select(data => data.Attribute("name")!.Value).ToHashSet();
        var said = places.Select(place => Repository.PathOf($"src/Host/Pages/{place}"))
            .SelectMany(path => File.Exists(path) ? [path] : Directory.EnumerateFiles(path, "*.cshtml")).SelectMany(file => Said().Matches(File.ReadAllText(file))).Select(match => match.Groups[1].Value).ToHashSet();

        Assert.True(said.Count > 20, $"Expected to find the pages' words, but found {said.Count}.");
        Assert.Empty(said.Except(known));
    }

    /// <summary>What forms, tables, calendars, code lists and overlays are made of, in the words of their fields.</summary>
    [Theory]
    [InlineData(RuleName.Form)]
    [InlineData(RuleName.Table)]
    [InlineData(RuleName.Calendar)]
    [InlineData(RuleName.List)]
    [InlineData(RuleName.Overlay)]
    public void Fields_SayNothing_ThatHasNoWelsh(string kind)
    {
        var known = XDocument.Load(Repository.PathOf("src/Host/Wording/PageText.cy.resx")).Descendants("data").Select(data => data.Attribute("name")!.Value).ToHashSet();
        var shape = RuleShape.Of(kind);
        var parts = shape.Parts.Concat(shape.Parts.Select(part => part.Inner).OfType<RulePart>()).ToList();
        var said = shape.Fields.Concat(parts.SelectMany(part => part.Fields)).SelectMany(field => (string?[])[field.Label, field.Hint, .. kind == RuleName.Overlay && field.Member == "type" ? [] : field.Choices.Select(choice => choice.Words).Where(words => words.Contains(' ', StringComparison.Ordinal))])
            .Concat(parts.SelectMany(part => (string[])[part.Plural, part.Adding, $"The {part.Noun}"])).Append(shape.Name).Append(shape.Plural).OfType<string>().ToHashSet();

        Assert.Empty(said.Except(known));
    }

    [Fact]
    public async Task Pages_OfRules_InWelsh_SayTheirFieldsSo()
    {
        using var client = host.Client(Cast.ProcessOwner);
        var path = await host.DraftAsync("table", RuleTalk.Table);
        client.DefaultRequestHeaders.Add("Accept-Language", "cy");

        using var shown = await client.GetAsync($"{path}/draft/rules/0", Stop);
        var page = await shown.PageAsync();

        Assert.Null(page.QuerySelector("main")!.GetAttribute("lang"));
        Assert.Equal("Ffynhonnell gyfreithiol", page.QuerySelector("label[for=legalReference]")!.TextContent.Trim());
        Assert.Contains("Ychwanegu rheol", await MainAsync(client, $"{path}/draft"));
    }

    private static async Task<string> MainAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Stop);
        var page = await answer.PageAsync();
        Assert.Equal("cy", page.DocumentElement.GetAttribute("lang"));
        return page.QuerySelector("main")!.TextContent;
    }

    private static IEnumerable<string> Holes(string text) => Hole().Matches(text).Select(match => match.Value).Order();

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Hole();

    [GeneratedRegex("\\bT\\[\"([^\"]+)\"")]
    private static partial Regex Said();
}
