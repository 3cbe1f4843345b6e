using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Tests.Stepping;
using Assize.TestKit.Definitions;
using Xunit;
using static Assize.TestKit.Definitions.Draw;

namespace Assize.Engine.Tests.Definitions;

/// <summary>What a script names: verification refuses what gives nothing or an incident when it runs, and nothing else.</summary>
public sealed class ScriptMentionTests
{
    [Theory]
    [InlineData("getVariable('Plea')")]
    [InlineData("getVariable(1 > 2 ? 'Plea' : 'verdict')")]
    [InlineData("setVariable('Plea', 1)")]
    [InlineData("setVariable('plea-id', 1); getVariable('plea-id')")]
    [InlineData("variables.Plea = variables['verdict']")]
    [InlineData("const { Plea, verdict: found = 1 } = variables; found")]
    [InlineData("setPlea(1); setVerdict(getPlea()); getverdict() + getVerdict()")]
    [InlineData("getCaseRef() + getInput('anything')")]
    [InlineData("getVariable('Ty' + 'po')")]
    [InlineData("const name = 'Typo'; variables[name]")]
    [InlineData("'getVariable(`Typo`)'")]
    [InlineData("'Typo' in variables || variables.hasOwnProperty('Typo')")]
    [InlineData("const of = { variables: { Typo: 1 }, getTypo: () => 1 }; of.variables.Typo + of.getTypo()")]
    [InlineData("getPlea(); function setVariable(name) { return name } setVariable('Typo')")]
    [InlineData("getVariable('Plea'); (getVariable => getVariable('Typo'))(x => x)")]
    [InlineData("getPlea(); (({ getVariable = x => x }, [getTypo], ...variables) => getVariable('Typo') + getTypo() + variables.Typo)({}, [x => x])")]
    [InlineData("getPlea(); const setTypo = x => x; setTypo(1)")]
    [InlineData("getPlea(); let variables = { Typo: 1 }; variables.Typo")]
    [InlineData("getPlea(); class variables { static Typo = 1 } variables.Typo")]
    [InlineData("getPlea(); try { throw x => x } catch (getTypo) { getTypo('Typo') }")]
    [InlineData("typeof getTypo === 'function' ? getTypo() : 1")]
    [InlineData("globalThis.getTypo = () => 1; getTypo()")]
    public void Verify_NamesThatAreThere_OrAreTheScriptsOwn_AreLeftAlone(string script)
    {
        var definition = Case(Run("s", script));

        Assert.Empty(Verify(definition));
        Assert.Empty(new Stepper(definition).Start(new JsonObject { ["caseRef"] = "T1" }).State.Incidents);
    }

    [Theory]
    [InlineData("setVariable('Typo', 1)", "variable-unknown", "there are Plea, verdict.")]
    [InlineData("setVariable(`plea`, 1)", "variable-unknown", "\"Plea\" comes nearest.")]
    [InlineData("getVariable('Vredict')", "variable-unknown", "\"verdict\" comes nearest.")]
    [InlineData("getVariable('plea-id')", "variable-unknown", "there are Plea, verdict.")]
    [InlineData("getVariable(1 > 2 ? 'Plea' : 'Typo')", "variable-unknown", "\"Typo\" is none")]
    [InlineData("variables.Typo", "variable-unknown", "\"Typo\" is none")]
    [InlineData("variables?.['Typo']", "variable-unknown", "\"Typo\" is none")]
    [InlineData("variables.Typo = 1; getVariable('Typo')", "variable-unknown", "\"Typo\" is none")]
    [InlineData("const { Typo } = variables; Typo", "variable-unknown", "\"Typo\" is none")]
    [InlineData("let typo; ({ Typo: typo } = variables); typo", "variable-unknown", "\"Typo\" is none")]
    [InlineData("const get = (variables) => variables.Mine; setVariable('Typo', 1)", "variable-unknown", "\"Typo\" is none")]
    [InlineData("getTypo()", "function-unknown", "\"getTypo\" stands for no variable in reach and no input: there are getPlea, getVerdict.")]
    [InlineData("getplea()", "function-unknown", "\"getPlea\" comes nearest.")]
    [InlineData("setTypo(1)", "function-unknown", "\"setTypo\" sets no variable in reach: there are setPlea, setVerdict.")]
    [InlineData("setCaseRef(1)", "function-unknown", "\"setCaseRef\" sets no variable in reach")]
    [InlineData("getPayload()", "function-unknown", "\"getPayload\" stands for no variable")]
    public void Verify_NameOfNothing_IsRefused_AndGivesNothingWhenItRuns(string script, string code, string said)
    {
        var definition = Case(Run("s", script));

        var problem = Assert.Single(Verify(definition));
        Assert.Equal((code, "s", "Script"), (problem.Code, problem.ActivityId, problem.Field));
        Assert.StartsWith("Expected a script of s to ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
        var state = new Stepper(definition).Start(new JsonObject { ["caseRef"] = "T1" }).State;
        Assert.True(state.Incidents.Length == 1 || state.Results["s"]!["Result"] is null);
    }

    [Fact]
    public void Verify_VariableOfAContainer_IsThereWithinItOnly()
    {
        JsonObject within = Sequence("inner", Write("n", "getVariable('n')")), without = Write("out", "getVariable('n')");
        within["variables"] = new JsonArray(Variable("n", "Int32"));

        var problem = Assert.Single(Verify(Workflow(Sequence("s", within, without))));

        Assert.Equal(("variable-unknown", "out", "Text"), (problem.Code, problem.ActivityId, problem.Field));
        Assert.EndsWith("there are none.", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Elsa.For", "CurrentValue", "")]
    [InlineData("Elsa.For", "CurrentIndex", "body")]
    [InlineData("Elsa.ForEach", "CurrentIndex", "")]
    [InlineData("Elsa.ParallelForEach", "CurrentValue", "")]
    [InlineData("Elsa.While", "CurrentValue", "body")]
    public void Verify_WhatALoopIsAt_IsThereInItsBody(string loop, string name, string refused) =>
        Assert.Equal(refused, string.Join(' ', Verify(Workflow(Activity("loop", loop, ("body", Write("body", $"getVariable('{name}')"))))).Select(p => p.ActivityId)));

    [Fact]
    public void Verify_WhatALoopIsAt_IsNotThereForTheLoopItself() =>
        Assert.Equal("loop", Assert.Single(Verify(Workflow(Activity("loop", "Elsa.ForEach", ("items", Script("[getVariable('CurrentValue')]")))))).ActivityId);

    [Fact]
    public void Verify_VariableOfAWorkflowUsedAsAnActivity_IsNotThereForItsInputs()
    {
        var used = Workflow(Write("inner"), d => (d["variables"], d["inputs"]) = (new JsonArray(Variable("n", "Int32")), new JsonArray(new JsonObject { ["name"] = "start" })), "sub");
        var definition = Workflow(Activity("used", "Sub", ("workflowDefinitionId", "sub"), ("start", Script("getVariable('n')"))));

        Assert.Equal("variable-unknown", Assert.Single(Verify(definition, (_, _) => used)).Code);
    }

    [Fact]
    public void Verify_ConditionOfACase_MustNameWhatIsThere()
    {
        var cases = new JsonArray(new JsonObject { ["label"] = "x", ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "getVariable('Typo')" } });

        var problem = Assert.Single(Verify(Case(Activity("switch", "Elsa.FlowSwitch", ("cases", cases)))));

        Assert.Equal(("variable-unknown", "Cases"), (problem.Code, problem.Field));
    }

    [Fact]
    public void Verify_ScriptTypedAsText_IsReadAsAScript()
    {
        Assert.Equal("expression-unreadable", Assert.Single(Verify(Case(Run("s", "1 +")))).Code);
        Assert.Empty(Verify(Case(Write("w"), Activity("line", "Elsa.WriteLine", ("text", Literal("setVariable('Typo', 1)"))))));
    }

    [Fact]
    public void Verify_WhatAnEventHandsOver_NeedsNoDeclaration()
    {
        var rung = Activity("rung", "Elsa.Event", ("eventName", Literal("rung")), ("customProperties", new JsonObject { ["canStartWorkflow"] = true }));

        Assert.Empty(Verify(Case(rung, Write("w", "getPayload()"))));
    }

    [Theory]
    [InlineData("setOutcome('Yes')", "yes")]
    [InlineData("setOutcome(1 > 2 ? 'Yes' : 'No')", "no")]
    [InlineData("setOutcomes(['Yes', 'No'])", "no yes")]
    [InlineData("setOutcome('Later')", "")]
    [InlineData("setOutcome('Ye' + 's')", "yes")]
    [InlineData("getVariable; const setOutcome = x => x; setOutcome('Typo')", "")]
    public void Verify_OutcomesThatTheStepHas_AreLeftAlone(string script, string written)
    {
        var definition = Choosing(script, "s:Yes -> yes", "s:No -> no");

        Assert.Empty(Verify(definition));
        Assert.Equal(written, string.Join(' ', new Stepper(definition).Start().Written.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("setOutcome('Typo')", "")]
    [InlineData("setOutcome(1 > 2 ? 'Yes' : 'Typo')", "")]
    [InlineData("setOutcomes(1 > 2 ? ['Yes'] : ['Typo'])", "")]
    [InlineData("setOutcomes(['Yes', 'Typo'])", "yes")]
    [InlineData("setOutcomes('Yes', `Typo`)", "yes")]
    [InlineData("setOutcome('Typo'); setOutcomes(['Typo'])", "")]
    public void Verify_OutcomeThatLeadsNowhere_IsRefused(string script, string written)
    {
        var definition = Choosing(script, "s:Yes -> yes", "s:No -> no");

        var problem = Assert.Single(Verify(definition));
        Assert.Equal(("outcome-undeclared", "s", "Script"), (problem.Code, problem.ActivityId, problem.Field));
        Assert.Equal("Expected the script of s to set one of its outcomes (Yes, No, Later), but \"Typo\" leads nowhere.", problem.Message);
        Assert.Equal(written, string.Join(' ', new Stepper(definition).Start().Written));
    }

    [Fact]
    public void Verify_OutcomeWhereNothingLeadsOn_IsTheEndOfTheBranch()
    {
        Assert.Empty(Verify(Choosing("setOutcome('Typo')")));
        Assert.True(new Stepper(Choosing("setOutcome('Typo')")).Start().IsFinished);
    }

    [Fact]
    public void Verify_OutcomeInASequence_IsNotLookedAt()
    {
        var definition = Case(Run("s", "setOutcome('Typo')"), Write("w"));

        Assert.Empty(Verify(definition));
        Assert.Equal(["w"], new Stepper(definition).Start().Written);
    }

    [Fact]
    public void Verify_OutcomesThatAreComputed_AreNotKnown() =>
        Assert.Empty(Verify(Flow([Activity("s", "Elsa.RunJavaScript", ("script", Script("setOutcome('Any')")), ("possibleOutcomes", Script("['Any']"))), Write("yes")], "s:Yes -> yes")));

    [Fact]
    public void Verify_OutcomeSetByAnyOtherStep_IsRefused_UnlessAVariableIsCalledSo()
    {
        var definition = Case(Write("w", "setOutcome('Yes')"));

        Assert.Equal("outcome-elsewhere", Assert.Single(Verify(definition)).Code);
        Assert.Equal("script-failed", new Stepper(definition).Start().Incident.Code);
        Assert.Empty(Verify(Workflow(Write("w", "setOutcome('Yes')"), d => d["variables"]!.AsArray().Add(Variable("outcome", "String")))));
    }

    private static WorkflowDefinition Case(params JsonObject[] steps) => Workflow(Sequence("case", steps), d =>
    {
        var plea = Variable("Plea", "Object", "{}");
        plea["id"] = "plea-id";
        d["variables"]!.AsArray().Add(plea);
        d["variables"]!.AsArray().Add(Variable("verdict", "String", "none"));
        d["inputs"] = new JsonArray(new JsonObject { ["name"] = "caseRef", ["type"] = "String" });
    });

    private static WorkflowDefinition Choosing(string script, params string[] connections)
    {
        var step = Run("s", script);
        step["possibleOutcomes"] = Wrapped("Object", """["Yes", "No", "Later"]""");
        return Flow(connections is [] ? [step] : [step, Write("yes"), Write("no")], connections);
    }

    private static JsonObject Run(string id, string script) => Activity(id, "Elsa.RunJavaScript", ("script", Literal(script)));

    private static JsonObject Write(string id) => Draw.Write(id);

    private static JsonObject Write(string id, string script) => Activity(id, "Elsa.WriteLine", ("text", Script(script)));

    private static IReadOnlyList<DefinitionProblem> Verify(WorkflowDefinition definition, Func<string, int?, WorkflowDefinition?>? inlined = null) =>
        Verifier.Verify(definition, TestActivities.Table.Catalog, Evaluator.Read, inlined);
}
