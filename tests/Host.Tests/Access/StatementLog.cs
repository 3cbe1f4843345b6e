using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Assize.Workflows.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;
using Xunit;

namespace Assize.Host.Tests.Access;

/// <summary>Every statement that a host sends to its SQLite file, whoever sends it: SQLite itself tells.</summary>
internal sealed partial class StatementLog
{
    // More than a request holds at once; each context keeps a connection of its own.
    private const int Most = 12;

    private readonly ConcurrentQueue<string> _statements = new();
    private readonly strdelegate_trace _trace;

    public StatementLog() => _trace = (_, statement) => _statements.Enqueue(statement);

    /// <summary>Listens to the connections of all contexts that wait for the next request.</summary>
    public async Task ListenAsync(CaseDatabase database)
    {
        var waiting = Enumerable.Range(0, Most).Select(_ => database.CreateDbContext()).ToList();
        foreach (var db in waiting)
        {
            raw.sqlite3_trace(Assert.IsType<SqliteConnection>(db.Database.GetDbConnection()).Handle, _trace, null);
        }

        foreach (var db in waiting)
        {
            await db.DisposeAsync();
        }
    }

    /// <summary>What was sent since the last time, without the values.</summary>
    public IReadOnlyList<string> Take()
    {
        List<string> taken = [];
        while (_statements.TryDequeue(out var statement))
        {
            taken.Add(Values().Replace(statement, "?"));
        }

        return taken;
    }

    [GeneratedRegex(@"'(?:[^']|'')*'|x'[0-9a-f]*'|\b\d+\b|\bNULL\b|\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Values();
}
