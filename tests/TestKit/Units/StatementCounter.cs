using System.Collections.Concurrent;
using Assize.Workflows.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Assize.TestKit.Units;

/// <summary>Counts what reaches PostgreSQL by the driver's own log: round trips, and the statements in them.</summary>
public sealed class StatementCounter : ILoggerProvider, ILogger, IAsyncDisposable
{
    private readonly ConcurrentQueue<IReadOnlyList<string>> _trips = new();
    private readonly NpgsqlDataSource _source;
    private readonly ILoggerFactory _factory;

    public StatementCounter(string connectionString)
    {
        _factory = LoggerFactory.Create(b => b.SetMinimumLevel(LogLevel.Debug).AddProvider(this));
        NpgsqlDataSourceBuilder builder = new(connectionString);
        builder.UseLoggerFactory(_factory);
        _source = builder.Build();
        Database = CaseDatabase.Postgres(_source);
    }

    /// <summary>The same database, watched.</summary>
    public CaseDatabase Database { get; }

    /// <summary>Each round trip since the last reset, as its statements; BEGIN and COMMIT are not among them.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Trips => [.. _trips];

    public int Statements => _trips.Sum(t => t.Count);

    public void Reset() => _trips.Clear();

    ILogger ILoggerProvider.CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name is not ("CommandExecutionCompleted" or "BatchExecutionCompleted") || state is not IEnumerable<KeyValuePair<string, object?>> values)
        {
            return;
        }
        string? text = values.FirstOrDefault(v => v.Key is "CommandText").Value as string;
        if (text is not null)
        {
            _trips.Enqueue([text]);
        }
        else if (values.FirstOrDefault(v => v.Key is "BatchCommands").Value is IEnumerable<object> commands)
        {
            _trips.Enqueue([.. commands.Select(c => c.ToString()!)]);
        }
    }

    public void Dispose() => _factory.Dispose();

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _source.DisposeAsync();
        Dispose();
    }
}
