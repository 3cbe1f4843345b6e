using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Federation;

internal sealed record AgencyChoice(string Id, string Name);

/// <summary>The agencies whose people can sign in now, by name.</summary>
internal sealed class AgencyChoices(IdentityDb db, IdentitySettings settings)
{
    public async Task<IReadOnlyList<AgencyChoice>> ReadAsync(CancellationToken ct)
    {
        bool entra = settings.Entra is not null;
        var rows = await db.Upstreams.AsNoTracking()
            .Where(row => row.Status == UpstreamStatus.Active && (entra || row.Kind != UpstreamKind.Entra))
            .Join(db.Agencies.Where(agency => agency.Status == AccountStatus.Active), row => row.AgencyId, agency => agency.Id, (row, agency) => new { row.Id, row.AgencyId, agency.Name, row.Kind })
            .OrderBy(row => row.Name).ThenBy(row => row.Id).ToListAsync(ct);
        HashSet<string> several = [.. rows.GroupBy(row => row.AgencyId).Where(group => group.Count() > 1).Select(group => group.Key)];
        return [.. rows.Select(row => new AgencyChoice(row.Id, several.Contains(row.AgencyId) ? $"{row.Name} ({(row.Kind == UpstreamKind.Entra ? "Microsoft account" : row.Id)})" : row.Name))];
    }

    public Task<bool> AnyAsync(CancellationToken ct) => db.Upstreams.AnyAsync(row => row.Status == UpstreamStatus.Active, ct);

    public Task<Upstream?> FindAsync(string? id, CancellationToken ct) => db.Upstreams.AsNoTracking().Include(row => row.Assurance)
        .Where(row => row.Id == id && row.Status == UpstreamStatus.Active && db.Agencies.Any(agency => agency.Id == row.AgencyId && agency.Status == AccountStatus.Active))
        .SingleOrDefaultAsync(ct);
}
