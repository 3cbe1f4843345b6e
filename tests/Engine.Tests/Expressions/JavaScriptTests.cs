using System.Diagnostics;
using System.Text.Json.Nodes;
using Assize.Engine.Expressions;
using Xunit;

namespace Assize.Engine.Tests.Expressions;

public sealed class JavaScriptTests
{
    [Theory]
    [InlineData("1 + 1", "2")]
    [InlineData("return 'a' + 1", "\"a1\"")]
    [InlineData("getVariable('Plea')", "\"guilty\"")]
    [InlineData("variables.Plea", "\"guilty\"")]
    [InlineData("getPlea()", "\"guilty\"")]
    [InlineData("getInput('Urn') + input.Urn + getUrn()", "\"05A05A05A\"")]
    [InlineData("getOutputFrom('Ask')", "7")]
    [InlineData("getOutputFrom('Ask', 'Note')", "\"seen\"")]
    [InlineData("getOutputFrom('Nobody')", null)]
    [InlineData("getCorrelationId() + getWorkflowInstanceId()", "\"case-1instance-1\"")]
    [InlineData("setVariable('Plea', {a: [1, null]}); variables.Plea.a.length", "2")]
    [InlineData("variables.Plea = 'none'; getPlea()", "\"none\"")]
    [InlineData("setPlea('none'); getVariable('Plea')", "\"none\"")]
    [InlineData("Object.keys(variables).join()", "\"Plea,answer\"")]
    [InlineData("getAnswer()", "42")]
    [InlineData("getVariable('nothing')", null)]
    [InlineData("undefined", null)]
    [InlineData("(() => 1)", null)]
    [InlineData("NaN", null)]
    [InlineData("now()", "\"2026-07-01T09:30:00.000Z\"")]
    [InlineData("({a: undefined, b: [undefined, 1.5, 12345678901], c: () => 1})", "{\"b\":[null,1.5,12345678901]}")]
    [InlineData("'abcabc'.replace(/b/g, '[$&]').replaceAll('c', '-')", "\"a[b]-a[b]-\"")]
    [InlineData("[1,2].join('-') + 'x'.repeat(3) + '1'.padStart(3, '0')", "\"1-2xxx001\"")]
    [InlineData("String([[1, [2]], 3]) + [1, [2, [3]]].flat().length + [1, [2, [3]]].flat(Infinity) + /a/g + new Error('b')", "\"1,2,331,2,3/a/gError: b\"")]
    [InlineData("[Math.max.bind(null, 2)(1), (function () { return this.x }).bind({ x: 5 })()].join()", "\"2,5\"")]
    [InlineData("JSON.stringify({a: 1, b: [true]}, null, 1).length", "30")]
    public void Evaluate_NamesOfElsa_GivesValue(string script, string? expected)
    {
        ExpressionScope scope = Scope.With(
            new() { ["Plea"] = "guilty", ["answer"] = 42 }, new() { ["Urn"] = "05A" });

        string? value = Scope.JavaScript(script, scope);

        Assert.Equal(expected, value);
    }

    [Fact]
    public void Evaluate_SetOutcomes_ReachesRunJavaScriptOnly()
    {
        List<string> chosen = [];

        Scope.JavaScript("setOutcomes(['A', 'B']); setOutcome('C')", Scope.With(outcomes: chosen.AddRange));

        Assert.Equal(["A", "B", "C"], chosen);
        Assert.Equal("\"undefined\"", Scope.JavaScript("typeof setOutcome"));
    }

    [Theory]
    [InlineData("new Date().toISOString()", "\"2026-07-01T09:30:00.000Z\"")]
    [InlineData("Date.now() === now().getTime()", "true")]
    [InlineData("new Date().getHours()", "10")]
    [InlineData("new Date(2026, 0, 1).toISOString()", "\"2026-01-01T00:00:00.000Z\"")]
    public void Evaluate_Clock_IsBusinessTimeInLondon(string script, string expected) => Assert.Equal(expected, Scope.JavaScript(script));

    [Fact]
    public void Evaluate_Chance_FollowsTheSeed()
    {
        const string script = "[Math.random(), random(), Math.random()]";

        string? first = Scope.JavaScript(script, Scope.With(seed: 5));

        Assert.Equal(first, Scope.JavaScript(script, Scope.With(seed: 5)));
        Assert.NotEqual(first, Scope.JavaScript(script, Scope.With(seed: 6)));
    }

    [Theory]
    [InlineData("while (true) {}", "statement-limit")]
    [InlineData("for (;;) { try { while (true) {} } finally { continue } }", "statement-limit")]
    [InlineData("[1, 2, 3].sort(() => { while (true) {} })", "statement-limit")]
    [InlineData("({ get a() { while (true) {} } })", "statement-limit")]
    [InlineData("while (true) { setOutcome }", "script-failed")]
    [InlineData("let f = () => f(); f()", "recursion-limit")]
    [InlineData("class A { constructor() { new A() } } new A()", "recursion-limit")]
    [InlineData("let o = { get a() { return this.a } }; o.a", "recursion-limit")]
    [InlineData("JSON.parse('['.repeat(100000))", "script-failed")]
    [InlineData("let a = {}; a.a = a; a", "script-failed")]
    [InlineData("let a = []; for (let i = 0; i < 20000; i++) a = [a]; a", "script-failed")]
    [InlineData("1n", "script-failed")]
    [InlineData("throw new Error('no')", "script-failed")]
    [InlineData("nobody.knows", "script-failed")]
    [InlineData("Promise.resolve(1)", "script-failed")]
    [InlineData("let", "script-unreadable")]
    public void Evaluate_Faults_AreIncidents(string script, string code) =>
        Assert.Equal(code, Assert.Throws<ExpressionFailed>(() => Scope.JavaScript(script)).Code);

    [Theory]
    [InlineData("new Array(1e9)", "memory")]
    [InlineData("Array.from({ length: 1e9 })", "memory")]
    [InlineData("let s = 'x'; for (let i = 0; i < 40; i++) s += s; s.length", "memory")]
    [InlineData("let s = 'x'; for (let i = 0; i < 40; i++) s = s.concat(s); s.length", "memory")]
    [InlineData("let a = [1]; for (let i = 0; i < 40; i++) a = a.concat(a); a.length", "memory")]
    [InlineData("'x'.repeat(5e8).length", "memory")]
    [InlineData("'x'.padEnd(5e8).length", "memory")]
    [InlineData("let s = 'x'.repeat(1e5); s.replaceAll('x', s).length", "memory")]
    [InlineData("let s = 'x'.repeat(1e5); s.replace(/x/g, s).length", "memory")]
    [InlineData("let s = 'x'.repeat(1e5); Array(1e4).fill(s).join('').length", "memory")]
    [InlineData("let s = 'x'.repeat(1e5); JSON.stringify(Array(1e4).fill(s)).length", "memory")]
    [InlineData("let s = 'x'.repeat(1e5); Array(1e4).fill(s)", "memory")]
    [InlineData("let b = 1n; for (;;) b = b * 3n + (b << 64n)", "memory")]
    [InlineData("let a = [1]; for (let i = 0; i < 40; i++) a = [a, a]; a", "memory")]
    [InlineData("/(a+)+$/.test('a'.repeat(40) + 'b')", "time")]
    public void Evaluate_Eaters_AreStoppedSoon(string script, string limit)
    {
        Stopwatch watch = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();

        ScriptLimitExceeded stopped = Assert.Throws<ScriptLimitExceeded>(() => Scope.JavaScript(script));

        Assert.Equal(limit, stopped.Limit);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * ScriptLimits.Memory);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"Expected the script to be stopped, but it ran {watch.Elapsed}");
    }

    [Theory]
    [InlineData("while (true) { setVariable('x', 1) }")]
    [InlineData("while (true) { 'x'.replace('x', 'y') }")]
    [InlineData("let a = [1]; for (let i = 0; i < 60; i++) a = [a, a]; String(a)")]
    [InlineData("let a = [1]; for (let i = 0; i < 60; i++) a = [a, a]; a.join()")]
    [InlineData("let a = [1]; for (let i = 0; i < 60; i++) a = [a, a]; a.toLocaleString()")]
    [InlineData("let a = [[]]; for (let i = 0; i < 60; i++) a = [a, a]; a.flat(Infinity)")]
    [InlineData("let o = 1; for (let i = 0; i < 60; i++) o = { source: o, flags: o, toString: RegExp.prototype.toString }; String(o)")]
    [InlineData("let o = 1; for (let i = 0; i < 60; i++) o = { name: o, message: o, toString: Error.prototype.toString }; String(o)")]
    [InlineData("let g = Math.abs; for (let i = 0; i < 60; i++) g = Array.prototype.forEach.bind([1, 1], g); g()")]
    [InlineData("let o = {}; for (let i = 0; i < 60; i++) { const p = o; o = {}; o.toString = String.prototype.concat.bind('', p, p); } String(o)")]
    public void Evaluate_LoopsThroughTheEnginesOwnFunctions_AreStopped(string script)
    {
        Exception stopped = Assert.ThrowsAny<Exception>(() => Scope.JavaScript(script));

        Assert.True(stopped is ScriptLimitExceeded or ExpressionFailed { Code: "statement-limit" }, stopped.ToString());
    }

    [Theory]
    [InlineData("typeof System + typeof require + typeof fetch + typeof process + typeof importNamespace + typeof clr + typeof XMLHttpRequest + typeof host", 8)]
    [InlineData("typeof ArrayBuffer + typeof SharedArrayBuffer + typeof Atomics + typeof WeakRef + typeof Intl + typeof Temporal + typeof ShadowRealm", 7)]
    public void Evaluate_TheOutside_DoesNotExist(string script, int names) =>
        Assert.Equal(string.Concat(Enumerable.Repeat("undefined", names)), JsonNode.Parse(Scope.JavaScript(script)!)!.GetValue<string>());

    [Theory]
    [InlineData("(x => x.constructor.constructor('return this')())(1)")]
    [InlineData("getVariable.constructor('return 1')()")]
    [InlineData("eval('1')")]
    [InlineData("new Function('return 1')()")]
    [InlineData("import('fs')")]
    [InlineData("getVariable('Plea').GetType()")]
    [InlineData("now().GetType()")]
    [InlineData("getVariable.Method.DeclaringType.Assembly.FullName")]
    [InlineData("arguments.callee.caller")]
    [InlineData("let g = (() => { return this })(); g.constructor.constructor('1')()")]
    [InlineData("with ({}) {}")]
    [InlineData("undeclared = 1")]
    public void Evaluate_Escapes_Fail(string script) =>
        Assert.Throws<ExpressionFailed>(() => Scope.JavaScript(script, Scope.With(new() { ["Plea"] = "guilty" })));

    [Fact]
    public void Evaluate_TamperedPrototypes_StayInTheirScript()
    {
        string? tampered = Scope.JavaScript("Object.prototype.x = 1; Array.prototype.push = () => 9; JSON.stringify = () => 'no'; [({}).x]");

        Assert.Equal("[1]", tampered);
        Assert.Equal("[1,\"undefined\"]", Scope.JavaScript("let a = []; a.push(1); a.push(typeof ({}).x); a"));
    }

    [Fact]
    public void Evaluate_ValuesOfState_AreCopies()
    {
        JsonObject held = new() { ["a"] = 1 };

        Scope.JavaScript("variables.Held.a = 2; getVariable('Held').a = 3", Scope.With(new() { ["Held"] = held }));

        Assert.Equal("""{"a":1}""", held.ToJsonString());
    }

    [Fact]
    public void Prepare_DeepNesting_IsRefused()
    {
        string deep = new string('(', 30_000) + "1" + new string(')', 30_000);

        Assert.NotNull(Evaluator.Read(new("JavaScript", deep)).Problem);
        Assert.NotNull(Evaluator.Read(new("JavaScript", new string(' ', 70_000))).Problem);
        Assert.Null(Evaluator.Read(new("JavaScript", "1")).Problem);
    }

    [Theory]
    [InlineData("/a(b|c)*d/;")]
    [InlineData("for(;x;)")]
    [InlineData("x=>")]
    [InlineData("`${")]
    public void Problem_SourceThatIsHardToRead_IsToldSoon(string repeated)
    {
        Stopwatch watch = Stopwatch.StartNew();

        Evaluator.Read(new("JavaScript", string.Concat(Enumerable.Repeat(repeated, 65_000 / repeated.Length)) + "1"));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"Expected the script to be read, but that took {watch.Elapsed}");
    }
}
