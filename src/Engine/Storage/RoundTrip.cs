using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Assize.Engine.Storage;

/// <summary>Statements that travel together: one batch where the provider has batches, one call after another where the database is in the process.</summary>
internal sealed class RoundTrip(DbContext db)
{
    private readonly DbConnection _connection = db.Database.GetDbConnection();
    private readonly List<(string Sql, List<DbParameter> Parameters)> _statements = [];
    private readonly DbCommand _parameters = db.Database.GetDbConnection().CreateCommand();

    public int Count => _statements.Count;

    /// <summary>Makes parameters for one statement of this round trip.</summary>
    public DbCommand ParameterSource => _parameters;

    public void Add(string sql, List<DbParameter> parameters) => _statements.Add((sql, parameters));

    public void Add(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        // Several conditions of one statement may name the same parameter, and SQLite counts what is bound.
        Dictionary<string, DbParameter> bound = [];
        foreach ((string given, object? value) in parameters)
        {
            string name = given.StartsWith('@') ? given : "@" + given;
            if (!bound.ContainsKey(name))
            {
                bound.Add(name, Bind(name, value));
            }
        }
        Add(sql, [.. bound.Values]);
    }

    public DbParameter Bind(string name, object? value)
    {
        IRelationalTypeMappingSource types = db.GetService<IRelationalTypeMappingSource>();
        RelationalTypeMapping? mapping = value is DateTimeOffset
            ? db.Model.FindEntityType(typeof(UnitRow))!.FindProperty(nameof(UnitRow.CreatedAt))!.GetRelationalTypeMapping()
            : types.FindMapping(value?.GetType() ?? typeof(string));
        // SQLite finds a parameter by its name with the sign, PostgreSQL by either.
        return mapping!.CreateParameter(_parameters, name is ['@', ..] ? name : "@" + name, value, nullable: true);
    }

    /// <summary>Runs everything; the reader is handed each statement's rows by its number.</summary>
    public async Task RunAsync(Action<int, DbDataReader>? read, CancellationToken ct)
    {
        if (_statements.Count == 0)
        {
            return;
        }
        if (_connection.CanCreateBatch)
        {
            await RunBatchAsync(read, ct);
        }
        else
        {
            await RunOneByOneAsync(read, ct);
        }
        _statements.Clear();
    }

    private async Task RunBatchAsync(Action<int, DbDataReader>? read, CancellationToken ct)
    {
        await using DbBatch batch = _connection.CreateBatch();
        batch.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        foreach ((string sql, List<DbParameter> parameters) in _statements)
        {
            DbBatchCommand command = batch.CreateBatchCommand();
            command.CommandText = sql;
            command.Parameters.AddRange(parameters.ToArray());
            batch.BatchCommands.Add(command);
        }
        if (read is null)
        {
            await batch.ExecuteNonQueryAsync(ct);
            return;
        }
        await using DbDataReader reader = await batch.ExecuteReaderAsync(ct);
        int statement = 0;
        do
        {
            while (await reader.ReadAsync(ct))
            {
                read(statement, reader);
            }
            statement++;
        }
        while (await reader.NextResultAsync(ct));
    }

    private async Task RunOneByOneAsync(Action<int, DbDataReader>? read, CancellationToken ct)
    {
        for (int statement = 0; statement < _statements.Count; statement++)
        {
            await using DbCommand command = _connection.CreateCommand();
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            command.CommandText = _statements[statement].Sql;
            command.Parameters.AddRange(_statements[statement].Parameters.ToArray());
            await using DbDataReader reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                read?.Invoke(statement, reader);
            }
        }
    }
}
