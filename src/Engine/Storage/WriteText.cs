using System.Collections.Concurrent;
using System.Globalization;

namespace Assize.Engine.Storage;

/// <summary>The texts of writes. They depend on the tables and not on the number of rows, so that each database compiles them once.</summary>
internal static class WriteText
{
    private static readonly ConcurrentDictionary<string, Statement> Together = new();
    private static readonly ConcurrentDictionary<(RowMap, bool), Statement> Rows = new();

    /// <summary>PostgreSQL: any number of rows of several tables in one statement, an array for each column.</summary>
    public static Statement Arrays(IReadOnlyList<WriteSet.Table> tables)
    {
        string key = string.Concat(tables.Select(t => t.Map.Table + (t.MayExist ? "+" : "-")));
        return Together.TryGetValue(key, out Statement? known) ? known : Together.GetOrAdd(key, AllArrays(tables));
    }

    /// <summary>SQLite: one row of one table, a parameter for each column.</summary>
    public static Statement Row(RowMap map, bool mayExist) => Rows.GetOrAdd((map, mayExist), static key =>
    {
        string[] names = [.. key.Item1.Written.Select((_, n) => "@p" + n.ToString(CultureInfo.InvariantCulture))];
        return new Statement(Insert(key.Item1, $"VALUES ({string.Join(", ", names)})", key.Item2), names);
    });

    private static Statement AllArrays(IReadOnlyList<WriteSet.Table> tables)
    {
        int parameters = 0;
        List<string> inserts = [];
        foreach (WriteSet.Table table in tables)
        {
            string arrays = string.Join(", ", table.Map.Written.Select(c => string.Create(CultureInfo.InvariantCulture, $"${++parameters}::{c.StoreType}[]")));
            inserts.Add(Insert(table.Map, $"SELECT * FROM unnest({arrays})", table.MayExist));
        }
        string first = string.Join(", ", inserts.SkipLast(1).Select((sql, n) => string.Create(CultureInfo.InvariantCulture, $"w{n} AS ({sql})")));
        return new Statement((first.Length == 0 ? "" : $"WITH {first} ") + inserts[^1], [.. Enumerable.Repeat("", parameters)]);
    }

    private static string Insert(RowMap map, string rows, bool mayExist)
    {
        string sql = $"INSERT INTO {map.Table} ({string.Join(", ", map.Written.Select(c => c.Name))}) {rows}";
        if (!mayExist)
        {
            return sql;
        }
        string set = string.Join(", ", map.Written.Where(c => !c.IsKey).Select(c => $"{c.Name} = excluded.{c.Name}"));
        return $"{sql} ON CONFLICT ({string.Join(", ", map.Keys.Select(k => k.Name))}) DO {(set.Length == 0 ? "NOTHING" : "UPDATE SET " + set)}";
    }
}
