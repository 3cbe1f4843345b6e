using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Assize.Engine.Expressions;

/// <summary>Bounds what one filter may build, since Fluid counts steps only.</summary>
internal static class LiquidGuards
{
    // Every filter whose result can be larger than the sum of what it is given, and those that add up over steps.
    private static readonly string[] Growing = ["append", "prepend", "replace", "replace_first", "replace_last", "join", "concat", "date", "split"];

    public static void Apply(FilterCollection filters)
    {
        foreach (string name in Growing)
        {
            if (filters.TryGetValue(name, out FilterDelegate? original))
            {
                filters.AddFilter(name, async (input, arguments, context) =>
                {
                    Expected(name, input, arguments, context);
                    return Small(await original(input, arguments, context));
                });
            }
        }
    }

    /// <summary>The value, if it is no larger than a text or an array may be.</summary>
    public static FluidValue Small(FluidValue value)
    {
        bool large = value switch
        {
            StringValue text => text.ToStringValue().Length > ScriptLimits.Text,
            ArrayValue array => array.Values.Count > ScriptLimits.ArrayLength,
            _ => false,
        };
        return large ? throw new ScriptLimitExceeded("memory") : value;
    }

    private static void Expected(string name, FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        double length = name switch
        {
            "replace" => Replaced(input.ToStringValue(), arguments.At(0).ToStringValue(), arguments.At(1).ToStringValue()),
            "join" => Joined(input, arguments.At(0).ToStringValue(), context),
            "split" => input.ToStringValue().Length,
            _ => 0,
        };
        if (length > (name == "split" ? ScriptLimits.ArrayLength : ScriptLimits.Text))
        {
            throw new ScriptLimitExceeded("memory");
        }
    }

    private static double Replaced(string text, string what, string with) =>
        text.Length / Math.Max(1.0, what.Length) * with.Length;

    private static double Joined(FluidValue input, string separator, TemplateContext context)
    {
        double sum = 0;
        foreach (FluidValue item in input.Enumerate(context))
        {
            sum += separator.Length + (item is StringValue text ? text.ToStringValue().Length : 16);
        }
        return sum;
    }

    /// <summary>Ranges are built before a loop counts its first step; this one looks at their length first.</summary>
    public sealed class RangeRewriter : AstRewriter
    {
        protected override Fluid.Ast.Expression VisitRangeExpression(RangeExpression rangeExpression) => new BoundedRange(rangeExpression);
    }

    private sealed class BoundedRange(RangeExpression range) : Fluid.Ast.Expression
    {
        public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
        {
            decimal from = (await range.From.EvaluateAsync(context)).ToNumberValue();
            decimal to = (await range.To.EvaluateAsync(context)).ToNumberValue();
            return to - from > ScriptLimits.Statements
                ? throw new ExpressionFailed("statement-limit", $"Expected a range of at most {ScriptLimits.Statements} numbers, but it goes from {from} to {to}")
                : await range.EvaluateAsync(context);
        }
    }
}
