using System.Data.Common;
using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Commands;

/// <summary>The lock and all that a command reads after it, in one round trip.</summary>
public sealed class UnitLoad
{
    private readonly DbContext _db;
    private readonly UnitCommand _command;
    private readonly List<Wanted> _ones = [];
    private readonly List<Wanted> _manys = [];
    private readonly List<(string Name, string Query)> _texts = [];
    private readonly Dictionary<string, object?> _values;

    internal UnitLoad(DbContext db, UnitCommand command)
    {
        (_db, _command) = (db, command);
        _values = new() { ["@address"] = command.Unit.Value, ["@request"] = command.Key };
    }

    /// <summary>SQL for the unit's id, usable in every condition; the parameter behind it is bound already.</summary>
    public string UnitId => _command.Unit.Select;

    internal string? FoundUnit { get; private set; }
    internal RequestRow? Request { get; private set; }
    internal Dictionary<string, InstanceRow> Instances { get; } = [];
    internal Dictionary<Type, object> Ones { get; } = [];
    internal Dictionary<Type, List<object>> Manys { get; } = [];
    internal Dictionary<string, string> Texts { get; } = [];

    public bool IsPostgres => Dialect.Of(_db).IsPostgres;

    /// <summary>At most one row, joined to the engine's own load: costs no statement. The condition names its columns with <c>t.</c></summary>
    /// <remarks>A condition is a constant text, since its statement is made once and kept; what varies is a parameter.</remarks>
    public void One<T>(string condition, params ReadOnlySpan<(string Name, object? Value)> parameters) where T : class =>
        Want<T>(_ones, condition, parameters);

    /// <summary>One text that a query without reference to other rows gives, beside the engine's own load: costs no statement.</summary>
    public void Text(string name, string query, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        _texts.Add((name, query));
        Bind(parameters);
    }

    /// <summary>Any number of rows: one statement more in the same round trip.</summary>
    public void Many<T>(string condition, params ReadOnlySpan<(string Name, object? Value)> parameters) where T : class =>
        Want<T>(_manys, condition, parameters);

    internal async Task RunAsync(DateTimeOffset recordedAt, CancellationToken ct)
    {
        _values["@at"] = recordedAt;
        LoadPlan plan = LoadPlan.For(_db, _command.Unit, _ones, _manys, _texts);
        RoundTrip trip = new(_db);
        foreach (Statement statement in plan.Statements)
        {
            trip.Add(statement, [.. statement.Parameters.Select(name => trip.Dialect.Stored(_values[name]))]);
        }
        await trip.RunAsync((statement, reader) => Read(plan, statement, reader), ct);
    }

    private void Want<T>(List<Wanted> list, string condition, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        list.Add(new Wanted(typeof(T), condition));
        Bind(parameters);
    }

    private void Bind(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        foreach ((string name, object? value) in parameters)
        {
            _values.TryAdd(name is ['@', ..] ? name : "@" + name, value);
        }
    }

    private void Read(LoadPlan plan, int statement, DbDataReader reader)
    {
        switch (statement)
        {
            case 0:
                FoundUnit = reader.GetString(0);
                break;
            case 1:
                ReadMain(plan, reader);
                break;
            default:
                RowMap map = plan.Manys[statement - 2];
                if (!Manys.TryGetValue(map.Type, out List<object>? rows))
                {
                    Manys[map.Type] = rows = [];
                }
                rows.Add(map.Read(reader, 0)!);
                break;
        }
    }

    // One row for each running instance, all other columns the same in each; a single one where nothing runs.
    private void ReadMain(LoadPlan plan, DbDataReader reader)
    {
        bool isFirst = Instances.Count == 0;
        if (plan.Instances.Read(reader, 0) is InstanceRow instance)
        {
            Instances[instance.Id] = instance;
        }
        if (!isFirst)
        {
            return;
        }
        int offset = plan.Instances.Columns.Length;
        Request = (RequestRow?)plan.Requests.Read(reader, offset);
        offset += plan.Requests.Columns.Length;
        foreach (RowMap map in plan.Ones)
        {
            if (!Ones.ContainsKey(map.Type) && map.Read(reader, offset) is { } row)
            {
                Ones[map.Type] = row;
            }
            offset += map.Columns.Length;
        }
        foreach ((string name, _) in _texts)
        {
            Texts[name] = reader.GetString(offset++);
        }
    }
}

/// <summary>Rows of a type that a command wants, by a condition on <c>t.</c></summary>
internal sealed record Wanted(Type Type, string Condition);
