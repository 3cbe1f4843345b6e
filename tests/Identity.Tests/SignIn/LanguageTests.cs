using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace Assize.Identity.Tests.SignIn;

/// <summary>The pages of sign-in in Welsh: as the browser asks, as the person chose, and as the application speaks to them.</summary>
public sealed class LanguageTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly RunningServer _server = shared.Server;

    [Theory]
    [InlineData("cy", "cy", "Dewiswch fel pwy i fewngofnodi")]
    [InlineData("en", "en", "Choose who to sign in as")]
    [InlineData("xx;;", "en", "Choose who to sign in as")]
    public async Task Page_SpeaksAsTheBrowserAsks(string asked, string language, string said)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/signin?returnUrl=%2Fsessions");
        request.Headers.TryAddWithoutValidation("Accept-Language", asked);

        using HttpResponseMessage answer = await _server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        IHtmlDocument page = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((language, null), (page.DocumentElement.GetAttribute("lang"), page.QuerySelector("main")!.GetAttribute("lang")));
        Assert.Equal(said, page.QuerySelector("h1")!.TextContent);
        Assert.Equal("/signin?returnUrl=%2Fsessions&language=" + (language == "cy" ? "en" : "cy"), page.QuerySelector("a[hreflang]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Choice_OfWelsh_IsKept_AndTheWayBackStays()
    {
        using Browser browser = new(_server);

        using HttpResponseMessage chosen = await browser.GetAsync("/signin?returnUrl=%2Fsessions&language=cy");
        string page = await browser.TextAsync(chosen.Headers.Location!.OriginalString);

        Assert.Equal((HttpStatusCode.Found, "/signin?returnUrl=%2Fsessions"), (chosen.StatusCode, chosen.Headers.Location.OriginalString));
        Assert.Contains("lang=\"cy\" class", page, StringComparison.Ordinal);
        Assert.Contains("name=\"returnUrl\" value=\"/sessions\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Application_ThatSpeaksWelsh_IsFollowedByWelshPages()
    {
        using Browser browser = new(_server);

        using HttpResponseMessage asked = await browser.GetAsync(Browser.AuthorizeUrl(("ui_locales", "cy en")));

        Assert.EndsWith("&language=cy", asked.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }
}
