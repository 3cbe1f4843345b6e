using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Assize.Host.Tests.Designer;

/// <summary>Each route that stock Studio can reach: what it answers to whom.</summary>
public sealed class StudioRouteTableTests(HostFixture host)
{
    /// <summary>What the editor, the lists and the viewer read: by the member that Studio cannot do without.</summary>
    public static TheoryData<string, string, string> Reads { get; } = new()
    {
        { "GET", "/features/installed", "items" },
        { "GET", "/workflow-definitions/by-definition-id/intake?versionOptions=Latest", "links" },
        { "GET", "/workflow-definitions/by-definition-id/intake?versionOptions=1", "root" },
        { "GET", "/workflow-definitions/by-id/intake@1", "root" },
        { "GET", "/workflow-definitions?versionOptions=AllVersions&Page=0&PageSize=10&DefinitionIds=intake&OrderBy=Version&OrderDirection=Descending", "links" },
        { "GET", "/workflow-definitions?versionOptions=&Ids=intake@1", "items" },
        { "GET", "/workflow-definitions?versionOptions=Published", "items" },
        { "GET", "/workflow-definitions/validation/is-name-unique?name=Nobody%20has%20this&definitionId=", "isUnique" },
        { "GET", "/workflow-definitions/subgraph/intake@1?parentNodeId=Workflow1:intake-flow", "activity" },
        { "GET", "/workflow-definitions/subgraph/segments/intake@1?childNodeId=Workflow1:intake-flow:validate", "pathSegments" },
        { "GET", "/workflow-definitions/intake/export?versionOptions=1&includeConsumingWorkflows=False", "root" },
        { "GET", "/descriptors/activities?Refresh=True", "items" },
        { "GET", "/descriptors/expression-descriptors", "items" },
        { "GET", "/descriptors/variables", "items" },
        { "GET", "/descriptors/storage-drivers", "items" },
        { "GET", "/descriptors/workflow-activation-strategies", "items" },
        { "GET", "/descriptors/incident-strategies", "items" },
        { "GET", "/descriptors/log-persistence-strategies", "items" },
        { "GET", "/descriptors/commit-strategies/workflows", "items" },
        { "GET", "/descriptors/commit-strategies/activities", "items" },
        { "GET", "/descriptors/output-converters?sourceType=String&destinationType=String", "items" },
        { "POST", "/descriptors/activities/Assize.CaseTask/options/Form", "items" },
        { "POST", "/workflow-instances", "totalCount" },
        { "GET", "/resilience/retries/x", "items" },
    };

    /// <summary>What is answered by a file of files.</summary>
    public static TheoryData<string> Zips { get; } = new()
    {
        { "/bulk-actions/export/workflow-definitions" },
        { "/bulk-actions/export/workflow-instances" },
    };

    /// <summary>What only somebody who drafts or practises may do.</summary>
    public static TheoryData<string, string> Writes { get; } = new()
    {
        { "POST", "/workflow-definitions" },
        { "POST", "/workflow-definitions/import" },
        { "POST", "/workflow-definitions/intake/publish" },
        { "POST", "/workflow-definitions/intake/retract" },
        { "POST", "/workflow-definitions/intake/revert/1" },
        { "POST", "/workflow-definitions/intake/execute" },
        { "POST", "/workflow-definitions/intake/dispatch" },
        { "DELETE", "/workflow-definitions/intake" },
        { "DELETE", "/workflow-definition-versions/intake@1" },
        { "POST", "/bulk-actions/delete/workflow-definitions/by-definition-id" },
        { "POST", "/bulk-actions/delete/workflow-definitions/by-id" },
        { "POST", "/bulk-actions/publish/workflow-definitions/by-definition-ids" },
        { "POST", "/bulk-actions/retract/workflow-definitions/by-definition-ids" },
        { "POST", "/tests/activities" },
        { "DELETE", "/workflow-instances/x" },
        { "POST", "/cancel/workflow-instances/x" },
        { "POST", "/bulk-actions/delete/workflow-instances/by-id" },
        { "POST", "/bulk-actions/cancel/workflow-instances" },
        { "POST", "/bulk-actions/import/workflow-instances" },
        { "POST", "/alterations/submit" },
    };

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Read_AnswersWhoeverMayLook_AndNobodyElse(string method, string route, string member)
    {
        using var reader = host.Client(Cast.Lawyer);
        using var roleless = host.Client(Cast.Roleless);
        using var nobody = host.Client(null);

        var (status, body) = await reader.AskAsync(new HttpMethod(method), route, Body(method));
        var (refused, _) = await roleless.AskAsync(new HttpMethod(method), route, Body(method));
        var (unknown, _) = await nobody.AskAsync(new HttpMethod(method), route, Body(method));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (status, refused, unknown));
        Assert.NotNull(body![member]);
    }

    [Theory]
    [MemberData(nameof(Zips))]
    public async Task Zip_IsForWhoeverMayLook_AndForNobodyElse(string route)
    {
        using var reader = host.Client(Cast.Lawyer);
        using var roleless = host.Client(Cast.Roleless);
        using var nobody = host.Client(null);

        using var answer = await PostAsync(reader, route);
        using var refused = await PostAsync(roleless, route);
        using var unknown = await PostAsync(nobody, route);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (answer.StatusCode, refused.StatusCode, unknown.StatusCode));
        Assert.Equal("application/zip", answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Write_IsRefusedToReaders_AndToOtherSites(string method, string route)
    {
        using var reader = host.Client(Cast.Lawyer);
        using var nobody = host.Client(null);
        using var owner = host.Client(Cast.ProcessOwner);
        using var forged = new HttpRequestMessage(new HttpMethod(method), "/elsa/api" + route) { Content = JsonContent() };
        forged.Headers.Add("Sec-Fetch-Site", "cross-site");

        var (refused, _) = await reader.AskAsync(new HttpMethod(method), route, Body(method));
        var (unknown, _) = await nobody.AskAsync(new HttpMethod(method), route, Body(method));
        using var elsewhere = await owner.SendAsync(forged, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (refused, unknown, elsewhere.StatusCode));
    }

    [Fact]
    public async Task TypesOfScripts_AreDeclarations_AndNothingForAWorkflowThatIsNotThere()
    {
        using var reader = host.Client(Cast.Lawyer);

        var declared = await TextAsync(reader, "/scripting/javascript/type-definitions/mags-charged");
        var none = await TextAsync(reader, "/scripting/javascript/type-definitions/nowhere");

        Assert.Contains("declare function getVariable(name: ", declared, StringComparison.Ordinal);
        Assert.Equal("", none);
    }

    [Fact]
    public async Task Strategies_AreThoseThatTheEngineHas_ByElsasNames()
    {
        using var reader = host.Client(Cast.Lawyer);

        var (_, incidents) = await reader.AskAsync(HttpMethod.Get, "/descriptors/incident-strategies");
        var (_, activations) = await reader.AskAsync(HttpMethod.Get, "/descriptors/workflow-activation-strategies");

        Assert.Equal(["Stop", "Go on"], incidents!["items"]!.AsArray().Select(item => item!["displayName"]!.GetValue<string>()));
        Assert.Contains("ContinueWithIncidentsStrategy", incidents["items"]![1]!["typeName"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Single(activations!["items"]!.AsArray());
    }

    [Fact]
    public async Task ImportOfInstances_TakesNothingIn_AndSaysWhy()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var form = new MultipartFormDataContent { { new StringContent("{}"), "files", "instance.json" } };
        using var asked = new HttpRequestMessage(HttpMethod.Post, "/elsa/api/bulk-actions/import/workflow-instances") { Content = form };
        asked.Headers.Add("Sec-Fetch-Site", "same-origin");

        using var answer = await owner.SendAsync(asked, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Nothing was changed", Uri.UnescapeDataString(Assert.Single(answer.Headers.GetValues("x-assize-said"))), StringComparison.Ordinal);
    }

    private static JsonObject? Body(string method) => method == "POST" ? [] : null;

    private static StringContent JsonContent() => new("{}", null, "application/json");

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string route)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Post, "/elsa/api" + route) { Content = JsonContent() };
        asked.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await client.SendAsync(asked, TestContext.Current.CancellationToken);
    }

    private static async Task<string> TextAsync(HttpClient client, string route)
    {
        using var answer = await PostAsync(client, route);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
