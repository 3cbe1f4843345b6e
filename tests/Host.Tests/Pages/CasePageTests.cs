using System.Net;
using Xunit;

namespace Assize.Host.Tests.Pages;

public sealed class CasePageTests(HostFixture host)
{
    public static TheoryData<string> Parts => ["", "/process", "/history"];

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Get_WithoutARole_IsRefused(string part)
    {
        using var client = host.Client(Cast.Roleless);

        using var answer = await client.GetAsync($"/cases/{host.Urn}{part}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Get_ByAnAgencyThatTakesNoPart_LooksAbsent(string part)
    {
        using var client = host.Client(Cast.Stranger);

        using var answer = await client.GetAsync($"/cases/{host.Urn}{part}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Get_WithAnUnknownReference_IsNotFound(string part)
    {
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync($"/cases/05ZD0000000{part}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Get_ByAParticipant_ShowsTheRecord()
    {
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync($"/cases/{host.Urn}", TestContext.Current.CancellationToken);

        var page = await answer.PageAsync();
        Assert.Equal("Robin Tarn", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Theft", page.QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task Get_OfTheProcess_DrawsWhereItStands_AndSaysTheSameInWords()
    {
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync($"/cases/{host.Urn}/process", TestContext.Current.CancellationToken);

        var page = await answer.PageAsync();
        Assert.NotEmpty(page.QuerySelectorAll("svg[role=img] g.step.here"));
        Assert.NotEmpty(page.QuerySelectorAll("svg[role=img] g.step.done"));
        Assert.Contains("Reviewing lawyer", page.QuerySelector("main dl")!.TextContent);
    }

    [Fact]
    public async Task Get_OfTheHistory_TellsHowItBegan()
    {
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync($"/cases/{host.Urn}/history", TestContext.Current.CancellationToken);

        Assert.Contains("began, version 2", (await answer.PageAsync()).QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task CloseInError_WithoutAReason_IsRefused_AndWithOne_ClosesOnce()
    {
        var urn = await host.OpenCaseAsync();
        using var client = host.Client(Cast.CaseBuilder);

        using var refused = await client.PostFormAsync($"/cases/{urn}/close-in-error", "");
        using var closed = await client.PostFormAsync($"/cases/{urn}/close-in-error", "", ("reason", "Charged the wrong person."));
        using var again = await client.PostFormAsync($"/cases/{urn}/close-in-error", "", ("reason", "Charged the wrong person."));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Found, closed.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task CloseInError_ByAnotherRole_IsRefused()
    {
        using var client = host.Client(Cast.Paralegal);

        using var answer = await client.GetAsync($"/cases/{host.Urn}/close-in-error", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
