using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace Assize.Host.Tests;

/// <summary>Reads pages and posts their forms as a browser without script does.</summary>
internal static class PageTalk
{
    public static async Task<IHtmlDocument> PageAsync(this HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    /// <summary>Opens a page, fills its form whose action contains the text, and posts it.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(
        this HttpClient client, string path, string action, params IReadOnlyList<(string Name, string Value)> values)
    {
        using var shown = await client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.True(shown.IsSuccessStatusCode, $"Expected {path} to be shown, but it answered {(int)shown.StatusCode}.");
        return await client.PostShownAsync(shown, action, values);
    }

    /// <summary>Fills and posts a form of a page that was opened before, as somebody does who let it stand.</summary>
    public static async Task<HttpResponseMessage> PostShownAsync(
        this HttpClient client, HttpResponseMessage shown, string action, params IReadOnlyList<(string Name, string Value)> values)
    {
        var page = await shown.PageAsync();
        var form = page.QuerySelectorAll("main form").OfType<IHtmlFormElement>().First(form => (form.GetAttribute("action") ?? "").Contains(action, StringComparison.Ordinal));
        var fields = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().Select(input => KeyValuePair.Create(input.Name!, input.Value)).ToList();
        fields.AddRange(values.Select(value => KeyValuePair.Create(value.Name, value.Value)));
        using var request = new HttpRequestMessage(HttpMethod.Post, form.GetAttribute("action") ?? shown.RequestMessage!.RequestUri!.PathAndQuery) { Content = new FormUrlEncodedContent(fields) };
        if (shown.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0])));
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
