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

    /// <summary>Null where nothing is known against it; the limits of a running script hold all the same.</summary>
    public static string? Problem(Prepared<Script> script) =>
        script.ReferencedGlobals?.FirstOrDefault(Outside.Contains) is { } name
            ? $"the script reaches outside with “{name}”, and there is nothing outside: it has the workflow's variables and inputs, and its own code"
            : script.Program is { } program && program.DescendantNodes().FirstOrDefault(IsEndless) is { } loop
                ? $"the loop in line {loop.Location.Start.Line} has nothing that ends it"
                : null;

    private static bool IsEndless(Node node) => node switch
    {
        WhileStatement { Test: BooleanLiteral { Value: true } or NumericLiteral { Value: not 0 } } loop => !IsLeft(loop.Body),
        DoWhileStatement { Test: BooleanLiteral { Value: true } or NumericLiteral { Value: not 0 } } loop => !IsLeft(loop.Body),
        ForStatement { Test: null or BooleanLiteral { Value: true } } loop => !IsLeft(loop.Body),
        _ => false,
    };

    private static bool IsLeft(Statement body) => body.DescendantNodesAndSelf().Any(x => x is BreakStatement or ReturnStatement or ThrowStatement);
}
