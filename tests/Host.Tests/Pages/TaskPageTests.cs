using System.Net;
using Assize.Workflows.Access;
using Assize.Workflows.Tasks;
using Xunit;

namespace Assize.Host.Tests.Pages;

public sealed class TaskPageTests(HostFixture host)
{
    [Fact]
    public async Task Get_WithoutARole_IsRefused()
    {
        var task = await host.TaskAsync(host.Urn, Roles.ReviewingLawyer);
        using var client = host.Client(Cast.Roleless);

        using var answer = await client.GetAsync($"/task/{task.Id}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("You cannot do this", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
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
    public async Task Get_WithAnUnknownId_IsNotFound()
    {
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync("/task/no-such-task", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Page not found", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Complete_BeforeItIsTaken_LeadsBackToTheTask()
    {
        var task = await host.TaskAsync(host.Urn, Roles.ReviewingLawyer);
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync($"/task/{task.Id}/complete?outcome=Continue", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal($"/task/{task.Id}", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task ClaimAndComplete_ByItsRole_TakesTheCaseOn_AndCanBeTakenBack()
    {
        var urn = await host.OpenCaseAsync();
        var task = await host.TaskAsync(urn, Roles.CourtAdministrator);
        using var client = host.Client(Cast.CourtAdministrator);

        using var claimed = await client.PostFormAsync($"/task/{task.Id}", "claim");
        Assert.Equal(HttpStatusCode.Found, claimed.StatusCode);
        using var refused = await client.PostFormAsync($"/task/{task.Id}/complete?outcome=Ready", "");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var summary = (await refused.PageAsync()).QuerySelector(".govuk-error-summary a")!;
        Assert.NotNull((await refused.PageAsync()).GetElementById(summary.GetAttribute("href")![1..]));
    }

    [Fact]
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
