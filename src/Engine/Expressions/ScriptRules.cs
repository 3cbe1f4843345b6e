using Acornima.Ast;
using Jint;

namespace Assize.Engine.Expressions;

/// <summary>What is told of a script before it runs: names of a world outside that is not there, and loops that nothing ends.</summary>
internal static class ScriptRules
{
    private static readonly HashSet<string> Outside = new(StringComparer.Ordinal)
    {
        "fetch", "XMLHttpRequest", "WebSocket", "EventSource", "Worker", "navigator", "window", "document", "self",
        "require", "process", "module", "exports", "Deno", "Bun", "Buffer", "setTimeout", "setInterval", "setImmediate",
        "System", "importNamespace", "clrHelper", "host", "eval", "Function",
    };

    private static readonly HashSet<string> Moving = new(StringComparer.Ordinal) { "now", "random", "Date", "globalThis", "Reflect" };

    /// <summary>Null where nothing is known against it; the limits of a running script hold all the same.</summary>
    public static string? Problem(Prepared<Script> script) =>
        script.ReferencedGlobals?.FirstOrDefault(Outside.Contains) is { } name
            ? $"the script reaches outside with “{name}”, and there is nothing outside: it has the workflow's variables and inputs, and its own code"
            : script.Program is { } program && program.DescendantNodes().FirstOrDefault(IsEndless) is { } loop
                ? $"the loop in line {loop.Location.Start.Line} has nothing that ends it"
                : null;

    /// <summary>Whether what it gives may depend on the instant or on chance: both come by these names, or by the object that holds all names.</summary>
    public static bool ReadsClock(string source)
    {
        try
        {
            Prepared<Script> script = JavaScript.Prepare(source).Script;
            return script.ReferencedGlobals is not { } globals || script.Program is not { } program
                || globals.Any(Moving.Contains) || program.DescendantNodes().Any(x => x is ThisExpression) || (globals.Contains("Math") && Draws(program));
        }
        catch (ExpressionFailed)
        {
            return true;
        }
    }

    // Each mention of Math has to ask for something else of it by name.
    private static bool Draws(Node program) =>
        program.DescendantNodes().Count(x => x is Identifier { Name: "Math" })
        != program.DescendantNodes().Count(x => x is MemberExpression { Computed: false, Object: Identifier { Name: "Math" }, Property: Identifier { Name: not "random" } });

    private static bool IsEndless(Node node) => node switch
    {
        WhileStatement { Test: BooleanLiteral { Value: true } or NumericLiteral { Value: not 0 } } loop => !IsLeft(loop.Body),
        DoWhileStatement { Test: BooleanLiteral { Value: true } or NumericLiteral { Value: not 0 } } loop => !IsLeft(loop.Body),
        ForStatement { Test: null or BooleanLiteral { Value: true } } loop => !IsLeft(loop.Body),
        _ => false,
    };

    private static bool IsLeft(Statement body) => body.DescendantNodesAndSelf().Any(x => x is BreakStatement or ReturnStatement or ThrowStatement);
}
