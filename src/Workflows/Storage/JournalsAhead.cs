using Assize.Engine.Storage;

namespace Assize.Workflows.Storage;

/// <summary>Reads the next batch of journals while the present one is rehearsed: one batch ahead, and only within the turn that began to.</summary>
/// <param name="units">Units of one batch.</param>
public sealed class JournalsAhead(CaseDatabase database, string definitionId, int units)
{
    private (string After, int Turn, Task<IReadOnlyList<OpenInstance>> Read)? _next;

    /// <summary>The units after that one: as they were read ahead in the same turn, or else as they are.</summary>
    public async Task<IReadOnlyList<OpenInstance>> TakeAsync(CaseDb db, string after, int turn, CancellationToken ct)
    {
        (string After, int Turn, Task<IReadOnlyList<OpenInstance>> Read)? next = _next;
        _next = null;
        if (next is { } ahead && (ahead.After, ahead.Turn) == (after, turn))
        {
            // Whatever hindered it hinders reading again, or has passed.
            await ((Task)ahead.Read).WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
            if (ahead.Read.IsCompletedSuccessfully)
            {
                return await ahead.Read;
            }
        }
        return await OpenJournals.ReadAsync(db, definitionId, after, units, ct);
    }

    public void Begin(string after, int turn, CancellationToken ct) => _next = (after, turn, Task.Run(() => ReadAsync(after, ct), ct));

    private async Task<IReadOnlyList<OpenInstance>> ReadAsync(string after, CancellationToken ct)
    {
        await using CaseDb db = database.CreateDbContext();
        return await OpenJournals.ReadAsync(db, definitionId, after, units, ct);
    }
}
