using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Workflows.Access;
using Assize.Workflows.Tasks;
using Xunit;

namespace Assize.Host.Tests.Pages;

public sealed class TakeBackPageTests(HostFixture host)
{
    private const string Page = "/task/{id}/take-back";

    [Theory]
    [InlineData(Cast.Roleless, HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [TestsPage(Page, PageCase.NoRole)]
    public async Task Get_WithoutARole_IsRefused(string? subject, HttpStatusCode expected) => Assert.Equal(expected, await StatusAsync(subject, await OwnAsync(host.Urn)));

    [Fact]
    [TestsPage(Page, PageCase.UnknownId)]
    public async Task Get_WithAnUnknownId_IsNotFound() => Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Cast.Lawyer, "no-such-task"));

    [Fact]
    [TestsPage(Page, PageCase.WrongState)]
    public async Task Get_OfATaskThatNobodyCompleted_LeadsBackToIt() => Assert.Equal(HttpStatusCode.Found, await StatusAsync(Cast.Lawyer, await OwnAsync(host.Urn)));

    [Fact]
    [TestsPage(Page, PageCase.WrongRole)]
    public async Task Post_ByAnotherRole_IsRefused()
    {
        var id = await CompletedAsync(await host.OpenCaseAsync());
        using var client = host.Client(Cast.Paralegal);

        using var answer = await client.PostFormAsync($"/task/{id}/take-back", "", ("reason", "I would have gone on differently."));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("for a role", (await answer.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage(Page, PageCase.HappyPath, PageCase.WrongState)]
    public async Task Post_WithAReason_OpensTheTaskAgain_Once()
    {
        var urn = await host.OpenCaseAsync();
        var id = await CompletedAsync(urn);
        using var client = host.Client(Cast.Lawyer);
        using var shown = await client.GetAsync($"/task/{id}/take-back", TestContext.Current.CancellationToken);

        using var unreasoned = await client.PostShownAsync(shown, "");
        using var taken = await client.PostFormAsync($"/task/{id}/take-back", "", ("reason", "The wrong outcome was chosen."));
        using var again = await client.PostShownAsync(shown, "", ("reason", "The wrong outcome was chosen."));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Found, HttpStatusCode.Conflict), (unreasoned.StatusCode, taken.StatusCode, again.StatusCode));
        Assert.Equal(TaskState.Open, (await host.TaskAsync(urn, Roles.ReviewingLawyer)).State);
    }

    private async Task<string> OwnAsync(string urn) => (await host.TaskAsync(urn, Roles.ReviewingLawyer)).Id;

    private async Task<string> CompletedAsync(string urn)
    {
        var id = await OwnAsync(urn);
        using var client = host.Client(Cast.Lawyer);
        using var claimed = await client.PostFormAsync($"/task/{id}", "claim");
        using var completed = await client.PostFormAsync($"/task/{id}/complete?outcome=Continue", "", [.. CompleteTaskPageTests.Answers]);
        Assert.Equal(HttpStatusCode.Found, completed.StatusCode);
        return id;
    }

    private async Task<HttpStatusCode> StatusAsync(string? subject, string id)
    {
        using var client = host.Client(subject);
        using var answer = await client.GetAsync($"/task/{id}/take-back", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
