using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Assize.Host.Tests.Pages;

public sealed class SubmissionPageTests(HostFixture host)
{
    [Fact]
    public async Task Get_ByAnotherRole_IsRefused()
    {
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync($"/submissions/{await FaultyAsync()}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Get_WithAnUnknownId_IsNotFound()
    {
        using var client = host.Client(Cast.CaseBuilder);

        using var answer = await client.GetAsync("/submissions/no-such-submission", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Post_WithNothingChanged_IsRefused()
    {
        using var client = host.Client(Cast.CaseBuilder);

        using var answer = await client.PostFormAsync($"/submissions/{await FaultyAsync()}", "", ("/defendants/0/offences/0/offenceDetails/cjsOffenceCode", "XX99999"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.NotNull((await answer.PageAsync()).QuerySelector(".govuk-error-summary"));
    }

    [Fact]
    public async Task Post_WithTheRightCode_MakesTheCase()
    {
        var id = await FaultyAsync();
        using var client = host.Client(Cast.CaseBuilder);

        using var answer = await client.PostFormAsync($"/submissions/{id}", "", ("/defendants/0/offences/0/offenceDetails/cjsOffenceCode", "TH68010"));

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        using var shown = await client.GetAsync($"/submissions/{id}", TestContext.Current.CancellationToken);
        Assert.Contains("Accepted", (await shown.PageAsync()).QuerySelector(".govuk-summary-list")!.TextContent);
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
