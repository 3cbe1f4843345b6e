using System.Net;
using System.Text.Json.Nodes;
using Assize.Host.Tests.Coverage;
using Assize.Workflows.Operations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Designer.Rules;

/// <summary>Forms, calendars and code lists, each drafted as a person does it.</summary>
public sealed class RuleKindTests(HostFixture host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [TestsPage("/designer/rules/{kind}/{id}/versions/{version}", PageCase.HappyPath)]
    public async Task Form_IsMade_Arranged_AndShownAsACaseworkerSeesIt()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var path = await host.DraftAsync("form", """{ "title": { "en": "Interview" }, "legalReference": "Invented code B", "effectiveFrom": null, "questions": [] }""");
        var posted = new List<HttpStatusCode>();
        foreach (var (part, fields) in ((string, (string, string)[])[])[
            ("questions/new", [("id", "when"), ("type", "date"), ("label.en", "When?"), ("label.cy", "Pryd?"), ("required", "true")]),
            ("questions/new", [("id", "who"), ("type", "radios"), ("label.en", "Who was there?"), ("required", "false"), ("when.outcome", "Held")]),
            ("questions/1/options/new", [("value", "solicitor"), ("label.en", "A solicitor"), ("label.cy", "Cyfreithiwr")]),
            ("questions/new", [("id", "gender"), ("type", "select"), ("label.en", "Gender"), ("optionsFrom", "gender")])])
        {
            using var saved = await owner.PostFormAsync($"{path}/draft/{part}", part, fields);
            posted.Add(saved.StatusCode);
        }

        using var moved = await owner.PostFormAsync($"{path}/draft", "arrange", ("up", "questions/1"));
        await host.PublishAsync(path);
        var english = await owner.OpenAsync($"{path}/versions/1?outcome=Held");
        var welsh = await owner.OpenAsync($"{path}/versions/1?outcome=Held&form-language=cy");
        var exported = JsonNode.Parse(await owner.GetStringAsync($"{path}?handler=export&version=1", Stop))!;

        Assert.All(posted, status => Assert.Equal(HttpStatusCode.Redirect, status));
        Assert.Equal(HttpStatusCode.Redirect, moved.StatusCode);
        Assert.Equal(["who", "when", "gender"], exported["questions"]!.AsArray().Select(question => (string)question!["id"]!));
        Assert.Equal(["A solicitor"], english.QuerySelectorAll(".assize-preview .govuk-radios__label").Select(label => label.TextContent));
        Assert.Contains("Male", english.QuerySelector(".assize-preview select")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Pryd?", welsh.QuerySelector(".assize-preview")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_WithAQuestionTwice_AndAnUnknownList_IsKept_AndRefusedByRow()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var question = """{ "id": "same", "type": "text", "label": { "en": "Same" } }""";
        var path = await host.DraftAsync("form", $$"""{ "title": { "en": "Twice" }, "legalReference": "Invented", "effectiveFrom": null, "questions": [{{question}}, {{question}}] }""");
        using var twice = await owner.PostFormAsync($"{path}/draft", "ask");
        using var renamed = await owner.PostFormAsync($"{path}/draft/questions/1", "questions/1", ("id", "other"), ("type", "select"), ("optionsFrom", "no-such-list"));
        using var option = await owner.PostFormAsync($"{path}/draft/questions/1/options/new", "options/new", ("value", "a"), ("label.en", "A"));

        using var unknown = await owner.PostFormAsync($"{path}/draft", "ask");

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Redirect, HttpStatusCode.Redirect, HttpStatusCode.Conflict), (twice.StatusCode, renamed.StatusCode, option.StatusCode, unknown.StatusCode));
        Assert.Contains("Expected each question once, but 'same' is there 2 times.", (await twice.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Question 2 “other”, Take the choices from a code list: There is no code list “no-such-list”.", (await unknown.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("other", (await owner.OpenAsync($"{path}/draft")).QuerySelector("#questions-1")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calendar_TakesADayWithItsSource_InItsPlace_AndLosesOne()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var path = await host.DraftAsync("calendar", """
            {
              "title": { "en": "Invented days" }, "legalReference": "Invented", "effectiveFrom": null, "timeZone": "Europe/London", "coversFrom": "2026-01-01", "coversTo": "2026-12-31",
              "holidays": [{ "date": "2026-01-01", "title": "New Year's Day" }, { "date": "2026-12-25", "title": "Christmas Day" }]
            }
            """);

        using var added = await owner.PostFormAsync($"{path}/draft/holidays/new", "holidays/new",
            ("date-day", "4"), ("date-month", "3"), ("date-year", "2026"), ("title", "Training of the bench"), ("kind", "nonSitting"), ("source", "Invented direction 4"));
        using var removed = await owner.PostFormAsync($"{path}/draft", "arrange", ("remove", "holidays/0"));
        await host.PublishAsync(path);
        var shown = await owner.OpenAsync($"{path}/versions/1");

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (added.StatusCode, removed.StatusCode));
        Assert.Equal(["2026-03-04", "2026-12-25"], shown.QuerySelectorAll("main tbody th").Select(day => day.TextContent));
        Assert.Contains("Invented direction 4", shown.QuerySelector("main tbody")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage("/designer/rules/{kind}/{id}", PageCase.WrongState, PageCase.HappyPath)]
    public async Task List_IsUploadedAsATable_AsLongWork_AndABadOneLeavesTheDraft()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var path = await host.DraftAsync("list", """{ "title": { "en": "Colours" }, "legalReference": "Invented", "effectiveFrom": null, "items": [] }""");

        var good = await UploadAsync(owner, path, "code,from,description\nR,2026-01-01,Red\nG,,\"Green, dark\"\n");
        var bad = await UploadAsync(owner, path, "code,description\nR,Red,Crimson\n");
        using var blank = await owner.PostFormAsync(path, "upload");
        var draft = await owner.OpenAsync($"{path}/draft?find=dark");

        Assert.Contains("Completed", good, StringComparison.Ordinal);
        Assert.Contains("Line 2: expected 2 values", bad, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, blank.StatusCode);
        Assert.Equal(["R", "G"], draft.QuerySelectorAll("main tbody th").Select(code => code.TextContent.Split(' ')[0]));
        await host.PublishAsync(path);
        Assert.Contains("Green, dark", (await owner.OpenAsync($"{path}/versions/1")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ThatCameWithTheSoftware_IsSeen_AndItsNextVersionBeginsWithItsCodes()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var shown = await owner.OpenAsync("/designer/rules/list/vehicle-code/versions/0");

        using var begun = await owner.PostFormAsync("/designer/rules/list/vehicle-code", "begin");
        var draft = await owner.OpenAsync("/designer/rules/list/vehicle-code/draft");
        using var discarded = await owner.PostFormAsync("/designer/rules/list/vehicle-code/draft", "discard");

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (begun.StatusCode, discarded.StatusCode));
        Assert.Equal(shown.QuerySelectorAll("main tbody tr").Length, draft.QuerySelectorAll("main tbody tr").Length);
        Assert.Equal("/designer/rules/list/vehicle-code", discarded.Headers.Location!.OriginalString);
    }

    private async Task<string> UploadAsync(HttpClient owner, string path, string table)
    {
        using var sent = await owner.SendFileAsync(path, "upload", table, "table");
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        await host.Host.Services.GetRequiredService<RunOperations>().RunTurnAsync(TimeSpan.FromSeconds(20), Stop);
        return (await owner.OpenAsync(sent.Headers.Location!.OriginalString)).QuerySelector("main")!.TextContent;
    }
}
