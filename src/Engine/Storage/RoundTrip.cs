using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Assize.Engine.Storage;

/// <summary>Statements that travel together: one batch where the provider has batches, one call after another where the database is in the process.</summary>
internal sealed class RoundTrip(DbContext db)
{
    // A command keeps what it compiled while its connection is open, so that SQLite reads a text once.
    private static readonly ConditionalWeakTable<DbConnection, Dictionary<Statement, DbCommand>> Compiled = [];

    private static readonly Statement Commit = new("COMMIT", []);

    private readonly List<(Statement Statement, IReadOnlyList<object> Values)> _statements = [];

    public Dialect Dialect { get; } = Dialect.Of(db);

    /// <summary>Values in the order of the statement's parameters, as parameters take them.</summary>
    public void Add(Statement statement, IReadOnlyList<object> values) => _statements.Add((statement, values));

    /// <summary>A text with parameters such as <c>@unit</c>, and a value for each.</summary>
    public void Add(string sql, params IReadOnlyList<(string Name, object? Value)> parameters)
    {
        Statement statement = Statement.Of(sql, Dialect);
        Add(statement, [.. statement.Parameters.Select(name => Dialect.Stored(parameters.First(p => name.EndsWith(p.Name, StringComparison.Ordinal) && name.Length - p.Name.Length <= 1).Value))]);
    }

    /// <summary>Runs everything; the reader is handed each statement's rows by its number.</summary>
    /// <param name="commits">Ends the context's transaction in the same round trip.</param>
    public async Task RunAsync(Action<int, DbDataReader>? read, CancellationToken ct, bool commits = false)
    {
        if (Dialect.IsPostgres)
        {
            if (commits)
            {
                Add(Commit, []);
            }
            await RunBatchAsync(read, ct);
        }
        else
        {
            RunOneByOne(read);
            if (commits)
            {
                await db.Database.CommitTransactionAsync(ct);
            }
        }
        _statements.Clear();
    }

    private async Task RunBatchAsync(Action<int, DbDataReader>? read, CancellationToken ct)
    {
        if (_statements.Count == 0)
        {
            return;
        }
        await using DbBatch batch = db.Database.GetDbConnection().CreateBatch();
        batch.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        foreach ((Statement statement, IReadOnlyList<object> values) in _statements)
        {
            DbBatchCommand command = batch.CreateBatchCommand();
            command.CommandText = statement.Text;
            foreach (object value in values)
            {
                DbParameter parameter = command.CreateParameter();
                parameter.Value = value;
                command.Parameters.Add(parameter);
            }
            batch.BatchCommands.Add(command);
        }
        if (read is null)
        {
            await batch.ExecuteNonQueryAsync(ct);
            return;
        }
        await using DbDataReader reader = await batch.ExecuteReaderAsync(ct);
        int number = 0;
        do
        {
            while (await reader.ReadAsync(ct))
            {
                read(number, reader);
            }
            number++;
        }
        while (await reader.NextResultAsync(ct));
    }

    // SQLite works in this thread whatever one calls, so nothing is awaited.
    private void RunOneByOne(Action<int, DbDataReader>? read)
    {
        DbConnection connection = db.Database.GetDbConnection();
        DbTransaction? transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        Dictionary<Statement, DbCommand> compiled = Compiled.GetValue(connection, KeptWhileOpen);
        for (int number = 0; number < _statements.Count; number++)
        {
            (Statement statement, IReadOnlyList<object> values) = _statements[number];
            if (!compiled.TryGetValue(statement, out DbCommand? command))
            {
                compiled[statement] = command = Command(connection, statement);
            }
            command.Transaction = transaction;
            for (int i = 0; i < values.Count; i++)
            {
                command.Parameters[i].Value = values[i];
            }
            if (read is null)
            {
                command.ExecuteNonQuery();
                continue;
            }
            using DbDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                read(number, reader);
            }
        }
    }

    private static Dictionary<Statement, DbCommand> KeptWhileOpen(DbConnection connection)
    {
        Dictionary<Statement, DbCommand> commands = [];
        connection.StateChange += (_, change) =>
        {
            if (change.CurrentState != ConnectionState.Open)
            {
                commands.Clear();
            }
        };
        return commands;
    }

    private static DbCommand Command(DbConnection connection, Statement statement)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = statement.Text;
        foreach (string name in statement.Parameters)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
