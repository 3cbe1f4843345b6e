using Npgsql;

namespace Assize.Workflows.Storage;

/// <summary>Keeps what this host remembers in step with what others publish, release and retract: the row is read at every turn, a notification only ends the pause before.</summary>
public sealed class CatalogWatch(CaseDatabase database, RuleCatalog rules)
{
    /// <summary>With the reading it stays within the second in which a publication is to be seen everywhere.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    /// <summary>Watches until it is cancelled; a failure is the caller's to log and to begin again after.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        await using NpgsqlConnection? hints = await database.ListenAsync(CatalogVersion.Channel, ct);
        while (true)
        {
            await using (CaseDb db = database.CreateDbContext())
            {
                await rules.FollowAsync(db, ct);
            }
            if (hints is null)
            {
                await Task.Delay(Pause, ct);
            }
            else
            {
                await hints.WaitAsync(Pause, ct);
            }
        }
    }
}
