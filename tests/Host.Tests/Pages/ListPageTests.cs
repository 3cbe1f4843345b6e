using System.Net;
using Assize.Host.Tests.Coverage;
using Xunit;

namespace Assize.Host.Tests.Pages;

[SparesPage("/cases", PageCase.UnknownId, "no id in the address")]
[SparesPage("/hearings", PageCase.UnknownId, "no id in the address")]
[SparesPage("/submissions", PageCase.UnknownId, "no id in the address")]
public sealed class ListPageTests(HostFixture host)
{
    public static TheoryData<string, string, string> Lists => new()
    {
        { "/tasks", Cast.Lawyer, Cast.PoliceSystem },
        { "/tasks/available", Cast.Lawyer, Cast.Roleless },
        { "/tasks/team", Cast.Lawyer, Cast.PoliceSystem },
        { "/cases", Cast.Lawyer, Cast.AgencyAdmin },
        { "/hearings", Cast.Lawyer, Cast.AgencyAdmin },
        { "/submissions", Cast.CaseBuilder, Cast.Lawyer },
        { "/designer", Cast.Lawyer, Cast.PoliceSystem },
        { "/designer/versions/intake", Cast.Lawyer, Cast.PoliceSystem },
        { "/designer/publications", Cast.ProcessOwner, Cast.Lawyer },
    };

    [Theory]
    [MemberData(nameof(Lists))]
    [TestsPage("/tasks/{view?}", PageCase.NoRole, PageCase.WrongRole, PageCase.HappyPath)]
    [TestsPage("/cases", PageCase.NoRole, PageCase.WrongRole, PageCase.HappyPath)]
    [TestsPage("/hearings", PageCase.NoRole, PageCase.WrongRole, PageCase.HappyPath)]
    [TestsPage("/submissions", PageCase.NoRole, PageCase.WrongRole, PageCase.HappyPath)]
    [TestsPage("/designer", PageCase.NoRole, PageCase.WrongRole, PageCase.HappyPath)]
    [TestsPage("/designer/versions/{definitionId}", PageCase.NoRole, PageCase.WrongRole, PageCase.HappyPath)]
    [TestsPage("/designer/publications", PageCase.NoRole, PageCase.WrongRole, PageCase.HappyPath)]
    public async Task Get_ByItsRole_IsShown_AndByAnother_IsRefused(string path, string allowed, string refused)
    {
        using var one = host.Client(allowed);
        using var other = host.Client(refused);
        using var nobody = host.Client(null);

        using var shown = await one.GetAsync(path, TestContext.Current.CancellationToken);
        using var denied = await other.GetAsync(path, TestContext.Current.CancellationToken);
        using var challenged = await nobody.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, challenged.StatusCode);
    }

    [Theory]
    [InlineData("/tasks")]
    [InlineData("/cases")]
    [InlineData("/hearings")]
    [InlineData("/submissions")]
    [TestsPage("/tasks/{view?}", PageCase.NoRole)]
    [TestsPage("/cases", PageCase.NoRole)]
    [TestsPage("/hearings", PageCase.NoRole)]
    [TestsPage("/submissions", PageCase.NoRole)]
    public async Task Get_BySomebodyWithoutARole_IsRefused(string path)
    {
        using var client = host.Client(Cast.Roleless);

        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("/tasks", Cast.Lawyer)]
    [InlineData("/cases", Cast.Lawyer)]
    [InlineData("/hearings", Cast.Lawyer)]
    [InlineData("/submissions", Cast.CaseBuilder)]
    [TestsPage("/tasks/{view?}", PageCase.WrongState)]
    [TestsPage("/cases", PageCase.WrongState)]
    [TestsPage("/hearings", PageCase.WrongState)]
    [TestsPage("/submissions", PageCase.WrongState)]
    public async Task Get_WithAPlaceThatNoListGave_SaysThatItCannotBeRead(string path, string subject)
    {
        using var client = host.Client(subject);

        using var answer = await client.GetAsync($"{path}?cursor=nonsense", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("We could not read that", (await answer.PageAsync()).QuerySelector("h1")!.TextContent);
    }

    [Theory]
    [InlineData("/tasks/everything")]
    [InlineData("/designer/workflows/no-such-workflow")]
    [InlineData("/designer/versions/no-such-workflow")]
    [TestsPage("/tasks/{view?}", PageCase.UnknownId)]
    [TestsPage("/designer/workflows/{definitionId}", PageCase.UnknownId)]
    [TestsPage("/designer/versions/{definitionId}", PageCase.UnknownId)]
    public async Task Get_OfWhatIsNotThere_SaysSo(string path)
    {
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("Page not found", (await answer.PageAsync()).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task Get_ByAStranger_ListsNothing()
    {
        using var client = host.Client(Cast.Newcomer);

        foreach (var path in (string[])["/tasks/team", "/cases", "/hearings"])
        {
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Null((await answer.PageAsync()).QuerySelector("main table"));
        }
    }
}
