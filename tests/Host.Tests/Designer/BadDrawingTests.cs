using System.Net;
using System.Text.Json.Nodes;
using Assize.Engine.Storage;
using Assize.Host.Tests.Designer.Outline;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Designer;

/// <summary>Drawings that nobody means well with: whatever is sent is kept, publishing it is refused by the step that is wrong, and the cases that run are as they were.</summary>
public sealed class BadDrawingTests(HostFixture host)
{
    private const int DeeperThanRead = 70;

    /// <summary>What is wrong, by the member in which it is drawn; then what the refusal names.</summary>
    [Theory]
    [InlineData("unknown type", "Vendor.Unknown")]
    [InlineData("dangling connection", "nowhere")]
    [InlineData("unknown outcome", "Dome")]
    [InlineData("unreadable script", "odd")]
    [InlineData("script of another language", "odd")]
    [InlineData("ended as nothing", "Acquited")]
    [InlineData("unpublished workflow", "never-published")]
    [InlineData("circle of workflows", "circle")]
    public async Task Publish_OfWhatIsWrong_IsRefused_TheDraftIsKeptAsSent_AndRunningCasesAreAsTheyWere(string wrong, string named)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var before = await RunningAsync();
        var id = wrong switch
        {
            "circle of workflows" => await CircleAsync(owner),
            "ended as nothing" => await ParentAsync(owner),
            _ => await host.BeginAsync("Bad drawing"),
        };
        var model = await owner.LoadAsync(id);
        var (step, connection) = Drawn(wrong, id);
        model["root"]!["activities"]!.AsArray().Add(step);
        if (connection is not null)
        {
            (model["root"]!["connections"] ??= new JsonArray()).AsArray().Add(connection);
        }

        var (status, body) = await owner.SaveAsync(model, publish: true);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(named, body.Said(), StringComparison.Ordinal);
        Assert.Contains("The draft is kept", body.Said(), StringComparison.Ordinal);
        var kept = (await owner.LoadAsync(id))["root"]!["activities"]!.AsArray()[^1]!.AsObject();
        kept.Remove("nodeId");
        Assert.True(JsonNode.DeepEquals(step, kept), kept.ToJsonString());
        Assert.Equal(before, (await RunningAsync()).Where(row => before.ContainsKey(row.Key)).ToDictionary());
    }

    [Theory]
    [InlineData("repeated id", "id")]
    [InlineData("nested too deep", "no deeper than")]
    public async Task Save_OfWhatCannotBeDrawn_LeavesTheDraft_AndIsKeptAsACopy(string wrong, string named)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await host.BeginAsync("Not to be drawn");
        var before = await owner.LoadAsync(id);
        var model = before.DeepClone().AsObject();
        model["root"]!["activities"]!.AsArray().Add(wrong == "repeated id" ? Step("start", "Elsa.Start") : Nested(DeeperThanRead));

        var (status, body) = await owner.SaveAsync(model);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("as your copy", body.Said(), StringComparison.Ordinal);
        Assert.Contains(named, body.Said(), StringComparison.Ordinal);
        Assert.Equal(before.ToJsonString(), (await owner.LoadAsync(id)).ToJsonString());
        using var copy = await owner.GetAsync($"/designer/versions/{id}?handler=copy", TestContext.Current.CancellationToken);
        Assert.True((await copy.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Length >= model["root"]!.ToJsonString().Length);
    }

    [Theory]
    [InlineData("for (;;) { }")]
    [InlineData("const all = []; for (;;) { all.push('more and more'); }")]
    [InlineData("(function again() { again(); })()")]
    [InlineData("System.IO.File.ReadAllText('/etc/hostname')")]
    [InlineData("require('fs').readdirSync('/')")]
    [InlineData("fetch('http://localhost')")]
    public async Task Run_OfAScriptThatLoopsOrReachesOutside_IsAnIncident_AndTheHostGoesOn(string script)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await host.BeginAsync("Bad script");
        var model = await owner.LoadAsync(id);
        model["root"]!["activities"]!.AsArray().Add(Step("odd", "Elsa.RunJavaScript", ("script", "Literal", script)));
        model["root"]!["connections"]!.AsArray().Add(Lead("start", "Done", "odd"));
        await owner.SaveAsync(model);

        using var request = new HttpRequestMessage(HttpMethod.Post, $"/elsa/api/workflow-definitions/{id}/execute") { Content = new StringContent("{}", null, "application/json") };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await owner.SendAsync(request, TestContext.Current.CancellationToken);
        var (_, seen) = await owner.AskAsync(HttpMethod.Get, $"/workflow-instances/{answer.Headers.GetValues("x-elsa-workflow-instance-id").Single()}");

        var incident = Assert.Single(seen!["workflowState"]!["incidents"]!.AsArray())!;
        Assert.Equal("odd", incident["activityId"]!.GetValue<string>());
    }

    private static (JsonObject Step, JsonObject? Connection) Drawn(string wrong, string id) => wrong switch
    {
        "unknown type" => (Step("odd", "Vendor.Unknown"), null),
        "dangling connection" => (Step("odd", "Elsa.WriteLine"), Lead("odd", "Done", "nowhere")),
        "unknown outcome" => (Step("odd", "Elsa.WriteLine"), Lead("odd", "Dome", "start")),
        "unreadable script" => (Step("odd", "Elsa.WriteLine", ("text", "JavaScript", "for(;;")), null),
        "script of another language" => (Step("odd", "Elsa.WriteLine", ("text", "CSharp", "System.Environment.Exit(1)")), null),
        "ended as nothing" => (Step("odd", "Assize.ForEachDefendant", ("workflow", "Literal", id.Replace("parent-of-", "", StringComparison.Ordinal)), ("endedAs", "Literal", "Acquited")), null),
        "unpublished workflow" => (Step("odd", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", "Literal", "never-published")), null),
        _ => (Step("odd", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", "Literal", $"user-of-{id}")), null),
    };

    /// <summary>A draft beside a published workflow that records one outcome; gives the draft's id.</summary>
    private async Task<string> ParentAsync(HttpClient owner)
    {
        using var second = host.Client(Cast.SecondOwner);
        var child = await host.BeginAsync("Child");
        var model = await owner.LoadAsync(child);
        model["root"]!["activities"]!.AsArray().Add(Step("ended", "Assize.Outcome", ("outcome", "Literal", "Acquitted")));
        model["root"]!["connections"]!.AsArray().Add(Lead("start", "Done", "ended"));
        await owner.SaveAsync(model, publish: true);
        await PublicationPageTests.ApproveAsync(second, child);
        using var begun = await owner.PostFormAsync("/designer", "", ("name", $"Parent of {child.Replace('-', ' ')}"));
        return begun.Headers.Location!.OriginalString.Split('/')[^1];
    }

    /// <summary>A published workflow that another published one starts; gives its id.</summary>
    private async Task<string> CircleAsync(HttpClient owner)
    {
        using var second = host.Client(Cast.SecondOwner);
        var id = await host.BeginAsync("Circle");
        await owner.AskToPublishAsync(id);
        await PublicationPageTests.ApproveAsync(second, id);
        using var begun = await owner.PostFormAsync("/designer", "", ("name", $"User of {id.Replace('-', ' ')}"));
        var user = begun.Headers.Location!.OriginalString.Split('/')[^1];
        Assert.Equal($"user-of-{id}", user);
        var model = await owner.LoadAsync(user);
        model["root"]!["activities"]!.AsArray().Add(Step("uses", "Elsa.ExecuteWorkflow", ("workflowDefinitionId", "Literal", id)));
        model["root"]!["connections"]!.AsArray().Add(Lead("start", "Done", "uses"));
        await owner.SaveAsync(model, publish: true);
        await PublicationPageTests.ApproveAsync(second, user);
        return id;
    }

    private async Task<IReadOnlyDictionary<string, string>> RunningAsync()
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        return await db.Set<InstanceRow>().AsNoTracking().Where(row => row.UnitId == db.Cases.First(file => file.Urn == host.Urn).Id).ToDictionaryAsync(row => row.Id, row => row.State, TestContext.Current.CancellationToken);
    }

    private static JsonObject Nested(int levels)
    {
        var step = Step("deepest", "Elsa.WriteLine");
        for (var level = 0; level < levels; level++)
        {
            step = new JsonObject { ["id"] = $"level-{level}", ["type"] = "Elsa.Sequence", ["version"] = 1, ["activities"] = new JsonArray(step) };
        }

        return step;
    }

    private static JsonObject Lead(string from, string port, string to) => new()
    {
        ["source"] = new JsonObject { ["activity"] = from, ["port"] = port },
        ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" },
    };

    private static JsonObject Step(string id, string type, params (string Member, string Language, string Value)[] inputs)
    {
        var step = new JsonObject { ["id"] = id, ["type"] = type, ["version"] = 1, ["name"] = id };
        foreach (var (member, language, value) in inputs)
        {
            step[member] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = language, ["value"] = value } };
        }

        return step;
    }
}
