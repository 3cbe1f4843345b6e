using System.Text.Json.Nodes;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;

namespace Assize.Engine.Expressions;

/// <summary>The names that Elsa's scripts know. Only those that a script mentions are made.</summary>
internal static class ScriptGlobals
{
    /// <summary>The function that reads the result; it runs as a script does, under the script's limits.</summary>
    public const string Result = " result";

    public static void Define(Jint.Engine engine, ExpressionScope scope, JavaScript.ReadScript script, HandedOver handed, Func<JsValue, JsValue> take)
    {
        SeededChance chance = new(scope.Seed);
        JsValue Random(JsValue self, JsValue[] args) => chance.Next();
        if (!script.IsBare)
        {
            ((ObjectInstance)engine.Global.Get("Math")).FastSetProperty("random", Hidden(Function(engine, "random", Random)));
        }
        engine.Global.FastSetProperty(Result, new PropertyDescriptor(
            Function(engine, Result, (_, args) => take(At(args, 0))), writable: false, enumerable: false, configurable: false));
        if (script.Script.ReferencedGlobals is not { } mentioned)
        {
            return;
        }
        foreach (string name in mentioned)
        {
            if (Find(engine, scope, name, Random, handed) is { } value)
            {
                engine.Global.FastSetProperty(name, Hidden(value));
            }
        }
    }

    private static JsValue? Find(Jint.Engine engine, ExpressionScope scope, string name, Func<JsValue, JsValue[], JsValue> random, HandedOver handed)
    {
        JsValue Give(JsonNode? value) => ScriptValues.ToScript(engine, value, handed);
        return name switch
        {
            "getVariable" => Function(engine, name, (_, args) => Give(Variable(scope, Text(args, 0)))),
            "setVariable" => Function(engine, name, (_, args) => Set(engine, scope, Text(args, 0), At(args, 1))),
            "variables" => Members(engine, scope.Variables.Keys, key => Give(Variable(scope, key)), (key, value) => Set(engine, scope, key, value)),
            "getInput" => Function(engine, name, (_, args) => Give(scope.Inputs.GetValueOrDefault(Text(args, 0)))),
            "input" => Members(engine, scope.Inputs.Keys, key => Give(scope.Inputs[key]), null),
            "getOutputFrom" => Function(engine, name, (_, args) => Give(Output(scope, Text(args, 0), args.Length > 1 ? Text(args, 1) : null))),
            "getCorrelationId" => Function(engine, name, (_, _) => scope.CorrelationId is { } id ? new JsString(id) : JsValue.Null),
            "getWorkflowInstanceId" => Function(engine, name, (_, _) => new JsString(scope.InstanceId)),
            "now" => Function(engine, name, (_, _) => new JsDate(engine, scope.Now)),
            "random" => Function(engine, name, random),
            "setOutcome" or "setOutcomes" when scope.SetOutcomes is { } take => Function(engine, name, (_, args) => Outcomes(take, args)),
            _ => Accessor(engine, scope, name, Give),
        };
    }

    // Elsa's getName() and setName(value), one pair for each variable, and getName() for each input.
    private static ClrFunction? Accessor(Jint.Engine engine, ExpressionScope scope, string name, Func<JsonNode?, JsValue> give)
    {
        string? rest = name.Length > 3 ? name[3..] : null;
        if (rest is null)
        {
            return null;
        }
        string? variable = Like(scope.Variables.Keys, rest);
        if (name.StartsWith("set", StringComparison.Ordinal) && variable is not null)
        {
            return Function(engine, name, (_, args) => Set(engine, scope, variable, At(args, 0)));
        }
        if (!name.StartsWith("get", StringComparison.Ordinal))
        {
            return null;
        }
        string? input = Like(scope.Inputs.Keys, rest);
        return variable is not null ? Function(engine, name, (_, _) => give(Variable(scope, variable)))
            : input is not null ? Function(engine, name, (_, _) => give(scope.Inputs[input]))
            : null;
    }

    private static string? Like(IEnumerable<string> names, string pascal) =>
        names.FirstOrDefault(n => n == pascal) ?? names.FirstOrDefault(n => n.Length > 0 && char.ToUpperInvariant(n[0]) + n[1..] == pascal);

    private static JsonNode? Variable(ExpressionScope scope, string name) => scope.Variables.GetValueOrDefault(name);

    private static JsValue Set(Jint.Engine engine, ExpressionScope scope, string name, JsValue value)
    {
        scope.SetVariable(name, ScriptValues.ToJson(value));
        return JsValue.Undefined;
    }

    private static JsonNode? Output(ExpressionScope scope, string activity, string? output)
    {
        JsonObject? all = scope.Result(activity);
        if (all is null)
        {
            return null;
        }
        return output is null
            ? all.Where(o => string.Equals(o.Key, "result", StringComparison.OrdinalIgnoreCase)).Select(o => o.Value).FirstOrDefault()
            : all.Where(o => string.Equals(o.Key, output, StringComparison.OrdinalIgnoreCase)).Select(o => o.Value).FirstOrDefault();
    }

    private static JsValue Outcomes(Action<IReadOnlyList<string>> take, JsValue[] args)
    {
        IEnumerable<JsValue> chosen = args is [JsArray list] ? list : args;
        take([.. chosen.Select(o => TypeConverter.ToString(o))]);
        return JsValue.Undefined;
    }

    private static JsObject Members(Jint.Engine engine, IEnumerable<string> names, Func<string, JsValue> get, Action<string, JsValue>? set)
    {
        JsObject members = new(engine);
        foreach (string name in names)
        {
            ClrFunction? setter = set is null ? null : Function(engine, name, (_, args) =>
            {
                set(name, At(args, 0));
                return JsValue.Undefined;
            });
            members.FastSetProperty(name, new GetSetPropertyDescriptor(
                Function(engine, name, (_, _) => get(name)), setter ?? JsValue.Undefined, enumerable: true, configurable: false));
        }
        return members;
    }

    private static ClrFunction Function(Jint.Engine engine, string name, Func<JsValue, JsValue[], JsValue> body) => new(engine, name, body);

    private static PropertyDescriptor Hidden(JsValue value) => new(value, writable: false, enumerable: false, configurable: true);

    private static string Text(JsValue[] args, int index) => TypeConverter.ToString(At(args, index));

    private static JsValue At(JsValue[] args, int index) => index < args.Length ? args[index] : JsValue.Undefined;
}
