using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Storage;

/// <summary>Rows to be written together, in one round trip.</summary>
public sealed class WriteSet(DbContext db)
{
    private readonly List<Table> _tables = [];
    private readonly List<(string Sql, (string Name, object? Value)[] Parameters)> _statements = [];

    /// <summary>Inserts, or replaces the row with the same key. Of two rows with one key the later one counts.</summary>
    public void Upsert(object row) => Of(row.GetType(), mayExist: true).Put(row);

    /// <summary>Inserts; a row that exists breaks the transaction.</summary>
    public void Insert(object row) => Of(row.GetType(), mayExist: false).Put(row);

    /// <summary>A statement that writes what is not known before it runs; it comes after the rows.</summary>
    public void Also(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => _statements.Add((sql, parameters.ToArray()));

    public void Clear()
    {
        _tables.Clear();
        _statements.Clear();
    }

    /// <param name="commits">Commits the context's transaction in the same round trip.</param>
    public async Task FlushAsync(CancellationToken ct, bool commits = false)
    {
        RoundTrip trip = new(db);
        if (trip.Dialect.IsPostgres)
        {
            AddArrays(trip);
        }
        else
        {
            AddRows(trip);
        }
        _statements.ForEach(s => trip.Add(s.Sql, s.Parameters));
        Clear();
        await trip.RunAsync(null, ct, commits);
    }

    // One statement writes a table once: replacing rows of a table that also gets new ones takes a second.
    private void AddArrays(RoundTrip trip)
    {
        foreach (IGrouping<bool, Table> part in _tables.GroupBy(t => t.MayExist && _tables.Exists(other => other.Map == t.Map && !other.MayExist)).OrderBy(p => p.Key))
        {
            List<Table> tables = [.. part];
            trip.Add(WriteText.Arrays(tables), [.. tables.SelectMany(t => t.Map.Written.Select(c => c.Gather(t.Rows)))]);
        }
    }

    private void AddRows(RoundTrip trip)
    {
        foreach (Table table in _tables)
        {
            Statement statement = WriteText.Row(table.Map, table.MayExist);
            foreach (object row in table.Rows)
            {
                trip.Add(statement, [.. table.Map.Written.Select(c => c.Get(row) ?? DBNull.Value)]);
            }
        }
    }

    private Table Of(Type type, bool mayExist)
    {
        Table? table = _tables.Find(t => t.Map.Type == type && t.MayExist == mayExist);
        if (table is null)
        {
            table = new Table(RowMap.For(db, type), mayExist);
            _tables.Add(table);
        }
        return table;
    }

    internal sealed class Table(RowMap map, bool mayExist)
    {
        private readonly Dictionary<string, int> _byKey = [];

        public RowMap Map => map;
        public bool MayExist => mayExist;
        public List<object> Rows { get; } = [];

        public void Put(object row)
        {
            if (map.KeyOf(row) is { } key && !_byKey.TryAdd(key, Rows.Count))
            {
                Rows[_byKey[key]] = row;
                return;
            }
            Rows.Add(row);
        }
    }
}
