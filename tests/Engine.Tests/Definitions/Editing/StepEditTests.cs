using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Editing;
using Assize.TestKit.Definitions;
using Xunit;
using static Assize.TestKit.Definitions.Draw;

namespace Assize.Engine.Tests.Definitions.Editing;

public sealed class StepEditTests
{
    private static readonly WorkflowDefinition s_drawn = Workflow(
        Flowchart("flow", [Task("a"), Fork("fork", "Left", "Right"), End("end"), Write("other")], "a -> fork", "fork:Left -> end", "fork:Right -> other"),
        json => json["variables"]!.AsArray().Add(Variable("who", "String")));

    [Fact]
    public void To_WithTheSameValues_ChangesNoByte()
    {
        var edit = new StepEdit { Title = "a", Note = "", Inputs = Inputs(("taskName", "Literal", "a")) };

        Assert.Equal(s_drawn.Json.ToJsonString(), Applied(edit, "a").Definition.Json.ToJsonString());
    }

    [Fact]
    public void To_WithATitleAndAnInput_ChangesThem_AndKeepsMembersItDoesNotKnow()
    {
        var drawn = Workflow(Flowchart("flow", [Task("a"), End("end")], "a -> end"), json =>
        {
            json["root"]!["activities"]![0]!["vendor"] = new JsonObject { ["x"] = 1.50m };
            json["root"]!["activities"]![0]!["taskName"]!["vendor"] = true;
        });

        var step = Applied(new StepEdit { Title = "Call", Inputs = Inputs(("taskName", "JavaScript", "'b'")) }, "a", drawn).Definition.Root.Children[0];

        Assert.Equal("Call", step.DisplayText);
        Assert.Equal(("JavaScript", "'b'"), (step.Inputs["taskName"].Expression!.Type, step.Inputs["taskName"].Expression!.Value!.GetValue<string>()));
        Assert.True(step.Json["taskName"]!["vendor"]!.GetValue<bool>());
        Assert.Equal("""{"x":1.50}""", step.Json["vendor"]!.ToJsonString());
    }

    [Fact]
    public void To_WithAVariable_WritesItAsStudioDoes()
    {
        var step = Applied(new StepEdit { Inputs = Inputs(("text", "Variable", "who")) }, "other").Definition.Root.Children[3];

        Assert.Equal("who", step.Inputs["text"].Expression!.Reference);
        Assert.Equal("Variable", step.Inputs["text"].Expression!.Type);
    }

    [Fact]
    public void To_WithAnOutcomeRenamed_KeepsItsConnection()
    {
        var edited = Applied(new StepEdit { Inputs = Inputs(("branches", "Object", "Port\nRight")) }, "fork");

        Assert.Equal(["Done", "Port", "Right"], edited.Definition.Root.Connections.Select(arrow => arrow.SourcePort));
        Assert.Empty(edited.Notes);
    }

    [Fact]
    public void To_WithAnOutcomeTakenAway_TakesItsConnection_AndSaysSo()
    {
        var edited = Applied(new StepEdit { Inputs = Inputs(("branches", "Object", "Right")) }, "fork");

        Assert.Equal([("a", "fork"), ("fork", "other")], edited.Definition.Root.Connections.Select(arrow => (arrow.Source, arrow.Target)));
        Assert.Equal("“Left” is gone, and with it the way to end.", Assert.Single(edited.Notes));
    }

    [Fact]
    public void To_WithCases_KeepsWhatElseTheyHold_AndTheirConnections()
    {
        var cases = new JsonArray(Case("One", "a > 1"), Case("Two", "a > 2"));
        cases[0]!["vendor"] = 1;
        var drawn = Flow([Activity("switch", "Elsa.FlowSwitch", ("cases", cases)), End("end")], "switch:One -> end");
        var wanted = InputCase.Of(drawn.Root.Children[0], TestActivities.Table.Catalog.Find("Elsa.FlowSwitch")!.Inputs[0]);

        var edited = Applied(new StepEdit { Cases = ImmutableDictionary<string, ImmutableArray<InputCase>>.Empty.Add("cases", [wanted[0] with { Label = "First" }, wanted[1], new InputCase(null, "Three", "JavaScript", "a > 3")]) }, "switch", drawn);

        var step = edited.Definition.Root.Children[0];
        Assert.Equal(["First", "Two", "Three"], step.Json["cases"]!.AsArray().Select(item => item!["label"]!.GetValue<string>()));
        Assert.Equal(1, step.Json["cases"]![0]!["vendor"]!.GetValue<int>());
        Assert.Equal(["switch:First->end"], edited.Definition.Root.Connections.Select(arrow => $"{arrow.Source}:{arrow.SourcePort}->{arrow.Target}"));
    }

    [Fact]
    public void To_AStepThatIsGone_IsRefused() =>
        Assert.Equal("step-unknown", Assert.IsType<NotEdited>(new StepEdit().To(s_drawn, "none", TestActivities.Table.Catalog)).Code);

    private static JsonObject Case(string label, string condition) =>
        new() { ["label"] = label, ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = condition } };

    private static ImmutableDictionary<string, InputText> Inputs(params (string Member, string Syntax, string Text)[] inputs) =>
        inputs.ToImmutableDictionary(input => input.Member, input => new InputText(input.Syntax, input.Text));

    private static Edited Applied(StepEdit edit, string stepId, WorkflowDefinition? drawn = null) =>
        Assert.IsType<Edited>(edit.To(drawn ?? s_drawn, stepId, TestActivities.Table.Catalog));
}
