using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Soundness;
using Assize.TestKit.Databases;
using Assize.TestKit.Definitions;
using Assize.Workflows.Storage;
using Assize.Workflows.Tests.Paths;
using Assize.Workflows.Verifying;
using Xunit;

namespace Assize.Workflows.Tests.Verifying;

/// <summary>A place where small workflows are published, and drawings that use them are verified.</summary>
internal sealed class UsedWorkflows : IAsyncDisposable
{
    private readonly PathWorld _paths;

    private UsedWorkflows(PathWorld paths) => (_paths, Check) = (paths, new DefinitionCheck(paths.Rules, new SoundnessVerdicts(Timeout.InfiniteTimeSpan), TimeProvider.System));

    public DefinitionCheck Check { get; }
    public RuleCatalog Rules => _paths.Rules;
    public PathWorld Paths => _paths;

    public static async Task<UsedWorkflows> OpenAsync(params WorkflowDefinition[] published)
    {
        UsedWorkflows world = new(await PathWorld.OpenAsync(DatabaseKind.Sqlite, x => x.Kind != Assize.Workflows.Rules.RuleName.Overlay));
        await world.PublishAsync(published);
        return world;
    }

    public Task PublishAsync(params WorkflowDefinition[] published) => PublishAsync(PathWorld.Begin, published);

    public async Task PublishAsync(DateTimeOffset at, params WorkflowDefinition[] published)
    {
        await using CaseDb db = Context();
        foreach (WorkflowDefinition definition in published)
        {
            Assert.Null(await PublishedVersions.PublishAsync(db, definition.Json.ToJsonString(), "the tests", at, PathWorld.Begin, TestContext.Current.CancellationToken));
        }
        await Rules.ReloadAsync(db, TestContext.Current.CancellationToken);
    }

    public async Task RetractAsync(string id, int version, DateTimeOffset? at = null)
    {
        await using CaseDb db = Context();
        await PublishedVersions.RetractAsync(db, id, version, at ?? PathWorld.Begin, TestContext.Current.CancellationToken);
        await Rules.ReloadAsync(db, TestContext.Current.CancellationToken);
    }

    public CaseDb Context() => _paths.Context();

    public async Task<Verification> VerifyAsync(WorkflowDefinition drawn)
    {
        await using CaseDb db = Context();
        return await Check.RunAsync(db, drawn, TestContext.Current.CancellationToken);
    }

    public async Task<SoundnessVerdict> SoundnessAsync(WorkflowDefinition drawn)
    {
        Verification verified = await VerifyAsync(drawn);
        Assert.True(verified.Soundness is not null, string.Join(" ", verified.Problems.Select(x => x.Message)));
        return verified.Soundness;
    }

    public ValueTask DisposeAsync() => _paths.DisposeAsync();

    /// <summary>A workflow to be used as an activity, which ends by one of these outcomes, whichever the case's data say.</summary>
    public static WorkflowDefinition Asking(int version, params string[] outcomes)
    {
        List<JsonObject> steps = [.. outcomes.Skip(1).Select((_, i) => Draw.Decision($"is-{i}", Draw.Script("true"))), .. outcomes.Select((outcome, i) => Draw.Activity($"by-{i}", "Elsa.Complete", ("outcomes", Draw.Wrapped("Object", $"[\"{outcome}\"]"))))];
        List<string> lines = [.. outcomes.SkipLast(1).Select((_, i) => $"is-{i}:True -> by-{i}"), .. outcomes.SkipLast(1).Select((_, i) => $"is-{i}:False -> {(i == outcomes.Length - 2 ? $"by-{i + 1}" : $"is-{i + 1}")}")];
        return Usable("ask", version, Draw.Flowchart("asking", [.. steps], [.. lines]), outcomes);
    }

    public static WorkflowDefinition Usable(string id, int version, JsonObject root, params string[] outcomes) => Draw.Workflow(
        root,
        x =>
        {
            (x["version"], x["id"]) = (version, $"{id}-{version}");
            x["outcomes"] = new JsonArray([.. outcomes.Select(outcome => JsonValue.Create(outcome))]);
            x["options"] = new JsonObject { ["usableAsActivity"] = true };
        },
        id);

    /// <summary>A step that uses a workflow, at that version; at the newest where null.</summary>
    public static JsonObject Use(string id, int? version, string? step = null)
    {
        JsonObject used = Draw.Activity(step ?? id, id, ("workflowDefinitionId", id));
        used.Remove("version");
        if (version is not null)
        {
            used["version"] = version;
        }
        return used;
    }

    public static JsonObject Start(string workflow, string type = "Elsa.ExecuteWorkflow") =>
        Draw.Activity("start", type, ("workflowDefinitionId", Draw.Literal(workflow)), ("waitForCompletion", Draw.Literal("True")));

    /// <summary>Goes on where the question is answered Yes or No.</summary>
    public static WorkflowDefinition Drawing(int? version) => Draw.Workflow(Draw.Flowchart("flow", [Use("ask", version), Draw.End("end")], "ask:Yes -> end", "ask:No -> end"), id: "user");
}
