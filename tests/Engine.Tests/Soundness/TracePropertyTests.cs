using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Soundness;
using Assize.TestKit.Definitions;
using CsCheck;
using Xunit;

namespace Assize.Engine.Tests.Soundness;

/// <summary>Verdicts on random steps that are added to random definitions, against all bounded traces of both, gathered by a search that leaves nothing out.</summary>
public sealed class TracePropertyTests(ITestOutputHelper output)
{
    private const int BruteStates = 300;
    private const int LongestTrace = 7;
    private static readonly WorkflowDefinition s_child = DefinitionReader.Read(DefinitionGenerator.ChildJson);
    private static readonly SoundnessBounds s_few = new(1_500, 6_000, 200_000, 500);

    private int _kept;
    private int _broken;
    private int _undecided;

    [Fact]
    public void AddedSteps_GetTheVerdictOfAllTraces()
    {
        Gen.Select(DefinitionGenerator.Gen, Gen.Int[0, 999].Array[6, 20]).Sample(
            (drawn, dice) => Compare(DefinitionReader.Read(drawn.Json), DefinitionReader.Read(Added(drawn.Json, dice)), dice), iter: 120);
        Report();
        Assert.True(_broken > 0);
    }

    [Fact]
    public void Mutants_GetTheVerdictOfAllTraces()
    {
        Gen.Select(DefinitionGenerator.Gen, Gen.Int[0, 999].Array[4, 8]).Sample(
            (drawn, dice) => Compare(DefinitionReader.Read(drawn.Json), DefinitionReader.Read(DefinitionMutant.Of(drawn.Json, dice)), dice), iter: 60);
        Report();
    }

    private void Compare(WorkflowDefinition first, WorkflowDefinition changed, int[] dice)
    {
        var seen = Seen(first, dice);
        var verdict = new TraceCheck(TestActivities.Table, Find, s_few).Of(first, changed, seen);
        var (before, after) = (BruteForce.Traces(first, TestActivities.Table, Find, seen, LongestTrace, BruteStates), BruteForce.Traces(changed, TestActivities.Table, Find, seen, LongestTrace, BruteStates));
        if (verdict.Kind == TraceKind.Unknown || before is null || after is null)
        {
            Interlocked.Increment(ref _undecided);
            return;
        }
        var same = before.SetEquals(after);
        // A way that is longer than the traces that were gathered is no contradiction.
        if (verdict.Kind == TraceKind.Broken && same && verdict.Path.Length >= LongestTrace)
        {
            Interlocked.Increment(ref _undecided);
            return;
        }
        Interlocked.Increment(ref verdict.Kind == TraceKind.Kept ? ref _kept : ref _broken);
        var example = same ? "" : before.Except(after).Concat(after.Except(before)).MinBy(t => t.Length);
        Assert.True(same == (verdict.Kind == TraceKind.Kept), $"The verdict is {verdict.Kind} ({verdict.Message}), but of all traces these differ: {example}. Seen: {string.Join(", ", seen)}.\n{first.Json.ToJsonString()}\n{changed.Json.ToJsonString()}");
    }

    private void Report()
    {
        output.WriteLine($"{_kept} kept, {_broken} broken, {_undecided} undecided.");
        Assert.True(_kept > 3 && _undecided < 3 * (_kept + _broken), $"{_kept} kept, {_broken} broken, {_undecided} undecided.");
    }

    private static HashSet<string> Seen(WorkflowDefinition definition, int[] dice)
    {
        var steps = definition.Root.SelfAndBelow().Where(n => n.Type is "Test.Choice" or "Elsa.RunTask").Select(n => n.Id).ToList();
        return [.. steps.Where((_, i) => dice[i % dice.Length] % 2 == 0)];
    }

    /// <summary>With a step on one of the lines that has two ways: on, and to any step of the same flowchart.</summary>
    private static string Added(string json, int[] dice)
    {
        var definition = JsonNode.Parse(json)!;
        var flowcharts = Flowcharts(definition["root"]!).Where(f => f["connections"]!.AsArray().Count > 0).ToList();
        for (var i = 0; i + 5 < dice.Length && flowcharts.Count > 0; i += 6)
        {
            var flowchart = flowcharts[dice[i] % flowcharts.Count];
            var (activities, connections) = (flowchart["activities"]!.AsArray(), flowchart["connections"]!.AsArray());
            var line = connections[dice[i + 1] % connections.Count]!;
            var target = line["target"]!["activity"]!.GetValue<string>();
            var other = dice[i + 2] % 2 == 0 ? target : activities[dice[i + 3] % activities.Count]!["id"]!.GetValue<string>();
            var id = $"added-{i}";
            activities.Add(TestActivities.Choice(id, "On", "Other"));
            line["target"]!["activity"] = id;
            connections.Add(Line(id, "On", target));
            connections.Add(Line(id, "Other", other));
        }
        return definition.ToJsonString();
    }

    private static JsonObject Line(string from, string port, string to) =>
        new() { ["source"] = new JsonObject { ["activity"] = from, ["port"] = port }, ["target"] = new JsonObject { ["activity"] = to, ["port"] = "In" } };

    private static IEnumerable<JsonObject> Flowcharts(JsonNode node) => node switch
    {
        JsonObject json => json.Select(m => m.Value).OfType<JsonNode>().SelectMany(Flowcharts)
            .Concat(json["type"].AsText() == "Elsa.Flowchart" ? [json] : []),
        JsonArray list => list.OfType<JsonNode>().SelectMany(Flowcharts),
        _ => [],
    };

    private static WorkflowDefinition? Find(string id, int? version) => id == DefinitionGenerator.ChildId ? s_child : null;
}
