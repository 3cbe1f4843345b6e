using System.Text.RegularExpressions;

namespace Assize.Bench.Journey;

/// <summary>What one journey wrote, step by step, as statements that somebody would write by hand; ids are made fresh for every run of it.</summary>
internal sealed partial class Recording(IReadOnlyList<RecordedStep> steps, IReadOnlySet<string> known, string urn)
{
    public IReadOnlyList<RecordedStep> Steps => steps;

    /// <summary>The same text with the journey's own ids open: the case number and the last eight characters of every other id.</summary>
    public string Open(string sql, string caseNumber, string journey) =>
        Id().Replace(
            sql.Replace(urn, string.Concat(urn.AsSpan(0, 4), caseNumber), StringComparison.Ordinal),
            match => known.Contains(match.Value) ? match.Value : string.Concat(match.Value.AsSpan(0, match.Length - 8), journey));

    public static async Task<Recording> MakeAsync(Func<Task<Snapshot>> look, IReadOnlyList<TableShape> shapes, Func<Task<string?>> step)
    {
        var before = await look();
        var known = Id().Matches(string.Join('\n', before.Literals())).Select(match => match.Value).ToHashSet();
        var steps = new List<RecordedStep>();
        var urn = "";
        while (await step() is { } caseUrn)
        {
            urn = caseUrn;
            var after = await look();
            steps.Add(new RecordedStep([.. after.Since(before, shapes)]));
            before = after;
        }

        return new Recording(steps, known, urn);
    }

    [GeneratedRegex("(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{32})(?![0-9a-zA-Z_])")]
    private static partial Regex Id();
}

/// <summary>One step's writes, and the reads that nobody could do without.</summary>
internal sealed record RecordedStep(IReadOnlyList<TableChange> Changes)
{
    /// <summary>The lock and what is under it: the unit, its running instances, the case.</summary>
    public IEnumerable<string> Reads(bool sqlite)
    {
        if (Value("engine_instance", "unit_id") is { } unit)
        {
            yield return $"SELECT id FROM engine_unit WHERE id = {unit}" + (sqlite ? "" : " FOR UPDATE");
            yield return $"SELECT id, state FROM engine_instance WHERE unit_id = {unit} AND running";
            yield return $"SELECT * FROM case_file WHERE id = {unit}";
        }

        if (Value("work_task", "id") is { } task)
        {
            yield return $"SELECT * FROM work_task WHERE id = {task}";
        }
    }

    public IEnumerable<string> Writes() => Changes.SelectMany(Writes);

    private string? Value(string table, string column) =>
        Changes.FirstOrDefault(change => change.Shape.Name == table) is { } change
            ? change.Changed.Concat(change.Added).Select(row => row[change.Shape.Columns.ToList().IndexOf(column)]).FirstOrDefault()
            : null;

    private static IEnumerable<string> Writes(TableChange change)
    {
        var shape = change.Shape;
        var columns = shape.Columns.Where(column => column != shape.Numbered).ToList();
        if (change.Added.Count > 0)
        {
            yield return Insert(shape, columns, change.Added);
        }

        if (change.Changed.Count > 0)
        {
            var rest = columns.Where(column => !shape.Key.Contains(column)).Select(column => $"\"{column}\" = excluded.\"{column}\"");
            yield return $"{Insert(shape, columns, change.Changed)} ON CONFLICT ({Names(shape.Key)}) DO UPDATE SET {string.Join(", ", rest)}";
        }

        foreach (var row in change.Removed)
        {
            var key = shape.Key.Select(column => $"\"{column}\" = {row[shape.Columns.ToList().IndexOf(column)]}");
            yield return $"DELETE FROM \"{shape.Name}\" WHERE {string.Join(" AND ", key)}";
        }
    }

    private static string Insert(TableShape shape, List<string> columns, IReadOnlyList<string[]> rows)
    {
        var values = rows.Select(row => "(" + string.Join(", ", columns.Select(column => row[shape.Columns.ToList().IndexOf(column)])) + ")");
        return $"INSERT INTO \"{shape.Name}\" ({Names(columns)}) VALUES {string.Join(", ", values)}";
    }

    private static string Names(IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"\"{column}\""));
}
