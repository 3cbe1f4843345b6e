using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Acornima.Ast;
using Assize.Engine.Definitions;
using Jint;
using Jint.Native;
using Jint.Runtime;

namespace Assize.Engine.Expressions;

/// <summary>JavaScript in a room without doors: no .NET, no files, no network, no clock and no chance of its own.</summary>
internal static class JavaScript
{
    private const int CachedScripts = 4096;

    private static readonly ConcurrentDictionary<string, ReadScript> Scripts = new(StringComparer.Ordinal);

    private static readonly ScriptPreparationOptions Preparation = new()
    {
        CollectReferencedGlobals = true,
        ParsingOptions = new ScriptParsingOptions { AllowReturnOutsideFunction = true, RegexTimeout = ScriptLimits.Regex },
    };

    /// <summary>Evaluates a plain script; false where it is none, or is handed too much for one.</summary>
    public static bool TryPlain(string source, ExpressionScope scope, out JsonNode? value)
    {
        ReadScript script = Prepare(source);
        value = null;
        if (!script.IsPlain)
        {
            return false;
        }
        try
        {
            value = Evaluate(script, scope, new HandedOver(PlainScript.Handed));
            return true;
        }
        catch (TooMuchHandedOver)
        {
            return false;
        }
    }

    public static JsonNode? Evaluate(string source, ExpressionScope scope) => Evaluate(Prepare(source), scope, new HandedOver(long.MaxValue));

    private static JsonNode? Evaluate(ReadScript read, ExpressionScope scope, HandedOver handed)
    {
        try
        {
            Jint.Engine engine = new(options => Confine(options, scope));
            if (!read.IsBare)
            {
                ScriptGuards.Apply(engine);
            }
            JsonNode? result = null;
            ScriptGlobals.Define(engine, scope, read, handed, value =>
            {
                result = ScriptValues.ToJson(value);
                return JsValue.Undefined;
            });
            engine.Invoke(ScriptGlobals.Result, engine.Evaluate(read.Script));
            return result;
        }
        catch (StatementsCountOverflowException)
        {
            throw new ExpressionFailed("statement-limit", $"Expected the script to end within {ScriptLimits.Statements} statements, but it did not");
        }
        catch (RecursionDepthOverflowException)
        {
            throw new ExpressionFailed("recursion-limit", $"Expected the script to call at most {ScriptLimits.Recursion} deep, but it called deeper");
        }
        catch (Exception limit) when (limit is TimeoutException or RegexMatchTimeoutException)
        {
            throw new ScriptLimitExceeded("time");
        }
        catch (Exception limit) when (limit is MemoryLimitExceededException or OutOfMemoryException or InsufficientExecutionStackException)
        {
            throw new ScriptLimitExceeded("memory");
        }
        // How much native stack there is differs between machines, so a replay must not try it again.
        catch (JavaScriptException stack) when (stack.Message.Contains("call stack size", StringComparison.Ordinal))
        {
            throw new ScriptLimitExceeded("memory");
        }
        catch (JavaScriptException wrong)
        {
            throw new ExpressionFailed("script-failed", $"Expected the script to give a value, but it failed: {wrong.Message} (line {wrong.Location.Start.Line})");
        }
        catch (Exception wrong) when (wrong is JintException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            throw new ExpressionFailed("script-failed", $"Expected the script to give a value, but it failed: {wrong.Message}");
        }
    }

    public static ReadScript Prepare(string source)
    {
        if (Scripts.TryGetValue(source, out ReadScript? known))
        {
            return known;
        }
        if (source.Length > ScriptLimits.Source)
        {
            throw new ExpressionFailed("script-unreadable", $"Expected at most {ScriptLimits.Source} characters of script, but there are {source.Length}");
        }
        try
        {
            Prepared<Script> script = Jint.Engine.PrepareScript(source, strict: true, options: Preparation);
            if (Scripts.Count >= CachedScripts)
            {
                Scripts.Clear();
            }
            return Scripts.GetOrAdd(source, Read(source, script));
        }
        catch (Exception wrong) when (wrong is JintException or Acornima.ParseErrorException or InsufficientExecutionStackException)
        {
            throw new ExpressionFailed("script-unreadable", $"Expected JavaScript, but it does not read: {wrong.Message}");
        }
    }

    private static void Confine(Options options, ExpressionScope scope)
    {
        options.Strict().DisableStringCompilation().LimitRecursion(ScriptLimits.Recursion)
            .MaxStatements(ScriptLimits.Statements).LimitMemory(ScriptLimits.Memory).TimeoutInterval(scope.Time);
        options.Constraints.RegexTimeout = ScriptLimits.Regex;
        options.Constraints.StackOverflowGuard = true;
        options.Constraints.MaxArraySize = ScriptLimits.ArrayLength;
        options.Interop.Enabled = false;
        options.AgentCanSuspend = false;
        options.Culture = CultureInfo.InvariantCulture;
        options.TimeZone = BusinessTime.London;
        options.TimeSystem = new BusinessTime(scope.Now);
    }

    private static ReadScript Read(string source, Prepared<Script> script)
    {
        bool isPlain = PlainScript.Is(source, script);
        return new ReadScript(script, isPlain, isPlain && PlainScript.IsBare(script));
    }

    internal sealed record ReadScript(Prepared<Script> Script, bool IsPlain, bool IsBare)
    {
        /// <summary>Worked out when it is first asked for: a script that just runs needs none.</summary>
        public ExpressionReading Reading => field ??= ScriptRules.Problem(Script) is { } wrong ? new(wrong, []) : new(null, ScriptMentions.Of(Script));
    }
}
