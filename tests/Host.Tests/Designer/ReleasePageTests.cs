using System.Net;
using AngleSharp.Html.Dom;
using Assize.Host.Tests.Coverage;
using Xunit;

namespace Assize.Host.Tests.Designer;

public sealed class ReleasePageTests(HostFixture host)
{
    private const string Plan = "/designer/releases/{definitionId}";
    private const string Ask = "/designer/releases/{definitionId}/new";

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(Cast.Roleless, HttpStatusCode.Forbidden)]
    [TestsPage(Plan, PageCase.NoRole)]
    [TestsPage(Ask, PageCase.NoRole)]
    public async Task Get_WithoutARole_IsRefused(string? subject, HttpStatusCode expected)
    {
        Assert.Equal(expected, await StatusAsync(subject, "/designer/releases/intake"));
        Assert.Equal(expected, await StatusAsync(subject, "/designer/releases/intake/new?version=1"));
    }

    [Fact]
    [TestsPage(Plan, PageCase.WrongRole)]
    [TestsPage(Ask, PageCase.WrongRole)]
    public async Task Get_ByAnotherRole_ShowsNothingToDo_AndAskingIsRefused()
    {
        using var reader = host.Client(Cast.Lawyer);
        using var shown = await reader.GetAsync("/designer/releases/intake", TestContext.Current.CancellationToken);
        using var owner = host.Client(Cast.ProcessOwner);
        using var theirs = await owner.GetAsync("/designer/releases/intake", TestContext.Current.CancellationToken);
        using var forged = await ForgeAsync(reader, theirs);

        Assert.Empty((await shown.PageAsync()).QuerySelectorAll("main form"));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (forged.StatusCode, await StatusAsync(Cast.Lawyer, "/designer/releases/intake/new?version=1")));
    }

    [Fact]
    [TestsPage(Plan, PageCase.UnknownId)]
    [TestsPage(Ask, PageCase.UnknownId)]
    public async Task Get_OfAnUnknownWorkflow_IsNotThere()
    {
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Cast.ProcessOwner, "/designer/releases/none"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Cast.ProcessOwner, "/designer/releases/intake/new?version=99"));
    }

    [Fact]
    [TestsPage(Plan, PageCase.WrongState)]
    [TestsPage(Ask, PageCase.WrongState)]
    public async Task Return_OfWhatAllElseFallsBackTo_IsRefused_AndTermsThatSayNothingAreNamed()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await PublishedAsync();

        using var refused = await owner.PostFormAsync($"/designer/releases/{id}", "return");
        using var typed = await owner.PostFormAsync($"/designer/releases/{id}/new?version=1", "", ("from-day", "31"), ("from-month", "2"), ("from-year", "2027"), ("share", "none"));

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity), (refused.StatusCode, typed.StatusCode));
        Assert.Contains("Release another version first", (await refused.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        var page = await typed.PageAsync();
        Assert.Equal(["#from", "#share"], page.QuerySelectorAll(".govuk-error-summary a").Select(link => link.GetAttribute("href")!));
        Assert.Equal("none", ((IHtmlInputElement)page.GetElementById("share")!).Value);
    }

    [Fact]
    [TestsPage(Plan, PageCase.HappyPath)]
    [TestsPage(Ask, PageCase.HappyPath)]
    public async Task Ask_ThenApprove_ThenReturn_IsSeenInThePlan()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var second = host.Client(Cast.SecondOwner);
        var id = await PublishedAsync();
        using var court = await owner.GetAsync($"/designer/releases/{id}/new?version=1", TestContext.Current.CancellationToken);
        var first = ((IHtmlSelectElement)(await court.PageAsync()).GetElementById("court")!).Options.Skip(1).First().Value;

        using var asked = await owner.PostFormAsync($"/designer/releases/{id}/new?version=1", "",
            ("from-day", "1"), ("from-month", "3"), ("from-year", "2027"), ("court", first), ("share", "10"), ("incidents", "3"), ("note", "A tenth first."));
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        using var approved = await second.PostFormAsync(asked.Headers.Location!.OriginalString, "approve");
        using var plan = await owner.GetAsync($"/designer/releases/{id}", TestContext.Current.CancellationToken);
        using var returned = await owner.PostFormAsync($"/designer/releases/{id}", "return");
        using var after = await owner.GetAsync($"/designer/releases/{id}", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (approved.StatusCode, returned.StatusCode));
        var row = (await plan.PageAsync()).QuerySelector("main tbody tr")!.TextContent;
        Assert.All((string[])[first, "1 March 2027", "10 of 100", "3 cases with an incident"], text => Assert.Contains(text, row, StringComparison.Ordinal));
        Assert.Contains("Polly Gorse", (await after.PageAsync()).QuerySelectorAll("main table")[^1].TextContent, StringComparison.Ordinal);
    }

    private async Task<string> PublishedAsync()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var second = host.Client(Cast.SecondOwner);
        using var begun = await owner.PostFormAsync("/designer", "", ("name", $"Released {Guid.NewGuid():n}"));
        var id = begun.Headers.Location!.OriginalString.Split('/')[^1];
        await owner.AskToPublishAsync(id);
        await PublicationPageTests.ApproveAsync(second, id);
        return id;
    }

    // Sends the form that another person was shown.
    private static async Task<HttpResponseMessage> ForgeAsync(HttpClient client, HttpResponseMessage shown)
    {
        using var own = await client.GetAsync("/designer", TestContext.Current.CancellationToken);
        var token = ((IHtmlInputElement)(await own.PageAsync()).QuerySelector("input[name=__RequestVerificationToken]")!).Value;
        var path = ((IHtmlFormElement)(await shown.PageAsync()).QuerySelector("main form")!).GetAttribute("action")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("number", "1"), KeyValuePair.Create("__RequestVerificationToken", token)]),
        };
        if (own.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0])));
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<HttpStatusCode> StatusAsync(string? subject, string path)
    {
        using var client = host.Client(subject);
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
