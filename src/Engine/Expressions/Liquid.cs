using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Fluid;
using Fluid.Values;

namespace Assize.Engine.Expressions;

/// <summary>Liquid texts: values in, text out; no includes, no files, business time only.</summary>
internal static class Liquid
{
    private const int CachedTemplates = 4096;

    private static readonly FluidParser Parser = new();
    private static readonly ConcurrentDictionary<string, IFluidTemplate> Templates = new(StringComparer.Ordinal);
    private static readonly TemplateOptions Options = Confined();

    /// <summary>Whether it only puts values into a text: without a tag there is no loop, and without a filter nothing that takes long.</summary>
    public static bool IsPlain(string source) => !source.Contains("{%", StringComparison.Ordinal) && !source.Contains('|', StringComparison.Ordinal);

    public static JsonNode? Evaluate(string source, ExpressionScope scope)
    {
        IFluidTemplate template = Prepare(source);
        TemplateContext context = new(Options) { Now = () => scope.Now };
        context.SetValue("Variables", Members(scope.Variables));
        context.SetValue("Input", Members(scope.Inputs));
        context.SetValue("CorrelationId", scope.CorrelationId is { } id ? new StringValue(id) : NilValue.Instance);
        context.SetValue("WorkflowInstanceId", new StringValue(scope.InstanceId));
        context.SetValue("Now", new DateTimeValue(TimeZoneInfo.ConvertTime(scope.Now, BusinessTime.London)));
        try
        {
            using BoundedWriter text = new();
            template.RenderAsync(text, NullEncoder.Default, context).AsTask().GetAwaiter().GetResult();
            return JsonValue.Create(text.ToString());
        }
        // Fluid says the same of steps and of nesting.
        catch (InvalidOperationException steps) when (steps.Message.Contains("maximum", StringComparison.OrdinalIgnoreCase))
        {
            throw new ExpressionFailed("statement-limit", $"Expected the template to end within {ScriptLimits.Statements} steps, but it did not");
        }
        catch (Exception limit) when (limit is OutOfMemoryException or InsufficientExecutionStackException)
        {
            throw new ScriptLimitExceeded("memory");
        }
        catch (Exception wrong) when (wrong is not (ExpressionFailed or ScriptLimitExceeded))
        {
            throw new ExpressionFailed("script-failed", $"Expected the template to give a text, but it failed: {wrong.Message}");
        }
    }

    public static IFluidTemplate Prepare(string source)
    {
        if (Templates.TryGetValue(source, out IFluidTemplate? known))
        {
            return known;
        }
        if (source.Length > ScriptLimits.Source)
        {
            throw new ExpressionFailed("script-unreadable", $"Expected at most {ScriptLimits.Source} characters of template, but there are {source.Length}");
        }
        if (!Parser.TryParse(source, out IFluidTemplate? template, out string? error))
        {
            throw new ExpressionFailed("script-unreadable", $"Expected Liquid, but it does not read: {error}");
        }
        if (Templates.Count >= CachedTemplates)
        {
            Templates.Clear();
        }
        return Templates.GetOrAdd(source, new LiquidGuards.RangeRewriter().VisitTemplate(template));
    }

    private static TemplateOptions Confined()
    {
        TemplateOptions options = new()
        {
            MaxSteps = ScriptLimits.Statements,
            MaxRecursion = ScriptLimits.Recursion,
            CultureInfo = CultureInfo.InvariantCulture,
            TimeZone = BusinessTime.London,
            MemberAccessStrategy = new DefaultMemberAccessStrategy(),
            Assigned = (_, value, _) => new ValueTask<FluidValue>(LiquidGuards.Small(value)),
            Captured = (_, value, _) => new ValueTask<FluidValue>(LiquidGuards.Small(value)),
        };
        LiquidGuards.Apply(options.Filters);
        return options;
    }

    private static DictionaryValue Members(IReadOnlyDictionary<string, JsonNode?> values) =>
        new(new FluidValueDictionaryFluidIndexable(values.ToDictionary(v => v.Key, v => Value(v.Value), StringComparer.OrdinalIgnoreCase)));

    private static FluidValue Value(JsonNode? node) => node switch
    {
        JsonObject members => Members(members.ToDictionary(m => m.Key, m => m.Value)),
        JsonArray items => new ArrayValue(items.Select(Value).ToArray()),
        JsonValue text when text.TryGetValue(out string? s) => new StringValue(s),
        JsonValue flag when flag.TryGetValue(out bool b) => b ? BooleanValue.True : BooleanValue.False,
        JsonValue number when decimal.TryParse(number.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal d) => NumberValue.Create(d),
        _ => NilValue.Instance,
    };

    private sealed class BoundedWriter : StringWriter
    {
        public BoundedWriter() : base(CultureInfo.InvariantCulture)
        {
        }

        public override void Write(char value)
        {
            Check(1);
            base.Write(value);
        }

        public override void Write(char[] buffer, int index, int count)
        {
            Check(count);
            base.Write(buffer, index, count);
        }

        public override void Write(ReadOnlySpan<char> buffer)
        {
            Check(buffer.Length);
            base.Write(buffer);
        }

        public override void Write(string? value)
        {
            Check(value?.Length ?? 0);
            base.Write(value);
        }

        private void Check(int more)
        {
            if (GetStringBuilder().Length + more > ScriptLimits.Text)
            {
                throw new ScriptLimitExceeded("memory");
            }
        }
    }
}
