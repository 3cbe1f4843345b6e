using System.Net;
using Assize.Host.Tests.Coverage;
using Xunit;

namespace Assize.Host.Tests.Pages;

public sealed class CasePageTests(HostFixture host)
{
    public static TheoryData<string> Parts => ["", "/process", "/history"];

    [Theory]
    [MemberData(nameof(Parts))]
    [TestsPage("/cases/{urn}", PageCase.NoRole)]
    [TestsPage("/cases/{urn}/process", PageCase.NoRole)]
    [TestsPage("/cases/{urn}/history", PageCase.NoRole)]
    public async Task Get_WithoutARole_IsRefused(string part)
    {
        using var client = host.Client(Cast.Roleless);

        using var answer = await client.GetAsync($"/cases/{host.Urn}{part}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Parts))]
    [TestsPage("/cases/{urn}", PageCase.WrongRole)]
    [TestsPage("/cases/{urn}/process", PageCase.WrongRole)]
    [TestsPage("/cases/{urn}/history", PageCase.WrongRole)]
    public async Task Get_ByAnAgencyThatTakesNoPart_LooksAbsent(string part)
    {
        using var client = host.Client(Cast.Stranger);

        using var answer = await client.GetAsync($"/cases/{host.Urn}{part}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Parts))]
    [TestsPage("/cases/{urn}", PageCase.UnknownId)]
    [TestsPage("/cases/{urn}/process", PageCase.UnknownId)]
    [TestsPage("/cases/{urn}/history", PageCase.UnknownId)]
    public async Task Get_WithAnUnknownReference_IsNotFound(string part)
    {
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync($"/cases/05ZD0000000{part}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    [TestsPage("/cases/{urn}", PageCase.HappyPath)]
    public async Task Get_ByAParticipant_ShowsTheRecord()
    {
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync($"/cases/{host.Urn}", TestContext.Current.CancellationToken);

        var page = await answer.PageAsync();
        Assert.Equal("Robin Tarn", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("Theft", page.QuerySelector("main")!.TextContent);
    }

    [Fact]
    [TestsPage("/cases/{urn}/process", PageCase.HappyPath)]
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
    [TestsPage("/cases/{urn}/history", PageCase.HappyPath)]
    public async Task Get_OfTheHistory_TellsHowItBegan()
    {
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync($"/cases/{host.Urn}/history", TestContext.Current.CancellationToken);

        Assert.Contains("began, version 3", (await answer.PageAsync()).QuerySelector("main")!.TextContent);
    }

    [Fact]
    [TestsPage("/cases/{urn}/history", PageCase.WrongState)]
    public async Task Get_OfTheHistory_WithAPlaceThatNoPageGave_CannotBeRead()
    {
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync($"/cases/{host.Urn}/history?cursor=nonsense", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    [TestsPage("/cases/{urn}", PageCase.WrongState)]
    [TestsPage("/cases/{urn}/process", PageCase.WrongState)]
    public async Task Get_OfAClosedCase_ShowsIt_AndOffersNothingToDo()
    {
        var urn = await host.OpenCaseAsync();
        using var client = host.Client(Cast.CaseBuilder);
        using var closed = await client.PostFormAsync($"/cases/{urn}/close-in-error", "", ("reason", "Charged the wrong person."));

        using var record = await client.GetAsync($"/cases/{urn}", TestContext.Current.CancellationToken);
        using var process = await client.GetAsync($"/cases/{urn}/process", TestContext.Current.CancellationToken);

        var main = (await record.PageAsync()).QuerySelector("main")!;
        Assert.Contains("Closed", main.TextContent, StringComparison.Ordinal);
        Assert.Null(main.QuerySelector($"a[href='/cases/{urn}/close-in-error']"));
        Assert.Empty((await process.PageAsync()).QuerySelectorAll("svg[role=img] g.step.here"));
    }
}
