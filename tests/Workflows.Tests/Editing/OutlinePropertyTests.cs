using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Editing;
using Assize.TestKit;
using Assize.TestKit.Definitions;
using Assize.Workflows.Activities;
using CsCheck;
using Xunit;

namespace Assize.Workflows.Tests.Editing;

/// <summary>Any sequence of an outline's operations, on each of the product's definitions and on drawn ones.</summary>
public sealed class OutlinePropertyTests
{
    private static readonly ActivityCatalog s_catalog = CaseActivities.Table.Catalog;
    private static readonly Gen<int[]> s_dice = Gen.Int[0, 99_999].Array[6, 90];

    public static TheoryData<string> Definitions =>
        [.. ((string[])["intake", "mags-charged", "mags-charged-defendant"]).SelectMany(id => Directory.GetFiles(Repository.PathOf($"definitions/{id}"), "*.json"))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Definitions))]
    public void Edits_OfOurDefinitions_LeaveThemWhole(string file)
    {
        WorkflowDefinition definition = DefinitionReader.Read(File.ReadAllText(Repository.PathOf(file)));

        s_dice.Sample(dice => Run(definition, s_catalog, dice), iter: 40, threads: 1);
    }

    [Fact]
    public void Edits_OfDrawnDefinitions_LeaveThemWhole() =>
        Gen.Select(DefinitionGenerator.Gen, s_dice).Sample((drawn, dice) => Run(DefinitionReader.Read(drawn.Json), TestActivities.Table.Catalog, dice), iter: 150, threads: 1);

    private static void Run(WorkflowDefinition definition, ActivityCatalog catalog, int[] dice)
    {
        for (int at = 0; at + 3 <= dice.Length; at += 3)
        {
            (HashSet<string> touched, EditAnswer answer) = Apply(definition, catalog, dice[at], dice[at + 1], dice[at + 2]);
            if (answer is Edited edited)
            {
                AssertWhole(definition, edited.Definition, touched, catalog);
                definition = edited.Definition;
            }
        }
    }

    private static (HashSet<string> Touched, EditAnswer Answer) Apply(WorkflowDefinition definition, ActivityCatalog catalog, int kind, int which, int where)
    {
        List<OutlineStep> steps = [.. Outline.Of(definition, catalog).Steps];
        if (steps.Count == 0)
        {
            return ([], new AddStep("s-first", "Elsa.Start", "", new WithinStep(definition.Root.Id, "")).To(definition, catalog));
        }
        OutlineStep step = steps[which % steps.Count];
        string id = step.Node.Id;
        string newId = string.Create(CultureInfo.InvariantCulture, $"n{definition.Root.SelfAndBelow().Count()}-{kind}-{which}-{where}");
        StepPlace place = Place(steps[where % steps.Count], kind / 8);
        return (kind % 8) switch
        {
            0 => ([id], new StepEdit { Title = $"Title {where}", Note = "Noted" }.To(definition, id, catalog)),
            1 => ([id], Typed(step, where).To(definition, id, catalog)),
            2 or 3 => ([newId], new AddStep(newId, catalog.All.Where(x => x.IsBrowsable).ElementAt(which % catalog.All.Count(x => x.IsBrowsable)).TypeName, "", place).To(definition, catalog)),
            4 => ([.. step.Node.SelfAndBelow().Select(x => x.Id)], new RemoveStep(id, where % 2 == 0 ? step.Ports.SelectMany(x => x.Leads).FirstOrDefault()?.Target : null).From(definition)),
            5 => ([id], new MoveStep(id, place).In(definition, catalog)),
            6 => ([], new LeadStep(id, step.Ports.FirstOrDefault()?.Name ?? "Done", null, steps[where % steps.Count].Node.Id).In(definition)),
            _ => ([], new LeadStep(id, step.Ports.FirstOrDefault()?.Name ?? "Done", step.Ports.FirstOrDefault()?.Leads.FirstOrDefault()?.Target, where % 3 == 0 ? null : steps[where % steps.Count].Node.Id).In(definition)),
        };
    }

    private static StepPlace Place(OutlineStep beside, int kind) => (kind % 4) switch
    {
        0 => new BeforeStep(beside.Node.Id),
        1 when beside.Groups.Length > 0 => new WithinStep(beside.Node.Id, beside.Groups[0].Port),
        2 when beside.Holder is { } holder => new WithinStep(holder.Id, ""),
        _ => new AfterStep(beside.Node.Id, beside.Ports.FirstOrDefault()?.Name ?? "Done"),
    };

    // Every kind of field gets something else to say, outcomes get other names or go.
    private static StepEdit Typed(OutlineStep step, int with)
    {
        ImmutableDictionary<string, InputText> inputs = (step.Descriptor?.Inputs ?? []).Where(x => !InputText.IsCases(x)).ToImmutableDictionary(x => x.Member, x =>
            InputText.IsList(x) ? new InputText("Object", string.Join('\n', Enumerable.Range(0, with % 4).Select(y => $"Way {y + (with % 7)}")))
            : (with % 3) switch { 0 => new InputText("JavaScript", $"{with} + 1"), 1 => new InputText(InputText.PlainSyntax(x), $"{with}"), _ => new InputText("Variable", "hearingId") });
        return new StepEdit { Inputs = inputs };
    }

    private static void AssertWhole(WorkflowDefinition before, WorkflowDefinition after, HashSet<string> touched, ActivityCatalog catalog)
    {
        Assert.True(JsonNode.DeepEquals(after.Json, DefinitionReader.Read(DefinitionWriter.Write(after)).Json), "Expected it to read as it was written.");
        Dictionary<string, ActivityNode> old = before.Root.SelfAndBelow().ToDictionary(x => x.Id);
        foreach (ActivityNode node in after.Root.SelfAndBelow())
        {
            AssertConnected(node);
            if (node.Below.Any() || touched.Contains(node.Id) || !old.TryGetValue(node.Id, out ActivityNode? known) || known.Below.Any())
            {
                continue;
            }
            Assert.Equal(Unplaced(known, known), Unplaced(node, known));
        }
        foreach (ActivityNode flowchart in after.Root.SelfAndBelow().Where(x => x.Type == "Elsa.Flowchart"))
        {
            AssertPlaced(flowchart, old, catalog);
        }
        Assert.Equal(
            after.Root.SelfAndBelow().Count(x => x.Id != after.Root.Id || after.Root.Type is not ("Elsa.Flowchart" or "Elsa.Sequence")) - Holders(after.Root),
            Outline.Of(after, catalog).Steps.Select(x => x.Node.Id).Distinct().Count());
    }

    private static void AssertConnected(ActivityNode holder)
    {
        HashSet<string> ids = [.. holder.Children.Select(x => x.Id)];
        Assert.All(holder.Connections, x => Assert.True(ids.Contains(x.Source) && ids.Contains(x.Target), $"{x.Source} -> {x.Target} dangles in {holder.Id}."));
        Assert.Equal(holder.Connections.Length, holder.Connections.DistinctBy(x => (x.Source, x.SourcePort, x.Target)).Count());
    }

    // A step that had no place gets one where no other stands; one that had keeps it.
    private static void AssertPlaced(ActivityNode flowchart, Dictionary<string, ActivityNode> old, ActivityCatalog catalog)
    {
        foreach (ActivityNode child in flowchart.Children.Where(x => !old.TryGetValue(x.Id, out ActivityNode? known) || StepBox.PositionOf(known.Json) != StepBox.PositionOf(x.Json)))
        {
            StepBox box = StepBox.Of(child, catalog.Find(child.Type));
            Assert.NotNull(StepBox.PositionOf(child.Json));
            Assert.All(flowchart.Children.Where(x => x.Id != child.Id), x => Assert.False(StepBox.Of(x, catalog.Find(x.Type)).IsNear(box, 0), $"{child.Id} lies on {x.Id}."));
        }
    }

    // Containers in ports are no steps of their own in an outline.
    private static int Holders(ActivityNode node) =>
        node.Ports.Values.Count(x => x.Type is "Elsa.Flowchart" or "Elsa.Sequence") + node.Below.Sum(Holders);

    private static string Unplaced(ActivityNode node, ActivityNode known)
    {
        JsonObject copy = node.Json.DeepClone().AsObject();
        if (StepBox.PositionOf(known.Json) is null)
        {
            copy.Remove("metadata");
        }
        return copy.ToJsonString();
    }
}
