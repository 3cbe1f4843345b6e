using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Descriptors;

namespace Assize.Engine.Expressions;

/// <summary>JSON into a script and out of it again, at a bounded size: Jint's own writer builds first and measures later.</summary>
internal sealed class ScriptValues
{
    private const int Depth = 60;

    private int _size;

    private ScriptValues()
    {
    }

    public static JsValue ToScript(Jint.Engine engine, JsonNode? value, HandedOver handed) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => JsValue.Null,
        JsonValueKind.True => JsBoolean.True,
        JsonValueKind.False => JsBoolean.False,
        JsonValueKind.String => new JsString(Counted(value.GetValue<string>(), handed)),
        _ => new Jint.Native.Json.JsonParser(engine).Parse(Counted(value.ToJsonString(), handed)),
    };

    private static string Counted(string text, HandedOver handed)
    {
        handed.Add(text.Length);
        return text;
    }

    /// <summary>What a script gives, or assigns. Functions and symbols are nothing, a date is its ISO text.</summary>
    public static JsonNode? ToJson(JsValue value) => new ScriptValues().Node(value, 0);

    /// <summary>JSON.stringify without a replacer.</summary>
    public static JsValue Stringify(JsValue value, JsValue replacer, JsValue space)
    {
        if (!replacer.IsNull() && !replacer.IsUndefined())
        {
            throw new ExpressionFailed("script-failed", "Expected JSON.stringify without a replacer, but it was given one");
        }
        if (IsNothing(value))
        {
            return JsValue.Undefined;
        }
        int indent = space.IsNumber() ? Math.Clamp((int)space.AsNumber(), 0, 10) : 0;
        JsonSerializerOptions options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = indent > 0, IndentSize = indent };
        return new JsString(ToJson(value)?.ToJsonString(options) ?? "null");
    }

    private JsonNode? Node(JsValue value, int depth)
    {
        Charge(16);
        if (depth > Depth)
        {
            throw new ExpressionFailed("script-failed", $"Expected a value at most {Depth} deep and without cycles, but it goes deeper");
        }
        return value switch
        {
            JsString text => Text(text),
            JsBoolean flag => JsonValue.Create(flag.AsBoolean()),
            JsNumber number => Number(number.AsNumber()),
            JsBigInt => throw new ExpressionFailed("script-failed", "Expected a value that JSON can hold, but it is a big integer"),
            JsDate date => Date(date.DateValue),
            JsArray array => Items(array, depth),
            ObjectInstance promise when promise.IsPromise() =>
                throw new ExpressionFailed("script-failed", "Expected the script to give a value, but it gave a promise"),
            ObjectInstance members when !IsNothing(members) => Members(members, depth),
            _ => null,
        };
    }

    private JsonValue Text(JsString text)
    {
        Charge(text.Length);
        return JsonValue.Create(text.ToString());
    }

    private static JsonValue? Number(double number) =>
        !double.IsFinite(number) ? null
        : double.IsInteger(number) && Math.Abs(number) < 9_007_199_254_740_992 ? JsonValue.Create((long)number)
        : JsonValue.Create(number);

    private static JsonValue? Date(double epochMilliseconds)
    {
        if (!double.IsFinite(epochMilliseconds))
        {
            return null;
        }
        return Math.Abs(epochMilliseconds) < 62_000_000_000_000
            ? JsonValue.Create(DateTimeOffset.FromUnixTimeMilliseconds((long)epochMilliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))
            : throw new ExpressionFailed("script-failed", "Expected a date between the years 5 and 3900, but it is further away");
    }

    private JsonArray Items(JsArray array, int depth)
    {
        JsonArray items = [];
        foreach (JsValue item in array)
        {
            items.Add(Node(item, depth + 1));
        }
        return items;
    }

    private JsonObject Members(ObjectInstance value, int depth)
    {
        JsonObject members = [];
        foreach (KeyValuePair<JsValue, PropertyDescriptor> property in value.GetOwnProperties())
        {
            JsValue member = property.Key.IsSymbol() || !property.Value.Enumerable ? JsValue.Undefined : value.Get(property.Key);
            if (!IsNothing(member))
            {
                Charge(4);
                members[property.Key.ToString()] = Node(member, depth + 1);
            }
        }
        return members;
    }

    private static bool IsNothing(JsValue value) => value.IsUndefined() || value.IsSymbol() || value is Jint.Native.Function.Function;

    private void Charge(int size)
    {
        _size += size;
        if (_size > ScriptLimits.Text)
        {
            throw new ScriptLimitExceeded("memory");
        }
    }
}
