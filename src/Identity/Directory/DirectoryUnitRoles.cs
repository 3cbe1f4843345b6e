using System.Text.Json;
using Assize.Identity.Audit;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Directory;

public sealed partial class DirectoryUnit
{
    // Who may have given roles, and perhaps may no more.
    private readonly HashSet<string> _lapsed = [];

    /// <summary>Adds a role to the account; a pending account that holds one is active from then on.</summary>
    public async Task GiveAsync(Account account, HomeRole role, CancellationToken ct)
    {
        // A role may be held twice in different scopes, and its beginning tells the rows apart.
        while (account.Roles.Exists(held => held.Role == role.Role && held.From == role.From))
        {
            role.From += TimeSpan.FromMicroseconds(1);
        }
        role.RecordedFrom = Now;
        account.Roles.Add(role);
        if (account.Status == AccountStatus.Pending)
        {
            await SetStatusAsync(account, AccountStatus.Active, ct);
        }
        Changed(account);
    }

    /// <summary>Ends a role, unless it ended before; one that had yet to begin never does.</summary>
    public void End(HomeRole role, DateTimeOffset at)
    {
        if (role.To is { } ended && ended <= at)
        {
            return;
        }
        Supersede(role);
        role.To = at < role.From ? role.From : at;
        if (role.Role is RoleCatalogue.AgencyAdmin or RoleCatalogue.PlatformAdmin)
        {
            _lapsed.Add(role.Subject);
        }
    }

    /// <summary>
    /// Whoever gave or approved a role must still be entitled when it begins: one for a later day that somebody gave who administers nothing any more sleeps
    /// from its first instant until another administrator confirms it.
    /// </summary>
    internal async Task HoldGiftsAsync(CancellationToken ct)
    {
        List<Account> lapsed = _lapsed.Count == 0 ? [] : await Db.Accounts.Include(account => account.Roles).Where(account => _lapsed.Contains(account.Subject)).ToListAsync(ct);
        List<string> givers = [.. lapsed.Where(account => account.Status != AccountStatus.Active || !account.Roles.Exists(Administers)).Select(account => account.Subject)];
        List<Account> holders = givers.Count == 0 ? [] : await Db.Accounts.Include(account => account.Roles)
            .Where(account => account.Roles.Any(role => role.GivenBy != null && givers.Contains(role.GivenBy) && role.From > Now)).ToListAsync(ct);
        foreach ((Account holder, HomeRole role) in holders.SelectMany(holder => holder.Roles, (holder, role) => (holder, role)))
        {
            if (givers.Contains(role.GivenBy ?? "") && role.From > Now && !(role.To <= role.From) && !(role.RecertifyBy <= role.From))
            {
                Certify(role, until: role.From);
                Changed(holder);
                AuditLog.Record(Db, Now, AuditActor.Server, "role.hold", "person", holder.Subject, JsonSerializer.Serialize(new { role = role.Role, from = role.From, givenBy = role.GivenBy }));
            }
        }
    }

    private bool Administers(HomeRole role) => role.Role is (RoleCatalogue.AgencyAdmin or RoleCatalogue.PlatformAdmin) && role.IsLive(Now);

    public void Certify(HomeRole role, DateTimeOffset until)
    {
        Supersede(role);
        role.RecertifyBy = until;
    }

    /// <summary>What one process said by one reference is replaced whole: kept where it is the same, ended and given where it is not.</summary>
    /// <returns>Whether anything changed.</returns>
    public async Task<bool> ReplaceAsync(Account account, string process, string reference, IReadOnlyList<HomeRole> wanted, CancellationToken ct)
    {
        List<HomeRole> given = [.. account.Roles.Where(role => role.Process == process && role.Reference == reference && !(role.To <= Now))];
        List<HomeRole> missing = [.. wanted];
        missing.RemoveAll(role => given.RemoveAll(held => held.SaysTheSame(role)) > 0);
        given.ForEach(role => End(role, Now));
        foreach (HomeRole role in missing)
        {
            await GiveAsync(account, role, ct);
        }
        if (given.Count + missing.Count == 0)
        {
            return false;
        }
        Changed(account);
        return true;
    }

    // What was believed for no time at all was never believed.
    private void Supersede(HomeRole role)
    {
        if (role.RecordedFrom != Now)
        {
            Db.FormerRoles.Add(role.Superseded(Now));
            role.RecordedFrom = Now;
        }
    }
}
