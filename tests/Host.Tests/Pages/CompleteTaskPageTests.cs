using System.Net;
using Assize.Host.Tests.Coverage;
using Assize.Workflows.Access;
using Assize.Workflows.Tasks;
using Xunit;

namespace Assize.Host.Tests.Pages;

public sealed class CompleteTaskPageTests(HostFixture host)
{
    private const string Page = "/task/{id}/complete";

    [Theory]
    [InlineData(Cast.Roleless, HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [TestsPage(Page, PageCase.NoRole)]
    public async Task Get_WithoutARole_IsRefused(string? subject, HttpStatusCode expected) => Assert.Equal(expected, await StatusAsync(subject, await OwnAsync(host.Urn)));

    [Fact]
    [TestsPage(Page, PageCase.WrongRole)]
    public async Task Get_ByAnAgencyThatTakesNoPart_LooksAbsent() => Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Cast.Stranger, await OwnAsync(host.Urn)));

    [Fact]
    [TestsPage(Page, PageCase.UnknownId)]
    public async Task Get_WithAnUnknownId_IsNotFound() => Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Cast.Lawyer, "no-such-task"));

    [Fact]
    [TestsPage(Page, PageCase.WrongState)]
    public async Task Get_BeforeItIsTaken_LeadsBackToTheTask()
    {
        var id = await OwnAsync(host.Urn);
        using var client = host.Client(Cast.Lawyer);

        using var answer = await client.GetAsync($"/task/{id}/complete?outcome=Continue", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Found, $"/task/{id}"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task Get_WithAnOutcomeItDoesNotHave_LeadsBackToTheTask()
    {
        var id = await OwnAsync(await host.OpenCaseAsync());
        using var client = host.Client(Cast.Lawyer);
        using var claimed = await client.PostFormAsync($"/task/{id}", "claim");

        using var answer = await client.GetAsync($"/task/{id}/complete?outcome=Forget", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Found, $"/task/{id}"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task Post_WithQuestionsLeftOpen_NamesThem_AndLinksToTheirFields()
    {
        var id = await OwnAsync(await host.OpenCaseAsync());
        using var client = host.Client(Cast.Lawyer);
        using var claimed = await client.PostFormAsync($"/task/{id}", "claim");

        using var refused = await client.PostFormAsync($"/task/{id}/complete?outcome=Continue", "", ("test", "met"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await refused.PageAsync();
        var link = page.QuerySelector(".govuk-error-summary a")!;
        Assert.NotNull(page.GetElementById(link.GetAttribute("href")![1..]));
        Assert.NotNull(page.QuerySelector("input[name=test][value=met][checked]"));
    }

    [Fact]
    [TestsPage(Page, PageCase.HappyPath)]
    public async Task Post_ByItsRole_TakesTheCaseOn_Once()
    {
        var urn = await host.OpenCaseAsync();
        var id = await OwnAsync(urn);
        using var client = host.Client(Cast.Lawyer);
        using var claimed = await client.PostFormAsync($"/task/{id}", "claim");
        using var open = await client.GetAsync($"/task/{id}/complete?outcome=Continue", TestContext.Current.CancellationToken);

        using var completed = await client.PostShownAsync(open, "", [.. Answers]);
        using var again = await client.PostShownAsync(open, "", [.. Answers]);
        using var later = await client.GetAsync($"/task/{id}/complete?outcome=Continue", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Found, "/tasks"), (completed.StatusCode, completed.Headers.Location!.OriginalString));
        Assert.Equal(HttpStatusCode.Found, again.StatusCode);
        Assert.Equal($"/task/{id}", later.Headers.Location!.OriginalString);
        Assert.Equal(TaskState.Completed, (await host.TaskAsync(urn, Roles.ReviewingLawyer)).State);
    }

    /// <summary>What a lawyer answers who goes on with a case.</summary>
    internal static IReadOnlyList<(string Name, string Value)> Answers { get; } = [("test", "met"), ("anticipatedPlea", "GUILTY")];

    private async Task<string> OwnAsync(string urn) => (await host.TaskAsync(urn, Roles.ReviewingLawyer)).Id;

    private async Task<HttpStatusCode> StatusAsync(string? subject, string id)
    {
        using var client = host.Client(subject);
        using var answer = await client.GetAsync($"/task/{id}/complete?outcome=Continue", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
