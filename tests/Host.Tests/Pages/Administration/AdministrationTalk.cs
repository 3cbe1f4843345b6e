using System.Net;
using System.Security.Cryptography;
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

    /// <summary>Two platform administrators give an agency an administrator, whom they invite.</summary>
    public static async Task AppointAsync(this HttpClient asks, HttpClient decides, string agency, string name, string userName)
    {
        using var asked = await asks.PostFormAsync($"/access/agencies/{agency}/administrator", "administrator",
            ("who", "new"), ("name", name), ("userName", userName), ("externalId", "oid-" + userName), ("reason", DirectoryHost.Reason));
        Assert.Contains("You asked for the appointment.", await asks.BannerAsync(asked));
        var link = (await decides.RowsAsync("/access/role-requests")).Single(row => row.TextContent.Contains(name, StringComparison.Ordinal)).QuerySelector("a")!.GetAttribute("href")!;
        using var approved = await decides.PostFormAsync(link, "role-requests", ("decision", "approve"), ("reason", DirectoryHost.Reason));
        Assert.Contains($"{name} has the role now.", await decides.BannerAsync(approved));
    }

    /// <summary>One administrator registers a system with a key, and another lets it in.</summary>
    /// <returns>Its client id.</returns>
    public static async Task<string> RegisterSystemAsync(this HttpClient asks, HttpClient approves, string code, ECDsa pair)
    {
        using var registered = await asks.PostFormAsync("/access/systems/new", "new",
            ("name", $"The system {code}"), ("code", code), ("publicKey", pair.ExportSubjectPublicKeyInfoPem()), ("reason", DirectoryHost.Reason));
        Assert.Contains("Another administrator approves its key.", await asks.BannerAsync(registered));
        var address = registered.Headers.Location!.OriginalString;
        var link = (await approves.RowsAsync(address))[0].QuerySelectorAll("a").Select(link => link.GetAttribute("href")!).Single(href => href.EndsWith("/approve", StringComparison.Ordinal));
        using var approved = await approves.PostFormAsync(link, "approve", ("reason", DirectoryHost.Reason));
        Assert.Contains("The key works now.", await approves.BannerAsync(approved));
        return address[(address.LastIndexOf('/') + 1)..];
    }

    /// <summary>Posts what the page shows again in hidden fields, as its second step.</summary>
    public static async Task<HttpResponseMessage> PostNextAsync(this HttpClient client, HttpResponseMessage shown, params IReadOnlyList<(string Name, string Value)> values)
    {
        var form = (await shown.PageAsync()).QuerySelectorAll("main form").First(form => form.GetAttribute("method") == "post");
        var fields = form.QuerySelectorAll("input[type=hidden]").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? "")).ToList();
        fields.AddRange(values.Select(value => KeyValuePair.Create(value.Name, value.Value)));
        using FormUrlEncodedContent content = new(fields);
        return await client.PostAsync(form.GetAttribute("action") ?? shown.RequestMessage!.RequestUri!.PathAndQuery, content, TestContext.Current.CancellationToken);
    }
}
