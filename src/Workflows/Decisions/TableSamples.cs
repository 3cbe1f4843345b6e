using System.Globalization;
using System.Text.Json;

namespace Assize.Workflows.Decisions;

/// <param name="Words">As a person is told of it.</param>
internal sealed record TableSample(JsonElement Value, string Words);

/// <summary>Values that stand for all others: those that rules name, one beside and between them, and one that nobody names.</summary>
internal static class TableSamples
{
    private const int MostTogether = 8;

    public static IReadOnlyList<TableSample> Of(DecisionTable table, TableInput input)
    {
        List<JsonElement> named = [.. table.Rules.Where(x => x.When.ContainsKey(input.Id)).SelectMany(x => Named(x.When[input.Id]))];
        return input.Type switch
        {
            InputType.Boolean => [Sample(true, "yes"), Sample(false, "no")],
            InputType.Text => [.. Texts(named).Select(x => Sample(x, x)), Sample("\u0000other", "anything else")],
            InputType.Number => Numbers([.. named.Select(x => x.GetDecimal()).Distinct().Order()]),
            InputType.Date => Dates([.. named.Select(x => DateOnly.ParseExact(x.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture)).Distinct().Order()]),
            _ => Sets([.. Texts(named)]),
        };
    }

    /// <summary>The first day that matters, and each day on which a rule begins to be law or no longer is.</summary>
    public static IEnumerable<DateOnly> Days(DecisionTable table)
    {
        List<DateOnly> turns = [.. table.Rules.SelectMany(x => (DateOnly?[])[x.From, x.To is { } to && to < DateOnly.MaxValue ? to.AddDays(1) : null]).OfType<DateOnly>().Distinct().Order()];
        DateOnly first = table.EffectiveFrom ?? (turns.Count > 0 && turns[0] > DateOnly.MinValue ? turns[0].AddDays(-1) : new DateOnly(2000, 1, 1));
        return turns.Where(x => x > first).Prepend(first);
    }

    private static IEnumerable<JsonElement> Named(JsonElement condition) => condition.ValueKind == JsonValueKind.Object
        ? condition.EnumerateObject().SelectMany(x => x.Value.ValueKind == JsonValueKind.Array ? x.Value.EnumerateArray() : (IEnumerable<JsonElement>)[x.Value])
        : [condition];

    private static IEnumerable<string> Texts(IEnumerable<JsonElement> named) => named.Select(x => x.GetString()!).Distinct().Order(StringComparer.Ordinal);

    private static List<TableSample> Numbers(List<decimal> named)
    {
        List<decimal> all = named.Count == 0 ? [0] : [named[0] - 1, .. named.Zip(named.Skip(1), (one, next) => (one + next) / 2), .. named, named[^1] + 1];
        return [.. all.Order().Select(x => Sample(x, x.ToString(CultureInfo.InvariantCulture)))];
    }

    private static List<TableSample> Dates(List<DateOnly> named)
    {
        List<DateOnly> all = named.Count == 0 ? [new DateOnly(2000, 1, 1)] : [named[0].AddDays(-1), .. named, .. named.Select(x => x.AddDays(1))];
        return [.. all.Distinct().Order().Select(x => Sample(x.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), x.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)))];
    }

    // Where too many are named to try all together, each alone, none and all stand for them.
    private static List<TableSample> Sets(List<string> named)
    {
        IEnumerable<string[]> sets = named.Count <= MostTogether
            ? Enumerable.Range(0, 1 << named.Count).Select(set => named.Where((_, index) => (set & (1 << index)) != 0).ToArray())
            : [[], .. named.Select(x => (string[])[x]), [.. named]];
        return [.. sets.Select(x => Sample(x, x.Length == 0 ? "none of those named" : string.Join(" and ", x)))];
    }

    private static TableSample Sample<T>(T value, string words) => new(JsonSerializer.SerializeToElement(value), words);
}
