using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace Assize.Identity.Directory;

/// <summary>The only writer of the directory: every changed row gets a version of its own, which is the feed's order.</summary>
public sealed class DirectoryWriter(IdentityDb db, IOpenIddictTokenManager tokens, TimeProvider clock)
{
    /// <summary>Adds agencies and accounts that are not there yet; those that are stay as they are.</summary>
    public async Task AddMissingAsync(IReadOnlyList<Agency> agencies, IReadOnlyList<Account> accounts, CancellationToken ct)
    {
        HashSet<string> known = [.. await db.Agencies.Select(agency => agency.Id).ToListAsync(ct), .. await db.Accounts.Select(account => account.Subject).ToListAsync(ct)];
        DirectoryState state = await db.DirectoryStates.SingleAsync(ct);
        foreach (Agency agency in agencies.Where(agency => known.Add(agency.Id)))
        {
            agency.Version = ++state.Version;
            db.Agencies.Add(agency);
        }
        foreach (Account account in accounts.Where(account => known.Add(account.Subject)))
        {
            account.Version = ++state.Version;
            db.Accounts.Add(account);
        }
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Suspends, reactivates or retires an account. Its tokens die with anything but reactivation.</summary>
    public async Task SetStatusAsync(string subject, string status, CancellationToken ct)
    {
        DirectoryState state = await db.DirectoryStates.SingleAsync(ct);
        Account account = await AccountAsync(subject, ct);
        account.Status = status;
        account.Version = ++state.Version;
        await db.SaveChangesAsync(ct);
        if (status != AccountStatus.Active)
        {
            await tokens.RevokeBySubjectAsync(subject, ct);
        }
    }

    /// <summary>Gives exactly these roles from now on: others end, and are kept with their period.</summary>
    public async Task ReplaceRolesAsync(string subject, IReadOnlyCollection<string> roles, CancellationToken ct)
    {
        DateTimeOffset now = Microseconds(clock.GetUtcNow());
        DirectoryState state = await db.DirectoryStates.SingleAsync(ct);
        Account account = await AccountAsync(subject, ct);
        List<HomeRole> live = [.. account.Roles.Where(role => role.IsLive(now))];
        foreach (HomeRole ended in live.Where(role => !roles.Contains(role.Role)))
        {
            ended.To = now;
        }
        foreach (string added in roles.Except(live.Select(role => role.Role)))
        {
            account.Roles.Add(new HomeRole { Subject = subject, Role = added, From = now });
        }
        account.Version = ++state.Version;
        await db.SaveChangesAsync(ct);
    }

    internal static DateTimeOffset Microseconds(DateTimeOffset instant) => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));

    private async Task<Account> AccountAsync(string subject, CancellationToken ct) =>
        await db.Accounts.Include(account => account.Roles).SingleOrDefaultAsync(account => account.Subject == subject, ct)
        ?? throw new InvalidOperationException($"Expected an account “{subject}”, but there is none.");
}
