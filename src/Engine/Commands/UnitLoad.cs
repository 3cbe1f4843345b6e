using System.Data.Common;
using System.Text.RegularExpressions;
using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Commands;

/// <summary>The lock and all that a command reads after it, in one round trip.</summary>
public sealed partial class UnitLoad
{
    private readonly DbContext _db;
    private readonly UnitCommand _command;
    private readonly RoundTrip _trip;
    private readonly List<(string, object?)> _joined = [];
    private readonly List<(RowMap Map, Type Type, string On)> _ones = [];
    private readonly List<(RowMap Map, Type Type, string Where, (string, object?)[] Parameters)> _manys = [];

    internal UnitLoad(DbContext db, UnitCommand command) => (_db, _command, _trip) = (db, command, new RoundTrip(db));

    /// <summary>SQL for the unit's id, usable in every condition; the parameter behind it is bound already.</summary>
    public string UnitId => _command.Unit.Select;

    internal string? FoundUnit { get; private set; }
    internal RequestRow? Request { get; private set; }
    internal Dictionary<string, InstanceRow> Instances { get; } = [];
    internal Dictionary<Type, object> Ones { get; } = [];
    internal Dictionary<Type, List<object>> Manys { get; } = [];

    /// <summary>At most one row, joined to the engine's own load: costs no statement. The condition names its columns with <c>t.</c></summary>
    public void One<T>(string condition, params ReadOnlySpan<(string Name, object? Value)> parameters) where T : class
    {
        _ones.Add((RowMap.For(_db, typeof(T)), typeof(T), Alias().Replace(condition, $"o{_ones.Count}.")));
        foreach ((string name, object? value) in parameters)
        {
            if (_joined.TrueForAll(known => known.Item1 != name))
            {
                _joined.Add((name, value));
            }
        }
    }

    /// <summary>Any number of rows: one statement more in the same round trip.</summary>
    public void Many<T>(string condition, params ReadOnlySpan<(string Name, object? Value)> parameters) where T : class =>
        _manys.Add((RowMap.For(_db, typeof(T)), typeof(T), condition, parameters.ToArray()));

    internal async Task RunAsync(DateTimeOffset recordedAt, CancellationToken ct)
    {
        AddLock(recordedAt);
        AddMain();
        foreach ((RowMap map, _, string where, (string, object?)[] parameters) in _manys)
        {
            _trip.Add($"SELECT {map.Select("t")} FROM {map.Table} t WHERE {where}", [("@address", _command.Unit.Value), .. parameters]);
        }
        await _trip.RunAsync(Read, ct);
    }

    private void AddLock(DateTimeOffset recordedAt)
    {
        string id = _command.Unit.Value;
        if (_command.Unit.IsNew)
        {
            _trip.Add(
                "INSERT INTO engine_unit (id, created_at) VALUES (@address, @at) ON CONFLICT (id) DO UPDATE SET id = excluded.id RETURNING id",
                ("@address", id), ("@at", recordedAt));
            return;
        }
        string wait = SqliteTurn.IsPostgres(_db) ? " FOR UPDATE" : "";
        _trip.Add($"SELECT id FROM engine_unit WHERE id = {UnitId}{wait}", ("@address", id));
    }

    private void AddMain()
    {
        RowMap instances = RowMap.For(_db, typeof(InstanceRow));
        RowMap requests = RowMap.For(_db, typeof(RequestRow));
        string columns = string.Join(", ", [instances.Select("i"), requests.Select("r"), .. _ones.Select((one, n) => one.Map.Select($"o{n}"))]);
        string joins = string.Concat(_ones.Select((one, n) => $" LEFT JOIN {one.Map.Table} o{n} ON {one.On}"));
        _trip.Add(
            $"SELECT {columns} FROM (SELECT {UnitId} AS id) u LEFT JOIN engine_instance i ON i.unit_id = u.id AND i.running LEFT JOIN engine_request r ON r.id = @request{joins}",
            [("@address", _command.Unit.Value), ("@request", _command.Key), .. _joined]);
    }

    private void Read(int statement, DbDataReader reader)
    {
        switch (statement)
        {
            case 0:
                FoundUnit = reader.GetString(0);
                break;
            case 1:
                ReadMain(reader);
                break;
            default:
                (RowMap map, Type type, _, _) = _manys[statement - 2];
                if (!Manys.TryGetValue(type, out List<object>? rows))
                {
                    Manys[type] = rows = [];
                }
                rows.Add(map.Read(reader, 0)!);
                break;
        }
    }

    private void ReadMain(DbDataReader reader)
    {
        RowMap instances = RowMap.For(_db, typeof(InstanceRow));
        if (instances.Read(reader, 0) is InstanceRow instance)
        {
            Instances[instance.Id] = instance;
        }
        int offset = instances.Columns.Length;
        RowMap requests = RowMap.For(_db, typeof(RequestRow));
        Request ??= (RequestRow?)requests.Read(reader, offset);
        offset += requests.Columns.Length;
        foreach ((RowMap map, Type type, _) in _ones)
        {
            if (!Ones.ContainsKey(type) && map.Read(reader, offset) is { } row)
            {
                Ones[type] = row;
            }
            offset += map.Columns.Length;
        }
    }

    [GeneratedRegex(@"\bt\.")]
    private static partial Regex Alias();
}
