using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Federation;

/// <summary>The only writer of upstreams: each change moves the version that all processes poll.</summary>
internal sealed class UpstreamWriter(IdentityDb db, UpstreamLoading loading)
{
    public async Task PutAsync(Upstream wanted, CancellationToken ct)
    {
        UpstreamState state = await StateAsync(ct);
        if (await db.Upstreams.Include(row => row.Assurance).SingleOrDefaultAsync(row => row.Id == wanted.Id, ct) is { } known)
        {
            db.Entry(known).CurrentValues.SetValues(wanted);
            known.Assurance.Clear();
            known.Assurance.AddRange(wanted.Assurance);
            known.Version = ++state.Version;
        }
        else
        {
            wanted.Version = ++state.Version;
            db.Upstreams.Add(wanted);
        }
        await SavedAsync(ct);
    }

    public async Task SetStatusAsync(string id, string status, CancellationToken ct)
    {
        UpstreamState state = await StateAsync(ct);
        Upstream row = await db.Upstreams.SingleAsync(upstream => upstream.Id == id, ct);
        row.Status = status;
        row.Version = ++state.Version;
        await SavedAsync(ct);
    }

    /// <summary>Saves what is pending on the context, an enrolment that begins or ends to be tried, and lets every process know.</summary>
    public async Task SaveAsync(CancellationToken ct)
    {
        (await StateAsync(ct)).Version++;
        await SavedAsync(ct);
    }

    /// <summary>After the commit, where what was changed here was part of a caller's transaction.</summary>
    public Task RefreshAsync(CancellationToken ct) => loading.RefreshAsync(ct);

    private async Task SavedAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        if (db.Database.CurrentTransaction is null)
        {
            await loading.RefreshAsync(ct);
        }
    }

    private async Task<UpstreamState> StateAsync(CancellationToken ct)
    {
        if (await db.UpstreamStates.SingleOrDefaultAsync(ct) is { } state)
        {
            return state;
        }
        UpstreamState first = new() { Id = UpstreamState.OnlyRow, Version = 0 };
        db.UpstreamStates.Add(first);
        return first;
    }
}
