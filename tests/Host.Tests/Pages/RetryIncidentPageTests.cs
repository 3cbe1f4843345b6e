using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Assize.Host.Tests.Api;
using Assize.Host.Tests.Coverage;
using Assize.Workflows.Access;
using Xunit;

namespace Assize.Host.Tests.Pages;

/// <summary>What people can do about a step that went wrong.</summary>
public sealed class RetryIncidentPageTests(BadScriptHost host) : IClassFixture<BadScriptHost>
{
    private const string Page = "/cases/{urn}/incidents/{id}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Cast.Roleless)]
    [InlineData(null)]
    [TestsPage(Page, PageCase.NoRole)]
    public async Task Get_WithoutARole_IsRefused(string? subject) =>
        Assert.Contains(await StatusAsync(subject, $"/cases/{host.Urn}/incidents/nothing"), (HttpStatusCode[])[HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized]);

    [Theory]
    [InlineData(Cast.Paralegal, HttpStatusCode.Forbidden)]
    [InlineData(Cast.Stranger, HttpStatusCode.NotFound)]
    [TestsPage(Page, PageCase.WrongRole)]
    public async Task Get_ByAnotherRole_IsRefused(string subject, HttpStatusCode expected) =>
        Assert.Equal(expected, await StatusAsync(subject, $"/cases/{host.Urn}/incidents/nothing"));

    [Theory]
    [InlineData("05ZD0000000")]
    [InlineData(null)]
    [TestsPage(Page, PageCase.UnknownId)]
    public async Task Get_WithAnUnknownId_IsNotFound(string? urn) =>
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Cast.Lawyer, $"/cases/{urn ?? host.Urn}/incidents/nothing"));

    [Fact]
    [TestsPage(Page, PageCase.WrongState, PageCase.HappyPath)]
    public async Task Post_TakesTheStepAgain_AndSaysWhetherItWentWell()
    {
        var urn = await HaltedAsync();
        using var lawyer = host.Client(Cast.Lawyer);
        var first = await LinkAsync(lawyer, urn);
        using var open = await lawyer.GetAsync(first, Stop);
        Assert.Contains("Not yet", (await open.PageAsync()).QuerySelector("main dl")!.TextContent, StringComparison.Ordinal);

        using var unsaid = await lawyer.PostFormAsync(first, "");
        using var again = await lawyer.PostFormAsync(first, "", ("reason", "Perhaps now."));
        using var stale = await lawyer.PostShownAsync(open, "", ("reason", "Perhaps now."));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Found, HttpStatusCode.Conflict), (unsaid.StatusCode, again.StatusCode, stale.StatusCode));
        using var wrong = await lawyer.GetAsync($"/cases/{urn}/process", Stop);
        Assert.Contains("went wrong again", (await wrong.PageAsync()).QuerySelector(".govuk-warning-text")!.TextContent, StringComparison.Ordinal);

        var second = await LinkAsync(lawyer, urn);
        await LaterAsync("PT4H");
        using var well = await lawyer.PostFormAsync(second, "", ("reason", "It is later now."));
        await LaterAsync("PT0S");
        using var gone = await lawyer.GetAsync($"/cases/{urn}/process", Stop);
        var page = await gone.PageAsync();
        Assert.Contains("has gone on", page.QuerySelector(".govuk-notification-banner--success")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("g.step.trouble"));
        using var history = await lawyer.GetAsync($"/cases/{urn}/history", Stop);
        Assert.Contains("It is later now.", (await history.PageAsync()).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retry_OverTheApi_AnswersWhereTheCaseStands_AndTheSameAgainToTheSameKey()
    {
        var urn = await HaltedAsync();
        using var lawyer = host.Client(Cast.Lawyer);
        using var paralegal = host.Client(Cast.Paralegal);
        var id = (await LinkAsync(lawyer, urn)).Split('/')[^1];

        using var refused = await RetryAsync(paralegal, urn, id, "a");
        using var again = await RetryAsync(lawyer, urn, id, "b");
        using var repeated = await RetryAsync(lawyer, urn, id, "b");
        using var gone = await RetryAsync(lawyer, urn, id, "c");

        Assert.Equal(
            (HttpStatusCode.Forbidden, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound),
            (refused.StatusCode, again.StatusCode, repeated.StatusCode, gone.StatusCode));
        var now = Assert.Single((await again.Content.ReadFromJsonAsync<JsonNode>(Stop))!["case"]!["incidents"]!.AsArray())!;
        Assert.NotEqual(id, (string)now["id"]!);
        Assert.Equal((string)now["id"]!, (await LinkAsync(lawyer, urn)).Split('/')[^1]);
    }

    private async Task<string> HaltedAsync()
    {
        var urn = await host.OpenCaseAsync();
        using var lawyer = host.Client(Cast.Lawyer);
        var task = await host.TaskAsync(urn, Roles.ReviewingLawyer);
        using var completed = await PostAsync(
            lawyer, $"/api/v1/tasks/{task.Id}/complete", Guid.NewGuid().ToString("n"),
            $$"""{"outcome":"AlternativeCharge","fields":{"test":"met","anticipatedPlea":"UNKNOWN","alternativeCode":"{{BadScriptHost.ForNow}}","alternativeWording":"Another one."} }""");
        Assert.Equal(HttpStatusCode.OK, completed.StatusCode);
        using var record = await lawyer.GetAsync($"/cases/{urn}", Stop);
        Assert.Contains("went wrong", (await record.PageAsync()).QuerySelector(".govuk-warning-text")!.TextContent, StringComparison.Ordinal);
        return urn;
    }

    /// <summary>Where the process page leads for the step that went wrong.</summary>
    private static async Task<string> LinkAsync(HttpClient client, string urn)
    {
        using var page = await client.GetAsync($"/cases/{urn}/process", Stop);
        return Assert.Single((await page.PageAsync()).QuerySelectorAll("main dl a")).GetAttribute("href")!;
    }

    private async Task LaterAsync(string offset)
    {
        using var system = host.Client(Cast.PoliceSystem);
        using var set = await system.PutAsJsonAsync("/api/v1/demonstration/clock", new { offset }, Stop);
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
    }

    private static Task<HttpResponseMessage> RetryAsync(HttpClient client, string urn, string id, string key) =>
        PostAsync(client, $"/api/v1/cases/{urn}/incidents/{id}/retry", $"{urn}-{key}", """{"reason":"Perhaps now."}""");

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string key, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, null, "application/json") };
        request.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(request, Stop);
    }

    private async Task<HttpStatusCode> StatusAsync(string? subject, string path)
    {
        using var client = host.Client(subject);
        using var answer = await client.GetAsync(path, Stop);
        return answer.StatusCode;
    }
}
