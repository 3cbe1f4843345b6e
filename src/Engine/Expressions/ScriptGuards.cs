using Jint;
using Jint.Native;
using Jint.Native.Function;
using Jint.Native.Object;
using Jint.Runtime;
using Jint.Runtime.Descriptors;
using Jint.Runtime.Interop;

namespace Assize.Engine.Expressions;

/// <summary>Closes what Jint's limits leave open: single calls that allocate without bound, and what differs between machines.</summary>
internal static class ScriptGuards
{
    // Buffers allocate in one call; weak references see the garbage collector; Intl and Temporal see the machine's data.
    private static readonly JsValue[] Removed =
    [
        .. new[]
        {
            "ArrayBuffer", "SharedArrayBuffer", "DataView", "Atomics", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array",
            "Uint16Array", "Int32Array", "Uint32Array", "BigInt64Array", "BigUint64Array", "Float16Array", "Float32Array", "Float64Array",
            "TypedArray", "WeakRef", "FinalizationRegistry", "Intl", "Temporal", "ShadowRealm",
        }.Select(name => new JsString(name)),
    ];

    public static void Apply(Jint.Engine engine)
    {
        foreach (JsValue name in Removed)
        {
            engine.Global.Delete(name);
        }
        ObjectInstance text = PrototypeOf(engine, "String");
        Bound(engine, text, "repeat", (self, args) => Length(self) * Number(args, 0));
        Bound(engine, text, "padStart", (_, args) => Number(args, 0));
        Bound(engine, text, "padEnd", (_, args) => Number(args, 0));
        Bound(engine, text, "replace", Replaced);
        Bound(engine, text, "replaceAll", Replaced);
        Bound(engine, engine.Intrinsics.Array.PrototypeObject, "join", Joined);
        Bound(engine, engine.Intrinsics.Array.PrototypeObject, "flat", (self, args) => Visited(engine, self, Depth(args)));
        CountNested(engine);
        CountBound(engine);
        ((ObjectInstance)engine.Global.Get("JSON")).FastSetProperty("stringify", Own(new ClrFunction(
            engine, "stringify", (_, args) => ScriptValues.Stringify(At(args, 0), At(args, 1), At(args, 2)), 3)));
    }

    private static void Bound(Jint.Engine engine, ObjectInstance prototype, string name, Func<JsValue, JsValue[], double> length)
    {
        JsValue original = prototype.Get(name);
        prototype.FastSetProperty(name, Own(new ClrFunction(engine, name, (self, args) =>
            length(self, args) > ScriptLimits.Text ? throw new ScriptLimitExceeded("memory") : original.Call(self, args))));
    }

    // They call themselves on what they hold and run no statement while they do: sixty arrays, each of which holds the one before twice,
    // are read 2^60 times. So each call within another one counts as a statement.
    private static void CountNested(Jint.Engine engine)
    {
        int within = 0;
        ObjectInstance array = engine.Intrinsics.Array.PrototypeObject;
        foreach ((ObjectInstance prototype, string name) in (ReadOnlySpan<(ObjectInstance, string)>)[(array, "join"), (array, "toLocaleString"), (PrototypeOf(engine, "RegExp"), "toString"), (PrototypeOf(engine, "Error"), "toString")])
        {
            JsValue original = prototype.Get(name);
            prototype.FastSetProperty(name, Own(new ClrFunction(engine, name, (self, args) =>
            {
                if (within > 0)
                {
                    engine.Constraints.Check();
                }
                within++;
                try
                {
                    return original.Call(self, args);
                }
                finally
                {
                    within--;
                }
            })));
        }
    }

    // A chain of the engine's own functions, each bound to call the one before twice, runs no statement either.
    private static void CountBound(Jint.Engine engine)
    {
        ObjectInstance functions = PrototypeOf(engine, "Function");
        JsValue original = functions.Get("bind");
        functions.FastSetProperty("bind", Own(new ClrFunction(engine, "bind", (self, args) =>
        {
            JsValue bound = original.Call(self, args);
            return self is ScriptFunction ? bound : new ClrFunction(engine, "bound", (_, more) =>
            {
                engine.Constraints.Check();
                return bound.Call(JsValue.Undefined, more);
            });
        })));
    }

    // Stops at the limit, however much is held twice.
    private static double Visited(Jint.Engine engine, JsValue self, double depth)
    {
        double visited = 0;
        Visit(self, depth);
        return visited;

        void Visit(JsValue value, double left)
        {
            if (value is not JsArray array)
            {
                return;
            }
            visited += array.Length;
            if (left < 0 || visited > ScriptLimits.Text)
            {
                return;
            }
            engine.Constraints.Check();
            foreach (JsValue item in array)
            {
                Visit(item, left - 1);
            }
        }
    }

    private static double Depth(JsValue[] args) => At(args, 0).IsUndefined() ? 1 : Math.Min(Number(args, 0), ScriptLimits.Recursion);

    private static ObjectInstance PrototypeOf(Jint.Engine engine, string name) => (ObjectInstance)engine.Global.Get(name).Get("prototype");

    // An upper bound: each place may match, and a "$" may bring the whole text in again.
    private static double Replaced(JsValue self, JsValue[] args)
    {
        if (At(args, 1) is not JsString with)
        {
            return 0;
        }
        string replacement = with.ToString();
        double places = At(args, 0) is JsString what ? Length(self) / Math.Max(1.0, what.Length) : Length(self);
        return (places + 1) * replacement.Length * (replacement.Contains('$') && places > 1000 ? Length(self) / 1000 : 1);
    }

    private static double Joined(JsValue self, JsValue[] args)
    {
        if (self is not JsArray array)
        {
            return 0;
        }
        double sum = (double)array.Length * (At(args, 0) is JsString separator ? separator.Length : 1);
        foreach (JsValue item in array)
        {
            sum += item is JsString text ? text.Length : 0;
        }
        return sum;
    }

    private static double Length(JsValue value) => value is JsString text ? text.Length : 0;

    private static double Number(JsValue[] args, int index) => At(args, index) is JsNumber number ? TypeConverter.ToNumber(number) : 0;

    private static JsValue At(JsValue[] args, int index) => index < args.Length ? args[index] : JsValue.Undefined;

    private static PropertyDescriptor Own(JsValue value) => new(value, writable: true, enumerable: false, configurable: true);
}
