using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Html.Dom;
using Xunit;

namespace Assize.Host.Tests.Designer.Rules;

/// <summary>Drafts, publishes and opens forms, tables, calendars and code lists as people do on pages.</summary>
internal static class RuleTalk
{
    /// <summary>A table that is faultless but for what a test replaces.</summary>
    public const string Table = """
        {
          "title": { "en": "Length of notice" }, "legalReference": "Invented Act 2020, s. 1", "effectiveFrom": null, "hitPolicy": "first",
          "inputs": [{ "id": "age", "type": "number", "label": { "en": "Age" } }], "outcomes": ["Short", "Long"],
          "rules": [
            { "id": "young", "when": { "age": { "below": 18 } }, "outcome": "Long", "legalReference": "Invented Act 2020, s. 1(1)" },
            { "id": "others", "when": {}, "outcome": "Short", "legalReference": "Invented Act 2020, s. 1(2)" }
          ]
        }
        """;

    /// <summary>A draft with that content under a title of its own; gives its path, "/designer/rules/table/…".</summary>
    public static async Task<string> DraftAsync(this HostFixture host, string kind, string json)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var begun = await owner.SendFileAsync("/designer/rules", "", json, ("kind", kind), ("name", $"Drafted {Guid.NewGuid():n}"));
        Assert.True(begun.StatusCode == HttpStatusCode.Redirect, (await begun.PageAsync()).QuerySelector(".govuk-error-summary")?.TextContent);
        return begun.Headers.Location!.OriginalString[..^"/draft".Length];
    }

    /// <summary>Asks as one process owner and approves as another.</summary>
    public static async Task PublishAsync(this HostFixture host, string path)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var second = host.Client(Cast.SecondOwner);
        using var asked = await owner.PostFormAsync($"{path}/draft", "ask", ("note", "Tried"));
        Assert.True(asked.StatusCode == HttpStatusCode.Redirect, (await asked.PageAsync()).QuerySelector(".govuk-error-summary")?.TextContent);
        using var approved = await second.PostFormAsync(asked.Headers.Location!.OriginalString, "approve");
        Assert.True(approved.StatusCode == HttpStatusCode.Redirect, (await approved.PageAsync()).QuerySelector(".govuk-error-summary")?.TextContent);
    }

    /// <summary>Sends a form of a page with a file.</summary>
    public static Task<HttpResponseMessage> SendFileAsync(this HttpClient client, string path, string action, string content, params IReadOnlyList<(string Name, string Value)> values) =>
        client.SendFileAsync(path, action, content, "file", values);

    /// <param name="input">The name of the input that takes the file.</param>
    public static async Task<HttpResponseMessage> SendFileAsync(this HttpClient client, string path, string action, string content, string input, params IReadOnlyList<(string Name, string Value)> values)
    {
        using var shown = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return await client.SendFileAsync(shown, action, content, input, values);
    }

    /// <summary>The same on a page that was opened before.</summary>
    public static async Task<HttpResponseMessage> SendFileAsync(
        this HttpClient client, HttpResponseMessage shown, string action, string content, string input, params IReadOnlyList<(string Name, string Value)> values)
    {
        var form = (await shown.PageAsync()).QuerySelectorAll("main form[enctype]").OfType<IHtmlFormElement>().First(form => (form.GetAttribute("action") ?? "").Contains(action, StringComparison.Ordinal));
        using var body = new MultipartFormDataContent();
        foreach (var hidden in form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>())
        {
            body.Add(new StringContent(hidden.Value), hidden.Name!);
        }

        foreach (var (name, value) in values)
        {
            body.Add(new StringContent(value), name);
        }

        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        body.Add(file, input, "sent.json");
        using var request = new HttpRequestMessage(HttpMethod.Post, form.GetAttribute("action") ?? shown.RequestMessage!.RequestUri!.PathAndQuery) { Content = body };
        if (shown.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0])));
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static async Task<IHtmlDocument> OpenAsync(this HttpClient client, string path)
    {
        using var shown = await client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        return await shown.PageAsync();
    }
}
