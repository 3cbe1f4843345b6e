using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Storage;

/// <summary>Rows to be written together: one statement for each of the engine's tables, and on PostgreSQL one for all of the owner's.</summary>
internal sealed class WriteSet(DbContext db)
{
    // SQLite takes 32 766 parameters in a statement, PostgreSQL 65 535.
    private const int MaxParameters = 30_000;

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

    public async Task FlushAsync(CancellationToken ct)
    {
        RoundTrip trip = new(db);
        List<Table> together = SqliteTurn.IsPostgres(db) ? Together() : [];
        foreach (Table table in _tables.Except(together))
        {
            table.AddTo(trip);
        }
        if (together.Count > 0)
        {
            AddTogether(trip, together);
        }
        _statements.ForEach(s => trip.Add(s.Sql, s.Parameters));
        Clear();
        await trip.RunAsync(null, ct);
    }

    /// <summary>The owner's tables, where there are several, each written in one way only, and few rows.</summary>
    private List<Table> Together()
    {
        // A kept event goes with them: the step that raises it has a statement more to make than others.
        List<Table> owners = [.. _tables.Where(t => t.Type.Namespace != typeof(WriteSet).Namespace || t.Type == typeof(EventRow))];
        bool possible = owners.Count > 1 && owners.DistinctBy(t => t.Type).Count() == owners.Count && owners.Sum(t => t.Parameters) < MaxParameters;
        return possible ? owners : [];
    }

    private static void AddTogether(RoundTrip trip, List<Table> tables)
    {
        List<DbParameter> parameters = [];
        StringBuilder sql = new("WITH ");
        for (int number = 0; number < tables.Count - 1; number++)
        {
            sql.Append(CultureInfo.InvariantCulture, $"{(number == 0 ? "" : ", ")}w{number} AS ({tables[number].Sql(parameters.Count)})");
            tables[number].Bind(trip, parameters);
        }
        sql.Append(' ').Append(tables[^1].Sql(parameters.Count));
        tables[^1].Bind(trip, parameters);
        trip.Add(sql.ToString(), parameters);
    }

    private Table Of(Type type, bool mayExist)
    {
        Table? table = _tables.Find(t => t.Type == type && t.MayExist == mayExist);
        if (table is null)
        {
            table = new Table(RowMap.For(db, type), type, mayExist);
            _tables.Add(table);
        }
        return table;
    }

    private sealed class Table(RowMap map, Type type, bool mayExist)
    {
        private readonly List<object> _rows = [];
        private readonly Dictionary<string, int> _byKey = [];

        public Type Type => type;
        public bool MayExist => mayExist;
        public int Parameters => _rows.Count * map.Written.Length;

        public string Sql(int firstParameter) => map.Insert(_rows.Count, mayExist, firstParameter);

        public void Bind(RoundTrip trip, List<DbParameter> parameters) => Bind(trip, parameters, _rows);

        public void Put(object row)
        {
            string? key = map.Keys.Any(k => k.IsGenerated)
                ? null
                : string.Join('\u001f', map.Keys.Select(k => Convert.ToString(k.Get(row), CultureInfo.InvariantCulture)));
            if (key is not null && _byKey.TryGetValue(key, out int at))
            {
                _rows[at] = row;
                return;
            }
            if (key is not null)
            {
                _byKey[key] = _rows.Count;
            }
            _rows.Add(row);
        }

        public void AddTo(RoundTrip trip)
        {
            foreach (object[] rows in _rows.Chunk(Math.Max(1, MaxParameters / map.Written.Length)))
            {
                List<DbParameter> parameters = new(rows.Length * map.Written.Length);
                Bind(trip, parameters, rows);
                trip.Add(map.Insert(rows.Length, mayExist), parameters);
            }
        }

        private void Bind(RoundTrip trip, List<DbParameter> parameters, IReadOnlyList<object> rows)
        {
            foreach (object row in rows)
            {
                foreach (RowMap.Column column in map.Written)
                {
                    parameters.Add(column.Parameter(trip.ParameterSource, RowMap.Parameter(parameters.Count), column.Get(row)));
                }
            }
        }
    }
}
