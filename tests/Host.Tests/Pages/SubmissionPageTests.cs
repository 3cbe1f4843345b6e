using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Assize.Host.Tests.Coverage;
using Xunit;

namespace Assize.Host.Tests.Pages;

public sealed class SubmissionPageTests(HostFixture host)
{
    private const string Page = "/submissions/{id}";
    private const string Code = "/defendants/0/offences/0/offenceDetails/cjsOffenceCode";

    [Theory]
    [InlineData(Cast.Roleless, HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [TestsPage(Page, PageCase.NoRole)]
    public async Task Get_WithoutARole_IsRefused(string? subject, HttpStatusCode expected)
    {
        using var client = host.Client(subject);

        using var answer = await client.GetAsync($"/submissions/{await FaultyAsync()}", TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    [TestsPage(Page, PageCase.WrongRole)]
    public async Task Get_ByAnotherRole_IsRefused()
    {
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync($"/submissions/{await FaultyAsync()}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    [TestsPage(Page, PageCase.UnknownId)]
    public async Task Get_WithAnUnknownId_IsNotFound()
    {
        using var client = host.Client(Cast.CaseBuilder);

        using var answer = await client.GetAsync("/submissions/no-such-submission", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    [TestsPage(Page, PageCase.WrongState)]
    public async Task Post_WithNothingChanged_IsRefused()
    {
        using var client = host.Client(Cast.CaseBuilder);

        using var answer = await client.PostFormAsync($"/submissions/{await FaultyAsync()}", "", (Code, "XX99999"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.NotNull((await answer.PageAsync()).QuerySelector(".govuk-error-summary"));
    }

    [Fact]
    [TestsPage(Page, PageCase.HappyPath)]
    public async Task Post_WithTheRightCode_MakesTheCase()
    {
        var id = await FaultyAsync();
        using var client = host.Client(Cast.CaseBuilder);

        using var answer = await client.PostFormAsync($"/submissions/{id}", "", (Code, "TH68010"));

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        using var shown = await client.GetAsync($"/submissions/{id}", TestContext.Current.CancellationToken);
        var page = await shown.PageAsync();
        Assert.Contains("Accepted", page.QuerySelector(".govuk-summary-list")!.TextContent);
        Assert.Null(page.QuerySelector("main form"));
    }

    private async Task<string> FaultyAsync()
    {
        var (answer, _) = await host.SendAsync("XX99999");
        using (answer)
        {
            return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>())!["id"]!;
        }
    }
}
