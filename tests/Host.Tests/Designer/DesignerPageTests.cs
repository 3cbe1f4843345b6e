using System.Net;
using Assize.Host.Tests.Coverage;
using Xunit;

namespace Assize.Host.Tests.Designer;

[SparesPage("/designer", PageCase.UnknownId, "no id in the address")]
[SparesPage("/designer/publications", PageCase.UnknownId, "no id in the address")]
[SparesPage("/designer/publications", PageCase.WrongState, "a list is shown whatever it holds")]
[SparesPage(Workflow, PageCase.WrongState, "a workflow opens in whatever state it is")]
public sealed class DesignerPageTests(HostFixture host)
{
    private const string Workflow = "/designer/workflows/{definitionId}";

    [Fact]
    [TestsPage("/designer", PageCase.WrongState)]
    public async Task Begin_UnderANameThatAnotherHas_IsRefused_AndTheNameIsKept()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var name = $"Taken {Guid.NewGuid():n}";
        using var begun = await owner.PostFormAsync("/designer", "", ("name", name));

        using var again = await owner.PostFormAsync("/designer", "", ("name", name));

        Assert.Equal((HttpStatusCode.Found, HttpStatusCode.UnprocessableEntity), (begun.StatusCode, again.StatusCode));
        var page = await again.PageAsync();
        Assert.Contains("Another workflow has this name", page.QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(name, page.QuerySelector("#name")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData(Cast.Roleless, HttpStatusCode.Forbidden)]
    [TestsPage(Workflow, PageCase.NoRole)]
    public async Task Workflow_WithoutARole_IsRefused(string? subject, HttpStatusCode expected) => Assert.Equal(expected, await StatusAsync(subject, "/designer/workflows/intake"));

    [Fact]
    [TestsPage(Workflow, PageCase.WrongRole, PageCase.HappyPath)]
    public async Task Workflow_NotPublishedYet_OpensToProcessOwners_AndIsNotThereForReaders()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var begun = await owner.PostFormAsync("/designer", "", ("name", $"Opened {Guid.NewGuid():n}"));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Cast.ProcessOwner, begun.Headers.Location!.OriginalString));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Cast.Lawyer, begun.Headers.Location!.OriginalString));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Cast.Lawyer, "/designer/workflows/intake"));
    }

    private async Task<HttpStatusCode> StatusAsync(string? subject, string path)
    {
        using var client = host.Client(subject);
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
