using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Storage;

/// <summary>Writers of one SQLite file take turns in the process, since the file itself makes them poll.</summary>
internal sealed class SqliteTurn : IDisposable
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Queues = new();

    private readonly SemaphoreSlim? _queue;

    private SqliteTurn(SemaphoreSlim? queue) => _queue = queue;

    public static async Task<SqliteTurn> TakeAsync(DbContext db, CancellationToken ct)
    {
        if (Dialect.Of(db).IsPostgres || db.Database.CurrentTransaction is not null)
        {
            return new SqliteTurn(null);
        }
        SemaphoreSlim queue = Queues.GetOrAdd(db.Database.GetDbConnection().DataSource, _ => new SemaphoreSlim(1, 1));
        await queue.WaitAsync(ct);
        return new SqliteTurn(queue);
    }

    public void Dispose() => _queue?.Release();
}
