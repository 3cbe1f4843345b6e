using System.Text.Json.Nodes;
using Assize.Engine.Expressions;
using Assize.TestKit;
using Xunit;

namespace Assize.Engine.Tests.Expressions;

public sealed class PlainScriptTests
{
    [Theory]
    [InlineData("({ hearingId: getVariable('HearingId') || getInput('hearingId'), ordered: 'Sent' })")]
    [InlineData("getVariable('NextHearingType') || 'FH'")]
    [InlineData("(getVariable('A') || {}).hearingDate || getInput('b') || ''")]
    [InlineData("const ended = Object.values(getVariable('A') || {}); ended.filter((x, i) => ended.indexOf(x) === i).sort().join(', ')")]
    [InlineData("({ TRIAL: '30 working days after now' })[getVariable('A')] || '10 working days after now'")]
    [InlineData("`Order ${getInput('id')}`")]
    [InlineData("const f = x => x + 1; [1, 2].map(f)")]
    [InlineData("Object.entries(getVariable('A')).map(([k, v]) => `${k}: ${v}`).join()")]
    [InlineData("const d = new Date(now()); d.setDate(d.getDate() + 1); d.toISOString()")]
    [InlineData("if (getPlea() === 'guilty') { return 'G' } return [1, 2].filter(Boolean)")]
    [InlineData("Math.max(...[1, 2])")]
    public void Is_ReadingAndReckoning_Plain(string script) => Assert.True(PlainOf(script));

    [Theory]
    [InlineData("for (const x of [1]) x")]
    [InlineData("let a = 1; a = 2")]
    [InlineData("setVariable('A', 1)")]
    [InlineData("variables.A = 1")]
    [InlineData("setA(1)")]
    [InlineData("new Proxy({}, {})")]
    [InlineData("Iterator.from([])")]
    [InlineData("[].constructor.from([])")]
    [InlineData("const f = []['constructor']; f(1)")]
    [InlineData("const o = { toString: () => 'x' }; `${o}`")]
    [InlineData("({ ['to' + 'String']: () => 'x' }) + ''")]
    [InlineData("({ get a() { return 1 } }).a")]
    [InlineData("({ __proto__: [] }).length")]
    [InlineData("const getA = [].push; getA(1)")]
    [InlineData("const f = x => 1; [1].map(f => f(1))")]
    [InlineData("(f => f(1))(x => x)")]
    [InlineData("[1].map([].keys)")]
    [InlineData("[[2]].forEach(Object.assign)")]
    [InlineData("'a'.replace('a', () => 'b')")]
    [InlineData("/a/.test('a')")]
    [InlineData("'a'.repeat(1e6)")]
    [InlineData("'a'['repeat'](5)")]
    [InlineData("Function.prototype.call")]
    [InlineData("this.Math")]
    [InlineData("globalThis")]
    [InlineData("1n + 2n")]
    [InlineData("String.raw`a`")]
    [InlineData("async () => 1")]
    [InlineData("class A {}")]
    [InlineData("function f() {} f()")]
    [InlineData("Symbol.iterator")]
    [InlineData("({}) instanceof Object")]
    [InlineData("JSON.stringify({}, x => x)")]
    public void Is_WhateverCallsWhatItWasNotGiven_NotPlain(string script) => Assert.False(PlainOf(script));

    [Theory]
    [InlineData("const a = getVariable('A'); a.map(x => a.map(y => a.map(z => 1)))", "statement-limit")]
    [InlineData("const f = x => f(x); f(1)", "recursion-limit")]
    [InlineData("const f = x => f(x - 1) + f(x - 1); f(1)", "recursion-limit")]
    [InlineData("const f = x => x > 60 ? 1 : f(x + 1) + f(x + 1); f(1)", "statement-limit")]
    public void Evaluate_PlainThatRunsOn_MeetsTheLimits(string script, string code)
    {
        Assert.True(PlainOf(script));
        Assert.Equal(code, Assert.Throws<ExpressionFailed>(() => Scope.JavaScript(script, Numbers(1000))).Code);
    }

    [Fact]
    public void Evaluate_PlainOnListsThatHoldEachOther_IsStopped()
    {
        string lists = "const a0 = [1, 1]; " + string.Concat(Enumerable.Range(1, 60).Select(n => $"const a{n} = [a{n - 1}, a{n - 1}]; ")) + "`${a60}`";

        Assert.True(PlainOf(lists));
        Exception stopped = Assert.ThrowsAny<Exception>(() => Scope.JavaScript(lists));
        Assert.True(stopped is ScriptLimitExceeded or ExpressionFailed { Code: "statement-limit" }, stopped.ToString());
    }

    [Fact]
    public void Evaluate_PlainThatIsHandedMuch_GivesTheSameInARoom()
    {
        string script = "getVariable('A').map(x => x + 1).join().length";

        Assert.Equal("3892", Scope.JavaScript(script, Numbers(1000)));
        Assert.Equal("288893", Scope.JavaScript(script, Numbers(50_000)));
    }

    [Fact]
    public void Is_EveryScriptOfOurOwnDefinitions_Plain()
    {
        string[] files = Directory.GetFiles(Repository.PathOf("definitions"), "*.json", SearchOption.AllDirectories);
        List<string> scripts = [.. files.SelectMany(file => ScriptsIn(JsonNode.Parse(File.ReadAllText(file)))).Distinct()];

        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.True(PlainOf(script), script));
    }

    private static IEnumerable<string> ScriptsIn(JsonNode? node) => node switch
    {
        JsonObject members => [.. members["type"]?.ToString() == "JavaScript" && members["value"] is { } script ? (string[])[script.ToString()] : [], .. members.SelectMany(member => ScriptsIn(member.Value))],
        JsonArray items => items.SelectMany(ScriptsIn),
        _ => [],
    };

    private static ExpressionScope Numbers(int count) => Scope.With(new() { ["A"] = new JsonArray([.. Enumerable.Range(0, count).Select(n => JsonValue.Create(n))]) });

    private static bool PlainOf(string script) => JavaScript.Prepare(script).IsPlain;
}
