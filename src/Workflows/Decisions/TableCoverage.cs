using System.Text.Json;

namespace Assize.Workflows.Decisions;

/// <summary>Tries a table with every kind of case that its rules tell apart: whether some case has no rule, or two where one is wanted, and whether every rule decides something.</summary>
/// <remarks>Between two values that rules name all values are alike, so one of each stands for them.</remarks>
public sealed class TableCoverage
{
    private const int MostCases = 300_000;
    private const int MostSaid = 5;

    private readonly DecisionTable _table;
    private readonly List<IReadOnlyList<TableSample>> _samples;
    private readonly HashSet<int> _deciding = [];
    private readonly Dictionary<(int, int), string> _overlaps = [];
    private readonly List<string> _gaps = [];
    private int _tried;

    private TableCoverage(DecisionTable table)
    {
        _table = table;
        _samples = [.. table.Inputs.Select(x => TableSamples.Of(table, x))];
    }

    /// <summary>Null where there are too many cases to try.</summary>
    public static IReadOnlyList<string>? Problems(DecisionTable table)
    {
        TableCoverage coverage = new(table);
        foreach (DateOnly day in TableSamples.Days(table))
        {
            if (!coverage.Try(day))
            {
                return null;
            }
        }
        return coverage.Said();
    }

    private bool Try(DateOnly day)
    {
        List<int> law = [.. Enumerable.Range(0, _table.Rules.Count).Where(x => _table.Rules[x].IsLawOn(day))];
        return Try(law, 0, [], day);
    }

    private bool Try(List<int> rules, int input, List<string> so, DateOnly day)
    {
        if (++_tried > MostCases)
        {
            return false;
        }
        if (rules.Count == 0)
        {
            _gaps.Add($"{(so.Count == 0 ? "any case" : string.Join(", ", so))} (on {day:d MMMM yyyy})");
            return true;
        }
        if (input == _samples.Count)
        {
            Decide(rules, so, day);
            return true;
        }
        string label = _table.Inputs[input].Label.En;
        foreach (TableSample sample in _samples[input])
        {
            if (!Try([.. rules.Where(x => Holds(_table.Rules[x], input, sample.Value))], input + 1, [.. so, $"{label}: {sample.Words}"], day))
            {
                return false;
            }
        }
        return true;
    }

    private void Decide(List<int> rules, List<string> so, DateOnly day)
    {
        _deciding.UnionWith(_table.HitPolicy == HitPolicy.First ? rules.Take(1) : rules);
        if (_table.HitPolicy == HitPolicy.Unique && rules.Count > 1)
        {
            _overlaps.TryAdd((rules[0], rules[1]), $"{string.Join(", ", so)} (on {day:d MMMM yyyy})");
        }
    }

    private bool Holds(TableRule rule, int input, JsonElement value) =>
        !rule.When.TryGetValue(_table.Inputs[input].Id, out JsonElement condition) || Condition.Holds(condition, _table.Inputs[input].Type, value);

    private IReadOnlyList<string> Said() =>
    [
        .. _gaps.Distinct().Take(MostSaid).Select(x => $"There is a gap: no rule applies to {x}. Add a rule for it, or widen one."),
        .. _overlaps.Take(MostSaid).Select(x => $"Rules “{_table.Rules[x.Key.Item1].Id}” and “{_table.Rules[x.Key.Item2].Id}” overlap: both apply to {x.Value}. Narrow one of them, or let the first rule decide."),
        .. Enumerable.Range(0, _table.Rules.Count).Where(x => !_deciding.Contains(x) && _table.HitPolicy != HitPolicy.Unique)
            .Select(x => $"Rule {x + 1} “{_table.Rules[x].Id}” never decides: the rules before it take all its cases, or its conditions or days exclude each other. Move it up, or take it out."),
    ];
}
