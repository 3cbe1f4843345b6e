using System.Data.Common;

namespace Assize.Bench.Journey;

/// <summary>Every row of every table as SQL literals, by table and key.</summary>
internal sealed class Snapshot
{
    private readonly Dictionary<string, Dictionary<string, string[]>> _tables = [];

    public static async Task<Snapshot> TakeAsync(DbConnection connection, IReadOnlyList<TableShape> shapes, bool sqlite)
    {
        var snapshot = new Snapshot();
        foreach (var shape in shapes)
        {
            var rows = new Dictionary<string, string[]>();
            await using var command = connection.CreateCommand();
            var literals = shape.Columns.Select(column => sqlite ? $"quote(\"{column}\")" : $"quote_nullable(\"{column}\"::text)");
            command.CommandText = $"SELECT {string.Join(", ", literals)} FROM \"{shape.Name}\"";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var row = Enumerable.Range(0, shape.Columns.Count).Select(reader.GetString).ToArray();
                rows.Add(KeyOf(shape, row), row);
            }

            snapshot._tables.Add(shape.Name, rows);
        }

        return snapshot;
    }

    /// <summary>Every literal of this snapshot, to tell what a journey brings from what was there.</summary>
    public IEnumerable<string> Literals() => _tables.Values.SelectMany(rows => rows.Values).SelectMany(row => row);

    /// <summary>What changed since an earlier one, table by table.</summary>
    public IEnumerable<TableChange> Since(Snapshot earlier, IReadOnlyList<TableShape> shapes)
    {
        foreach (var shape in shapes)
        {
            var (before, after) = (earlier._tables[shape.Name], _tables[shape.Name]);
            var added = after.Where(row => !before.ContainsKey(row.Key)).Select(row => row.Value).ToList();
            var changed = after.Where(row => before.TryGetValue(row.Key, out var old) && !old.SequenceEqual(row.Value)).Select(row => row.Value).ToList();
            var removed = before.Where(row => !after.ContainsKey(row.Key)).Select(row => row.Value).ToList();
            if (added.Count + changed.Count + removed.Count > 0)
            {
                yield return new TableChange(shape, added, changed, removed);
            }
        }
    }

    private static string KeyOf(TableShape shape, string[] row) =>
        string.Join("|", shape.Key.Select(key => row[shape.Columns.ToList().IndexOf(key)]));
}

/// <summary>Rows that one step added, changed and removed in one table.</summary>
internal sealed record TableChange(TableShape Shape, IReadOnlyList<string[]> Added, IReadOnlyList<string[]> Changed, IReadOnlyList<string[]> Removed);
