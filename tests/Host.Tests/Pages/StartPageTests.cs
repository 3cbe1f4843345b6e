using System.Net;
using Assize.Host.Tests.Coverage;
using Xunit;

namespace Assize.Host.Tests.Pages;

[SparesPage("/", PageCase.NoRole, "open to everybody")]
[SparesPage("/", PageCase.WrongRole, "open to everybody")]
[SparesPage("/", PageCase.UnknownId, "no id in the address")]
[SparesPage("/problem/{status:int}", PageCase.NoRole, "open to everybody")]
[SparesPage("/problem/{status:int}", PageCase.WrongRole, "open to everybody")]
[SparesPage("/problem/{status:int}", PageCase.HappyPath, "it always answers with the status that it explains")]
public sealed class StartPageTests(HostFixture host)
{
    [Fact]
    [TestsPage("/", PageCase.HappyPath)]
    public async Task Get_BySomebodyUnknown_SaysWhatTheServiceIs()
    {
        using var client = host.Client(null);

        using var answer = await client.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.NotNull((await answer.PageAsync()).QuerySelector("main a.govuk-button--start[href='/tasks']"));
    }

    [Theory]
    [InlineData(Cast.Lawyer, "/tasks", "/tasks /cases /hearings /designer /access")]
    [InlineData(Cast.CaseBuilder, "/tasks", "/tasks /cases /hearings /submissions /designer /access")]
    [InlineData(Cast.AgencyAdmin, "/access", "/access /operations")]
    [TestsPage("/", PageCase.WrongState)]
    public async Task Get_BySomebodySignedIn_LeadsToTheFirstOfTheirPages_AndTheMenuOffersNoOthers(string subject, string first, string menu)
    {
        using var client = host.Client(subject);

        using var answer = await client.GetAsync("/", TestContext.Current.CancellationToken);
        using var led = await client.GetAsync(answer.Headers.Location, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Found, first), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        Assert.Equal(menu.Split(' '), (await led.PageAsync()).QuerySelectorAll("#navigation a").Select(link => link.GetAttribute("href")!));
    }

    [Theory]
    [InlineData(400, "We could not read that")]
    [InlineData(403, "You cannot do this")]
    [InlineData(404, "Page not found")]
    [InlineData(405, "This address cannot be used like that")]
    [InlineData(413, "That was too large")]
    [TestsPage("/problem/{status:int}", PageCase.WrongState)]
    public async Task Problem_SaysWhatHappened_AndWhatToDo(int status, string heading)
    {
        using var client = host.Client(null);

        using var answer = await client.GetAsync($"/problem/{status}", TestContext.Current.CancellationToken);

        var main = (await answer.PageAsync()).QuerySelector("main")!;
        Assert.Equal((status, heading), ((int)answer.StatusCode, main.QuerySelector("h1")!.TextContent));
        Assert.NotEmpty(main.QuerySelectorAll("p.govuk-body"));
    }

    [Theory]
    [InlineData("/problem/200")]
    [InlineData("/problem/999")]
    [TestsPage("/problem/{status:int}", PageCase.UnknownId)]
    public async Task Problem_OfNoSuchKind_IsNotFound(string path)
    {
        using var client = host.Client(null);

        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.NotNull((await answer.PageAsync()).QuerySelector("h1"));
    }

    [Fact]
    public async Task Get_OfAnAddressThatDoesNotExist_IsNotFound()
    {
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync("/nowhere", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotFound, "Page not found"), (answer.StatusCode, (await answer.PageAsync()).QuerySelector("h1")!.TextContent));
    }

    [Fact]
    public async Task Problem_OfTheServersOwnMaking_SaysSorry_AndWhatWasKept()
    {
        using var client = host.Client(null);

        using var answer = await client.GetAsync("/problem/500", TestContext.Current.CancellationToken);

        Assert.Contains("Sorry, something went wrong", (await answer.PageAsync()).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }
}
