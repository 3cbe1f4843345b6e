using Acornima.Ast;

namespace Assize.Engine.Expressions;

/// <summary>The names that a plain script may use: none of them takes longer than what it is given is long, or comes to much more.</summary>
internal static class PlainNames
{
    private static readonly HashSet<string> Functions = new(StringComparer.Ordinal)
    {
        "getVariable", "getInput", "getOutputFrom", "getCorrelationId", "getWorkflowInstanceId", "now", "random",
        "String", "Number", "Boolean", "parseInt", "parseFloat", "isNaN", "isFinite",
    };

    private static readonly HashSet<string> Values = new(StringComparer.Ordinal)
    {
        "variables", "input", "undefined", "NaN", "Infinity", "Object", "Array", "Math", "JSON", "Date",
    };

    private static readonly HashSet<string> Taking = new(StringComparer.Ordinal)
    {
        "map", "filter", "find", "findIndex", "findLast", "some", "every", "forEach", "flatMap", "reduce", "sort",
    };

    private static readonly HashSet<string> Methods = new(StringComparer.Ordinal)
    {
        "keys", "values", "entries", "fromEntries", "isArray", "isInteger", "UTC", "parse", "stringify",
        "at", "slice", "concat", "includes", "indexOf", "lastIndexOf", "join", "reverse", "flat", "hasOwnProperty",
        "trim", "trimStart", "trimEnd", "toUpperCase", "toLowerCase", "startsWith", "endsWith", "substring", "charAt", "charCodeAt",
        "split", "replace", "replaceAll", "padStart", "padEnd", "repeat", "toString", "toFixed",
        "getTime", "getFullYear", "getMonth", "getDate", "getDay", "getHours", "getMinutes", "getSeconds",
        "getUTCFullYear", "getUTCMonth", "getUTCDate", "getUTCDay", "getUTCHours", "getUTCMinutes",
        "setFullYear", "setMonth", "setDate", "setHours", "setMinutes", "setUTCDate", "setUTCHours", "toISOString",
        "max", "min", "round", "floor", "ceil", "abs", "trunc", "sign", "pow", "sqrt",
    };

    // The engine looks for these on what it is given, and calls them.
    private static readonly HashSet<string> CalledUnasked = new(StringComparer.Ordinal)
    {
        "toString", "valueOf", "toJSON", "then", "next", "return", "throw", "constructor", "__proto__", "join", "get", "set",
    };

    public static bool IsGlobal(string name) => Values.Contains(name) || IsFunction(name);

    /// <summary>Elsa's getName() among them.</summary>
    public static bool IsFunction(string name) => Functions.Contains(name) || (name.StartsWith("get", StringComparison.Ordinal) && name.Length > 3);

    public static bool IsMethod(string name) => Methods.Contains(name) || TakesFunction(name);

    public static bool TakesFunction(string name) => Taking.Contains(name);

    public static bool IsKey(Node key) => key switch
    {
        Identifier identifier => !CalledUnasked.Contains(identifier.Name),
        StringLiteral text => !CalledUnasked.Contains(text.Value),
        NumericLiteral => true,
        _ => false,
    };
}
