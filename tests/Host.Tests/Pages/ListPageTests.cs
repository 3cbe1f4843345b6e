using System.Net;
using Xunit;

namespace Assize.Host.Tests.Pages;

public sealed class ListPageTests(HostFixture host)
{
    public static TheoryData<string, string, string> Lists => new()
    {
        { "/tasks", Cast.Lawyer, Cast.Roleless },
        { "/tasks/available", Cast.Lawyer, Cast.Roleless },
        { "/tasks/team", Cast.Lawyer, Cast.PoliceSystem },
        { "/cases", Cast.Lawyer, Cast.Roleless },
        { "/hearings", Cast.Lawyer, Cast.Roleless },
        { "/submissions", Cast.CaseBuilder, Cast.Lawyer },
        { "/designer", Cast.Lawyer, Cast.PoliceSystem },
        { "/designer/versions/intake", Cast.Lawyer, Cast.PoliceSystem },
        { "/designer/publications", Cast.ProcessOwner, Cast.Lawyer },
    };

    [Theory]
    [MemberData(nameof(Lists))]
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
    [InlineData("/tasks?cursor=nonsense", HttpStatusCode.BadRequest)]
    [InlineData("/cases?cursor=nonsense", HttpStatusCode.BadRequest)]
    [InlineData("/hearings?cursor=nonsense", HttpStatusCode.BadRequest)]
    [InlineData("/tasks/everything", HttpStatusCode.NotFound)]
    [InlineData("/designer/workflows/no-such-workflow", HttpStatusCode.NotFound)]
    [InlineData("/designer/versions/no-such-workflow", HttpStatusCode.NotFound)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    public async Task Get_OfWhatIsNotThere_SaysSo(string path, HttpStatusCode expected)
    {
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
        Assert.NotNull((await answer.PageAsync()).QuerySelector("h1"));
    }

    [Fact]
    public async Task Get_ByAStranger_ListsNothing()
    {
        using var client = host.Client(Cast.Stranger);

        foreach (var path in (string[])["/tasks/team", "/cases", "/hearings"])
        {
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Null((await answer.PageAsync()).QuerySelector("main table"));
        }
    }
}
