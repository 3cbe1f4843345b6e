using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Assize.Engine.Storage;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Designer;

/// <summary>Talks to the designer's routes as Studio does from our own page.</summary>
internal static class Studio
{
    public static async Task<(HttpStatusCode Status, JsonNode? Body)> AskAsync(this HttpClient client, HttpMethod method, string route, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, "/elsa/api" + route);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public static async Task<JsonObject> LoadAsync(this HttpClient client, string id)
    {
        var (status, body) = await client.AskAsync(HttpMethod.Get, $"/workflow-definitions/by-definition-id/{id}?versionOptions=Latest");
        Assert.Equal(HttpStatusCode.OK, status);
        return body!.AsObject();
    }

    public static Task<(HttpStatusCode Status, JsonNode? Body)> SaveAsync(this HttpClient client, JsonObject model, bool publish = false) =>
        client.AskAsync(HttpMethod.Post, "/workflow-definitions", new JsonObject { ["model"] = model.DeepClone(), ["publish"] = publish });

    /// <summary>Asks that what is stored of it be published, again as long as its verdict is still being worked out; on a busy machine that takes longer than a save waits.</summary>
    public static async Task<(HttpStatusCode Status, JsonNode? Body)> AskToPublishAsync(this HttpClient client, string definitionId)
    {
        (HttpStatusCode Status, JsonNode? Body) answer;
        do
        {
            answer = await client.SaveAsync(await client.LoadAsync(definitionId), publish: true);
        }
        while (answer.Status == HttpStatusCode.BadRequest && answer.Body.Said().Contains("still being worked out", StringComparison.Ordinal));
        return answer;
    }

    /// <summary>Runs a workflow as a practice case; gives its instance.</summary>
    public static async Task<string> RunAsync(this HttpClient client, string definitionId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/elsa/api/workflow-definitions/{definitionId}/execute") { Content = new StringContent("{}", null, "application/json") };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.Headers.Contains("x-elsa-workflow-instance-id"), answer.Headers.ToString());
        return answer.Headers.GetValues("x-elsa-workflow-instance-id").Single();
    }

    /// <summary>The case's own instance.</summary>
    public static async Task<string> InstanceAsync(this HostFixture host, string urn)
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        return await db.Set<InstanceRow>().Where(row => row.ParentId == null && db.Cases.Any(file => file.Urn == urn && file.Id == row.UnitId)).Select(row => row.Id).SingleAsync();
    }

    /// <summary>The messages that Studio would show.</summary>
    public static string Said(this JsonNode? body) => string.Join(" ", body!["errors"]!["generalErrors"]!.AsArray().Select(message => message!.GetValue<string>()));

    /// <summary>The same workflow with this flowchart drawn in it.</summary>
    public static JsonObject Redrawn(this JsonObject model, JsonObject flowchart)
    {
        var copy = model.DeepClone().AsObject();
        foreach (var member in (string[])["activities", "connections", "start"])
        {
            copy["root"]![member] = flowchart[member]!.DeepClone();
        }

        return copy;
    }

    public static JsonObject Retitled(this JsonObject model, string title)
    {
        var copy = model.DeepClone().AsObject();
        copy["root"]!["activities"]![0]!["metadata"] = new JsonObject { ["displayText"] = title };
        return copy;
    }
}
