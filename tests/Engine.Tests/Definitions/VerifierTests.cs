using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.TestKit.Definitions;
using Xunit;
using static Assize.TestKit.Definitions.Draw;

namespace Assize.Engine.Tests.Definitions;

public sealed class VerifierTests
{
    [Fact]
    public void Verify_AFlowWithoutFault_FindsNothing()
    {
        var definition = Workflow(
            Flowchart(
                "flow",
                [Fork("fork", "A", "B"), Task("a"), TestActivities.Choice("b", "Yes", "No"), Join("join", "WaitAll"), SetVariable("set", "n", Script("getVariable('n') + 1")), End("end")],
                "fork:A -> a", "fork:B -> b", "a -> join", "b:Yes -> join", "b:No -> b", "join -> set", "set -> end"),
            d => d["variables"]!.AsArray().Add(Variable("n", "Int32")));

        Assert.Empty(Verify(definition));
    }

    [Fact]
    public void Verify_ActivityOfAnUnknownType_IsRefused() =>
        Expect("activity-unknown", "odd", Flow([Activity("odd", "Vendor.Unknown")]));

    [Fact]
    public void Verify_NestedActivityOfAnUnknownType_IsRefused() =>
        Expect("activity-unknown", "odd", Flow([Activity("if", "Elsa.If", ("then", Sequence("then", Activity("odd", "Vendor.Unknown"))))]));

    [Theory]
    [InlineData("a -> nowhere", "connection-dangling", "flow")]
    [InlineData("nowhere -> a", "connection-dangling", "flow")]
    [InlineData("a:Dome -> b", "port-unknown", "a")]
    [InlineData("if:true -> b", "port-unknown", "if")]
    [InlineData("end -> b", "port-unknown", "end")]
    [InlineData("fork:C -> b", "port-unknown", "fork")]
    [InlineData("switch:z -> b", "port-unknown", "switch")]
    public void Verify_ConnectionThatGoesWrong_IsRefused(string connection, string code, string activityId)
    {
        var cases = new JsonArray(new JsonObject { ["label"] = "x", ["condition"] = new JsonObject { ["type"] = "Literal", ["value"] = "True" } });

        Expect(code, activityId, Flow(
            [Write("a"), Write("b"), Decision("if", Literal("True")), End("end"), Fork("fork", "A", "B"), Activity("switch", "Elsa.FlowSwitch", ("cases", cases))],
            "switch:x -> a", "switch:Default -> a", connection));
    }

    [Fact]
    public void Verify_ConnectionIntoAnotherPort_IsRefused()
    {
        var definition = Flow([Write("a"), Write("b")], "a -> b");
        var json = JsonNode.Parse(DefinitionWriter.Write(definition))!;
        json["root"]!["connections"]![0]!["target"]!["port"] = "Inn";

        Expect("port-unknown", "b", DefinitionReader.Read(json.ToJsonString()));
    }

    [Fact]
    public void Verify_LoopThatPathsBypass_IsRefused() =>
        Expect("loop-unstructured", "b", Flow([Fork("fork", "A", "B"), Task("a"), Task("b")], "fork:A -> a", "a -> b", "fork:B -> b", "b -> a"));

    [Theory]
    [InlineData("CSharp", "1 + 1", "expression-language")]
    [InlineData("Python", "1 + 1", "expression-language")]
    [InlineData("JavaScript", "1 +", "expression-unreadable")]
    [InlineData("Liquid", "{{ broken", "expression-unreadable")]
    [InlineData("Variable", """{"id":"none","name":"none"}""", "variable-unknown")]
    [InlineData("Input", """{"name":"none"}""", "input-undeclared")]
    public void Verify_ExpressionThatCannotRun_IsRefused(string language, string source, string code) =>
        Expect(code, "write", Flow([Activity("write", "Elsa.WriteLine", ("text", Wrapped(language, source)))]));

    [Fact]
    public void Verify_ConditionOfACase_IsReadToo()
    {
        var cases = new JsonArray(new JsonObject { ["label"] = "x", ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "(" } });

        Expect("expression-unreadable", "switch", Flow([Activity("switch", "Elsa.FlowSwitch", ("cases", cases))]));
    }

    [Fact]
    public void Verify_VariableOutOfReach_IsRefused()
    {
        Expect("variable-unknown", "set", Flow([SetVariable("set", "none", Literal("1"))]));
        Expect("variable-unknown", "task", Flow([With(Task("task"), "result", new JsonObject { ["memoryReference"] = new JsonObject { ["id"] = "none" } })]));
    }

    [Fact]
    public void Verify_VariableOfTheContainerAround_IsInReach()
    {
        var outer = With(Flowchart("flow", [SetVariable("set", "n", Literal("1"))]), "variables", new JsonArray(Variable("n", "Int32")));

        Assert.Empty(Verify(Workflow(outer)));
    }

    [Fact]
    public void Verify_Inputs_AreThoseOfTheType()
    {
        Expect("input-unknown", "write", Flow([Activity("write", "Elsa.WriteLine", ("texxt", Literal("hello")))]));
        Expect("input-missing", "task", Flow([Activity("task", "Elsa.RunTask")]));
        Expect("choice-unknown", "join", Flow([Join("join", "WaitSome")]));
    }

    [Fact]
    public void Verify_WorkflowUsedAsAnActivity_MustExistAndNotBeItself()
    {
        var used = Activity("used", "Sub", ("workflowDefinitionId", "sub"));
        var sub = Workflow(Write("inner"), d => d["outcomes"] = new JsonArray("Ok"), "sub");

        Expect("workflow-unknown", "used", Flow([used]));
        Expect("port-unknown", "used", Flow([used.DeepClone().AsObject(), Write("b")], "used -> b"), (_, _) => sub);
        Assert.Empty(Verify(Flow([used.DeepClone().AsObject(), Write("b")], "used:Ok -> b"), (_, _) => sub));
        Expect("workflow-unknown", "used", Workflow(used.DeepClone().AsObject(), id: "sub"), (_, _) => sub);
    }

    [Fact]
    public void Verify_VersionThatIsNotThere_NamesThoseThatAre()
    {
        var sub = Workflow(Write("inner"), id: "sub");
        WorkflowDefinition? Find(string id, int? version) => (id, version) is ("sub", 1) ? sub : null;
        JsonObject Used(int version) => With(Activity("used", "Sub", ("workflowDefinitionId", "sub")), "version", version);

        var problem = Assert.Single(Verifier.Verify(Flow([Used(7)]), TestActivities.Table.Catalog, Evaluator.Read, Find, _ => [1]));

        Assert.Equal(("workflow-version-unknown", "used"), (problem.Code, problem.ActivityId));
        Assert.Equal("Expected used to use a version of \"sub\" that is published here (1), but it names version 7.", problem.Message);
        Assert.Empty(Verifier.Verify(Flow([Used(1)]), TestActivities.Table.Catalog, Evaluator.Read, Find, _ => [1]));
        Assert.Equal("workflow-unknown", Assert.Single(Verifier.Verify(Flow([Used(7)]), TestActivities.Table.Catalog, Evaluator.Read, Find, _ => [])).Code);
        Assert.Equal("workflow-unknown", Assert.Single(Verifier.Verify(Workflow(Used(1), id: "sub"), TestActivities.Table.Catalog, Evaluator.Read, Find, _ => [1])).Code);
    }

    private static JsonObject With(JsonObject activity, string member, JsonNode value)
    {
        activity[member] = value;
        return activity;
    }

    private static IReadOnlyList<DefinitionProblem> Verify(WorkflowDefinition definition, Func<string, int?, WorkflowDefinition?>? inlined = null) =>
        Verifier.Verify(definition, TestActivities.Table.Catalog, Evaluator.Read, inlined);

    private static void Expect(string code, string activityId, WorkflowDefinition definition, Func<string, int?, WorkflowDefinition?>? inlined = null)
    {
        var problem = Assert.Single(Verify(definition, inlined));
        Assert.Equal((code, activityId), (problem.Code, problem.ActivityId));
        Assert.StartsWith("Expected ", problem.Message, StringComparison.Ordinal);
    }
}
