using System.Diagnostics;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Expressions.Rooms;
using Xunit;

namespace Assize.Engine.Tests.Expressions;

/// <summary>Scripts made on purpose to run on, or to eat, inside one call of the engine, where no limit is looked at.</summary>
public sealed class HostileScriptTests
{
    private const string Unending = "{ [Symbol.iterator]: () => ({ value: ['a', 1], next: Object.prototype.valueOf }) }";

    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(500);

    // Two rooms may have to be opened first, on a machine with other work.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    // For the machine's other work.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(15);

    public static TheoryData<string> Hostile =>
    [
        "let p = {}; for (let i = 0; i < 60; i++) p = new Proxy(p, p); p.x",
        "let p = {}; for (let i = 0; i < 60; i++) p = new Proxy(p, p); for (const k in p) ;",
        "let p = {}; for (let i = 0; i < 60; i++) p = new Proxy(p, p); 'x' in p",
        "let p = () => 1; for (let i = 0; i < 60; i++) p = new Proxy(p, p); p()",
        "let p = {}; for (let i = 0; i < 60; i++) p = new Proxy(p, p); Object.keys(p)",
        "Iterator.from({ next: Object.prototype.valueOf }).forEach(Math.abs)",
        "Iterator.from({ next: Object.prototype.valueOf }).some(Object.is)",
        "Iterator.from({ next: Object.prototype.valueOf }).every(Object)",
        "Iterator.from({ next: Object.prototype.valueOf }).filter(Object.is).next()",
        "Iterator.from({ next: Object.prototype.valueOf }).drop(Infinity).next()",
        "Iterator.from({ next: Object.prototype.valueOf }).reduce(Math.max, 0)",
        $"new Set({Unending})",
        $"new Map({Unending})",
        "const f = () => Iterator.from({ next: Object.prototype.valueOf }).forEach(Math.abs); for (const x of { [Symbol.iterator]: () => ({ value: 1, next: Object.prototype.valueOf, return: f }) }) break;",
        "const f = () => Iterator.from({ next: Object.prototype.valueOf }).forEach(Math.abs); new Map({ [Symbol.iterator]: () => ({ value: 1, next: Object.prototype.valueOf, return: f }) })",
        "const f = () => Iterator.from({ next: Object.prototype.valueOf }).forEach(Math.abs); function* g() { try { yield 1 } finally { f() } } for (const x of g()) break;",
        "let s = 'a'.repeat(3e5) + 'b'; s.replace(/(a+)+c/g, '')",
        "let s = 'a'.repeat(3e5) + 'b'; s.split(/(a+)+c/)",
        "let b = 3n ** 200000n; for (let i = 0; i < 50; i++) b.toString(); 1",
        "let x = 'a'.repeat(4e6), y = []; for (let i = 0; i < 400; i++) y.push(x + i); y.map(encodeURIComponent).length",
        "let s = 'a'.repeat(1e6); `" + string.Concat(Enumerable.Repeat("${s}", 3000)) + "`",
    ];

    public static TheoryData<string> HostileTemplates =>
    [
        "{% assign s = 'x' %}{% for i in (1..40) %}{% assign s = s | append: s %}{% endfor %}",
        "{% assign s = 'xxxxxxxxxx' %}{% for i in (1..17) %}{% assign s = s | append: s %}{% endfor %}{% for i in (1..90000) %}{% assign t = s | append: i | upcase | downcase | reverse %}{% endfor %}",
        "{% assign s = 'ab' %}{% for i in (1..18) %}{% assign s = s | append: s %}{% endfor %}{% for i in (1..9000) %}{% assign t = s | split: 'b' | sort | uniq | join: 'x' %}{% endfor %}",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Evaluate_Hostile_IsGivenUpSoon(string script) => AssertGivenUp("JavaScript", script);

    [Theory]
    [MemberData(nameof(HostileTemplates))]
    public void Evaluate_HostileTemplate_IsGivenUpSoon(string template) => AssertGivenUp("Liquid", template);

    [Fact]
    public void Evaluate_AfterAHostileScript_GoesOn()
    {
        Assert.Throws<ScriptLimitExceeded>(() => Scope.JavaScript(Hostile.First().Data));

        Assert.Equal("[1,4]", Scope.JavaScript("const a = []; for (const x of [1, 2]) a.push(x * x); a"));
    }

    [Theory]
    [InlineData("let p = {}; for (let i = 0; i < 60; i++) p = new Proxy(p, p); p.x")]
    [InlineData("Iterator.from({ next: Object.prototype.valueOf }).forEach(Math.abs)")]
    public void Evaluate_InAnOpenRoom_IsGivenUpByItsLimitAndTheGrace(string script)
    {
        using Room room = Room.Open();
        Stopwatch watch = Stopwatch.StartNew();

        ScriptLimitExceeded given = Assert.Throws<ScriptLimitExceeded>(() => room.Evaluate(new Expression("JavaScript", script), Scope.With() with { Time = Time }));

        Assert.Equal("time", given.Limit);
        Assert.InRange(watch.Elapsed, Time, Time + Room.Grace + Slack);
    }

    [Fact]
    public async Task Evaluate_WhileEveryPlaceIsTaken_WaitsNoLongerThanAPlaceIsKept()
    {
        using OpenRooms rooms = new(places: 1);
        TaskCompletionSource inside = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ExpressionScope patient = Scope.With(new() { ["x"] = 0 }) with { Time = TimeSpan.FromSeconds(5), SetVariable = (_, _) => inside.TrySetResult() };
        Task<Exception?> first = Task.Run(() => Record.Exception(() => rooms.Evaluate(Runs("setVariable('x', 1); Iterator.from({ next: Object.prototype.valueOf }).forEach(Math.abs)"), patient)), Stop);
        await inside.Task.WaitAsync(Stop);

        ScriptLimitExceeded none = Assert.Throws<ScriptLimitExceeded>(() => rooms.Evaluate(Runs("for (const x of [1]) ;"), Scope.With() with { Time = Time }));

        Assert.Equal(ScriptLimitExceeded.Place, none.Limit);
        Assert.False(first.IsCompleted);
        Assert.Equal("time", Assert.IsType<ScriptLimitExceeded>(await first).Limit);
        Assert.Equal("2", rooms.Evaluate(Runs("let n = 0; for (const x of [1, 1]) n += x; n"), Scope.With())?.ToJsonString());
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Expression Runs(string script) => new("JavaScript", script);

    private static void AssertGivenUp(string language, string source)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch watch = Stopwatch.StartNew();

        Exception given = Assert.ThrowsAny<Exception>(() => Evaluator.Evaluate(new Expression(language, source), Scope.With() with { Time = Time }));

        Assert.True(given is ScriptLimitExceeded or ExpressionFailed { Code: "statement-limit" }, given.ToString());
        Assert.True(watch.Elapsed < Soon, $"Expected the script to be given up soon, but it took {watch.Elapsed}.");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, ScriptLimits.Memory);
    }
}
