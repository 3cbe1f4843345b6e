using System.Net;
using Assize.Host.Tests.Coverage;
using Xunit;

namespace Assize.Host.Tests.Pages;

public sealed class CloseInErrorPageTests(HostFixture host)
{
    private const string Page = "/cases/{urn}/close-in-error";

    [Theory]
    [InlineData(Cast.Roleless)]
    [InlineData(null)]
    [TestsPage(Page, PageCase.NoRole)]
    public async Task Get_WithoutARole_IsRefused(string? subject) =>
        Assert.Contains(await StatusAsync(subject, host.Urn), (HttpStatusCode[])[HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized]);

    [Theory]
    [InlineData(Cast.Paralegal, HttpStatusCode.Forbidden)]
    [InlineData(Cast.Stranger, HttpStatusCode.NotFound)]
    [TestsPage(Page, PageCase.WrongRole)]
    public async Task Get_ByAnotherRole_IsRefused(string subject, HttpStatusCode expected) => Assert.Equal(expected, await StatusAsync(subject, host.Urn));

    [Fact]
    [TestsPage(Page, PageCase.UnknownId)]
    public async Task Get_WithAnUnknownReference_IsNotFound() => Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Cast.CaseBuilder, "05ZD0000000"));

    [Fact]
    [TestsPage(Page, PageCase.WrongState, PageCase.HappyPath)]
    public async Task Post_WithoutAReason_IsRefused_AndWithOne_ClosesOnce()
    {
        var path = $"/cases/{await host.OpenCaseAsync()}/close-in-error";
        using var client = host.Client(Cast.CaseBuilder);

        using var refused = await client.PostFormAsync(path, "");
        using var closed = await client.PostFormAsync(path, "", ("reason", "Charged the wrong person."));
        using var again = await client.PostFormAsync(path, "", ("reason", "Charged the wrong person."));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Found, HttpStatusCode.Conflict), (refused.StatusCode, closed.StatusCode, again.StatusCode));
        Assert.Contains("ended already", (await again.PageAsync()).QuerySelector(".govuk-error-summary")!.TextContent, StringComparison.Ordinal);
    }

    private async Task<HttpStatusCode> StatusAsync(string? subject, string urn)
    {
        using var client = host.Client(subject);
        using var answer = await client.GetAsync($"/cases/{urn}/close-in-error", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
