using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Diff;
using Assize.Engine.Stepping;
using Assize.TestKit.Definitions;
using CsCheck;
using Xunit;
using static Assize.TestKit.Definitions.Draw;

namespace Assize.Engine.Tests.Definitions;

public sealed class DefinitionDiffTests
{
    private static readonly WorkflowDefinition Older = Flow([Write("a"), Task("b"), End("end")], "a -> b", "b -> end");

    [Fact]
    public void Between_TheSameDefinition_IsEmpty() => Assert.Empty(Diff(Older, Older));

    [Fact]
    public void Between_ANewStepOnAConnection_NamesTheStepAndItsArrows()
    {
        var newer = Flow([Write("a"), Task("b"), End("end"), Task("check")], "a -> check", "check -> b", "b -> end");

        Assert.Equal(
            [
                "The step “check” is new.",
                "“Done” of “a” no longer leads to “b”.",
                "“Done” of “a” now leads to “check”.",
                "“Done” of “check” now leads to “b”.",
            ],
            Words(Older, newer));
    }

    [Fact]
    public void Between_AnotherInput_SaysTheOldAndTheNewValue()
    {
        var newer = Edit(Older, json => json["root"]!["activities"]![1]!["taskName"] = Literal("another"));

        var change = Assert.Single(Diff(Older, newer));

        Assert.Equal(("b", "taskName", ChangeKind.Changed), (change.ActivityId, change.Member, change.Kind));
        Assert.Equal("The step “b”: “Task name” changed from “b” to “another”.", change.Words);
    }

    [Fact]
    public void Between_AStepDrawnElsewhere_IsRedrawnOnly()
    {
        var newer = Edit(Older, json => json["root"]!["activities"]![0]!["metadata"] = JsonNode.Parse("""{"designer":{"position":{"x":5,"y":6}}}"""));

        Assert.All(Diff(Older, newer), change => Assert.Equal(ChangeKind.Redrawn, change.Kind));
    }

    [Fact]
    public void Between_AStepPutIntoAContainer_IsMoved()
    {
        var older = Workflow(Sequence("all", Write("a"), Sequence("inner", Write("b"))));
        var newer = Workflow(Sequence("all", Sequence("inner", Write("b"), Write("a"))));

        var moved = Assert.Single(Diff(older, newer), change => change.Kind == ChangeKind.Moved);

        Assert.Equal("The step “a” stands elsewhere, within “inner”.", moved.Words);
    }

    [Fact]
    public void Between_VariablesAndOutcomes_NamesEach()
    {
        var older = Edit(Older, json => json["variables"] = new JsonArray(Variable("plea", "String"), Variable("old", "String")));
        var newer = Edit(Older, json =>
        {
            json["variables"] = new JsonArray(Variable("plea", "Object"), Variable("new", "String"));
            json["outcomes"] = new JsonArray("Sent");
        });

        Assert.Equal(
            [
                "The workflow has a new outcome “Sent”.",
                "The variable “plea”: its typeName changed from “String” to “Object”.",
                "The variable “new” is new.",
                "The variable “old” is gone.",
            ],
            Words(older, newer));
    }

    [Fact]
    public void Between_RandomEdits_IsEmptyExactlyWhereTheHashIsEqual()
    {
        var (differing, equal) = (0, 0);

        Gen.Select(DefinitionGenerator.Gen, Gen.Int[0, int.MaxValue - 1]).Sample(
            (drawn, seed) =>
            {
                var older = DefinitionReader.Read(drawn.Json);
                if (Edited(older, new Random(seed)) is not { } newer)
                {
                    return;
                }
                var same = DefinitionHash.Of(older) == DefinitionHash.Of(newer);

                var changes = Diff(older, newer);

                Assert.True(same == changes.IsEmpty, $"Hashes are {(same ? "equal" : "different")}, changes: {string.Join(" ", changes.Select(change => change.Words))}\n{drawn.Json}\n{newer.Json.ToJsonString()}");
                (differing, equal) = same ? (differing, equal + 1) : (differing + 1, equal);
            },
            iter: 600, threads: 1);

        Assert.True(differing > 200 && equal > 5, $"{differing} differing and {equal} equal pairs are too few to tell.");
    }

    // One edit anywhere in the document: a member gone, a text changed, or a member that servers assign.
    private static WorkflowDefinition? Edited(WorkflowDefinition definition, Random random)
    {
        var json = definition.Json.DeepClone().AsObject();
        var objects = Objects(json).ToList();
        var place = objects[random.Next(objects.Count)];
        var members = place.Select(pair => pair.Key).Where(member => member is not ("definitionId" or "version" or "id" or "type" or "root")).ToList();
        if (members.Count == 0)
        {
            return null;
        }
        var member = members[random.Next(members.Count)];
        switch (random.Next(4))
        {
            case 0: place.Remove(member); break;
            case 1: place[member] = "edited"; break;
            case 2: place["added"] = random.Next(); break;
            default: place["nodeId"] = "assigned"; break;
        }
        try
        {
            return DefinitionReader.Read(json.ToJsonString());
        }
        catch (DefinitionUnreadable)
        {
            return null;
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(pair => Objects(pair.Value)).Prepend(json),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    private static WorkflowDefinition Edit(WorkflowDefinition definition, Action<JsonObject> edit)
    {
        var json = definition.Json.DeepClone().AsObject();
        edit(json);
        return DefinitionReader.Read(json.ToJsonString());
    }

    private static ImmutableArray<DefinitionChange> Diff(WorkflowDefinition older, WorkflowDefinition newer) =>
        DefinitionDiff.Between(older, newer, ActivityTable.Engine.Catalog);

    private static string[] Words(WorkflowDefinition older, WorkflowDefinition newer) => [.. Diff(older, newer).Select(change => change.Words)];
}
