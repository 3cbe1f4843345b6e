using System.Net;
using AngleSharp.Dom;
using Xunit;

namespace Assize.Host.Tests.Pages.Administration;

/// <summary>What tests of these pages read again and again.</summary>
internal static class AdministrationTalk
{
    public static async Task<IElement> MainAsync(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.PageAsync()).QuerySelector("main")!;
    }

    public static async Task<IReadOnlyList<IElement>> RowsAsync(this HttpClient client, string path) => [.. (await client.MainAsync(path)).QuerySelectorAll("tbody tr")];

    /// <summary>Follows where a write led, and gives what its banner says.</summary>
    public static async Task<string> BannerAsync(this HttpClient client, HttpResponseMessage written)
    {
        Assert.True(written.StatusCode == HttpStatusCode.Found, $"{(int)written.StatusCode} {(await written.PageAsync()).QuerySelector("main")?.TextContent}");
        return (await client.MainAsync(written.Headers.Location!.OriginalString)).QuerySelector(".govuk-notification-banner--success")!.TextContent;
    }

    /// <summary>The page of a refused write: its status, and what its summary says with where the first link leads.</summary>
    public static async Task<(HttpStatusCode Status, string Summary, string? Link, IElement Main)> RefusedAsync(this HttpResponseMessage answer)
    {
        var main = (await answer.PageAsync()).QuerySelector("main")!;
        var summary = main.QuerySelector(".govuk-error-summary");
        Assert.NotNull(summary);
        return (answer.StatusCode, summary.TextContent, summary.QuerySelector("a")?.GetAttribute("href"), main);
    }

    /// <summary>Posts what the page shows again in hidden fields, as its second step.</summary>
    public static async Task<HttpResponseMessage> PostNextAsync(this HttpClient client, HttpResponseMessage shown, params IReadOnlyList<(string Name, string Value)> values)
    {
        var form = (await shown.PageAsync()).QuerySelectorAll("main form").First(form => form.GetAttribute("method") == "post");
        var fields = form.QuerySelectorAll("input[type=hidden]").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? "")).ToList();
        fields.AddRange(values.Select(value => KeyValuePair.Create(value.Name, value.Value)));
        using FormUrlEncodedContent content = new(fields);
        return await client.PostAsync(form.GetAttribute("action"), content, TestContext.Current.CancellationToken);
    }
}
