using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Workflows.Access;
using Assize.Workflows.Tasks;
using Xunit;

namespace Assize.Host.Tests.Pages;

public sealed class TaskPageTests(HostFixture host)
{
    private const string Page = "/task/{id}";

    [Fact]
    [TestsPage(Page, PageCase.NoRole)]
    public async Task Get_WithoutARole_IsRefused()
    {
        var task = await host.TaskAsync(host.Urn, Roles.ReviewingLawyer);
        using var client = host.Client(Cast.Roleless);

        using var answer = await client.GetAsync($"/task/{task.Id}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("You cannot do this", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    [TestsPage(Page, PageCase.WrongRole)]
    public async Task Claim_WithAnotherRole_IsRefused()
    {
        var task = await host.TaskAsync(host.Urn, Roles.ReviewingLawyer);
        using var client = host.Client(Cast.Paralegal);

        using var answer = await client.PostFormAsync($"/task/{task.Id}", "claim");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("for a role", (await answer.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent);
    }

    [Fact]
    public async Task Get_OfAnotherAgencysTask_LooksAbsent()
    {
        var task = await host.TaskAsync(host.Urn, Roles.ReviewingLawyer);
        using var client = host.Client(Cast.Stranger);

        using var answer = await client.GetAsync($"/task/{task.Id}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    [TestsPage(Page, PageCase.UnknownId)]
    public async Task Get_WithAnUnknownId_IsNotFound()
    {
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync("/task/no-such-task", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Page not found", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    [TestsPage(Page, PageCase.WrongState)]
    public async Task Claim_OfWhatSomebodyElseTook_IsRefused_AndNotOffered()
    {
        var task = await host.TaskAsync(await host.OpenCaseAsync(), Roles.CourtAdministrator);
        using var first = host.Client(Cast.CourtAdministrator);
        using var second = host.Client(Cast.OtherAdministrator);
        using var open = await second.GetAsync($"/task/{task.Id}", TestContext.Current.CancellationToken);
        using var claimed = await first.PostFormAsync($"/task/{task.Id}", "claim");

        using var late = await second.PostShownAsync(open, "claim");
        using var shown = await second.GetAsync($"/task/{task.Id}", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.Conflict), (claimed.StatusCode, late.StatusCode));
        Assert.Contains("Somebody else has taken this task", (await late.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Null((await shown.PageAsync()).QuerySelector("main form"));
    }

    [Fact]
    [TestsPage(Page, PageCase.HappyPath)]
    public async Task Release_OfATakenTask_OpensItAgain()
    {
        var urn = await host.OpenCaseAsync();
        var task = await host.TaskAsync(urn, Roles.ReviewingLawyer);
        using var client = host.Client(Cast.Lawyer);
        using var claimed = await client.PostFormAsync($"/task/{task.Id}", "claim");

        using var released = await client.PostFormAsync($"/task/{task.Id}", "release");

        Assert.Equal(HttpStatusCode.Found, released.StatusCode);
        Assert.Equal(TaskState.Open, (await host.TaskAsync(urn, Roles.ReviewingLawyer)).State);
    }
}
