using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using Xunit;

namespace Assize.Host.Tests.Designer.Outline;

/// <summary>What tests of the outline do again and again.</summary>
internal static class OutlineTalk
{
    public static async Task ExpectAsync(this HostFixture host, HttpStatusCode expected, string? subject, string path)
    {
        using var client = host.Client(subject);
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
    }

    /// <summary>A new workflow; gives its id.</summary>
    public static async Task<string> BeginAsync(this HostFixture host, string name)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var begun = await owner.PostFormAsync("/designer", "", ("name", $"{name} {Guid.NewGuid():n}"));
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        return begun.Headers.Location!.OriginalString.Split('/')[^1];
    }

    /// <summary>A draft with the content of a published workflow; gives its id.</summary>
    public static async Task<string> CopyOfAsync(this HostFixture host, string workflow, string name)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await host.BeginAsync(name);
        var model = await owner.LoadAsync(workflow);
        var draft = await owner.LoadAsync(id);
        foreach (var member in (string[])["id", "definitionId", "name", "version", "isPublished"])
        {
            model[member] = draft[member]?.DeepClone();
        }

        var (status, _) = await owner.SaveAsync(model);
        Assert.Equal(HttpStatusCode.OK, status);
        return id;
    }

    public static JsonObject StepOf(this JsonObject definition, string id) =>
        definition["root"]!["activities"]!.AsArray().Select(step => step!.AsObject()).Single(step => step["id"]!.GetValue<string>() == id);

    /// <summary>The text without one step and without the revision.</summary>
    public static string Without(this JsonObject definition, string id)
    {
        var copy = definition.DeepClone().AsObject();
        copy["root"]!["activities"]!.AsArray().Remove(copy.StepOf(id));
        copy["root"]!["customProperties"]!.AsObject().Remove("revision");
        copy.Remove("createdAt");
        return copy.ToJsonString();
    }

    /// <summary>Posts the first form of a page that was shown before, as it was shown.</summary>
    public static async Task<HttpResponseMessage> SendFormAsync(this HttpClient client, HttpResponseMessage shown, string path, params (string Name, string Value)[] values)
    {
        var form = (await shown.PageAsync()).QuerySelectorAll("main form").OfType<IHtmlFormElement>().First();
        var fields = form.QuerySelectorAll("input[type=hidden]").OfType<IHtmlInputElement>().Select(input => KeyValuePair.Create(input.Name!, input.Value))
            .Concat(values.Select(value => KeyValuePair.Create(value.Name, value.Value)));
        return await client.PostAsync(path, fields, shown);
    }

    /// <summary>Posts without having been shown a form, with a token from another page.</summary>
    public static async Task ExpectForgedAsync(this HostFixture host, HttpStatusCode expected, string subject, string path, params (string Name, string Value)[] values)
    {
        using var client = host.Client(subject);
        using var shown = await client.GetAsync("/designer", TestContext.Current.CancellationToken);
        var token = (IHtmlInputElement)(await shown.PageAsync()).QuerySelector("input[name=__RequestVerificationToken]")!;
        using var answer = await client.PostAsync(
            path, values.Append(("__RequestVerificationToken", token.Value)).Select(value => KeyValuePair.Create(value.Item1, value.Item2)), shown);
        Assert.Equal(expected, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> PostAsync(this HttpClient client, string path, IEnumerable<KeyValuePair<string, string>> fields, HttpResponseMessage shown)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        if (shown.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0])));
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
