using System.Text.Json;
using Assize.Identity.Audit;
using Assize.Identity.Sessions;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using OpenIddict.Abstractions;

namespace Assize.Identity.Directory;

/// <summary>The only way to change the directory: one transaction, in which every changed row gets a version of its own, the feed's order.</summary>
public sealed class DirectoryWriter(IdentityDb db, IOpenIddictTokenManager tokens, SessionRegister sessions, TimeProvider clock)
{
    /// <summary>Runs the change and commits it; nothing of it stays when it throws, or is not to be kept.</summary>
    public async Task<T> ChangeAsync<T>(Func<DirectoryUnit, Task<T>> change, CancellationToken ct, bool keep = true)
    {
        await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct);
        DirectoryUnit unit = await DirectoryUnit.OpenAsync(db, clock, ct);
        T result = await change(unit);
        if (keep)
        {
            await unit.HoldGiftsAsync(ct);
            await db.SaveChangesAsync(ct);
            await EndAccessAsync(unit, ct);
            await transaction.CommitAsync(ct);
        }
        db.ChangeTracker.Clear();
        return result;
    }

    public Task ChangeAsync(Func<DirectoryUnit, Task> change, CancellationToken ct) => ChangeAsync(
        async unit =>
        {
            await change(unit);
            return true;
        },
        ct);

    /// <summary>Adds agencies, accounts and kinds of role that are not there yet; those that are stay as they are.</summary>
    public Task AddMissingAsync(IReadOnlyList<Agency> agencies, IReadOnlyList<Account> accounts, CancellationToken ct) => ChangeAsync(
        async unit =>
        {
            HashSet<string> known = [.. await db.Agencies.Select(agency => agency.Id).ToListAsync(ct), .. await db.Accounts.Select(account => account.Subject).ToListAsync(ct)];
            foreach (Agency agency in agencies.Where(agency => known.Add(agency.Id)))
            {
                unit.Add(agency);
            }
            foreach (Account account in accounts.Where(account => known.Add(account.Subject)))
            {
                unit.Add(account);
            }
        },
        ct);

    /// <summary>The catalogue of this build; what an operator changed in a row stays.</summary>
    public async Task AddMissingAsync(IReadOnlyList<RoleDefinition> roles, CancellationToken ct)
    {
        HashSet<string> known = [.. await db.RoleDefinitions.Select(role => role.Role).ToListAsync(ct)];
        db.RoleDefinitions.AddRange(roles.Where(role => known.Add(role.Role)).Select(role => role.Copy()));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Suspends, reactivates or retires an account. Its tokens and sessions die with anything but reactivation.</summary>
    public Task SetStatusAsync(string subject, string status, CancellationToken ct) =>
        ChangeAsync(
            async unit =>
            {
                Account account = await AccountAsync(unit, subject, ct);
                AuditLog.Record(db, unit.Now, AuditActor.Server, "person.status", "person", subject, JsonSerializer.Serialize(new { from = account.Status, to = status }));
                await unit.SetStatusAsync(account, status, ct);
            },
            ct);

    /// <summary>Gives exactly these roles from now on: others end, and are kept with their period.</summary>
    public Task ReplaceRolesAsync(string subject, IReadOnlyCollection<string> roles, CancellationToken ct) => ChangeAsync(
        async unit =>
        {
            Account account = await AccountAsync(unit, subject, ct);
            List<HomeRole> live = [.. account.Roles.Where(role => role.IsLive(unit.Now))];
            live.FindAll(role => !roles.Contains(role.Role)).ForEach(role => unit.End(role, unit.Now));
            foreach (string added in roles.Except(live.Select(role => role.Role)))
            {
                await unit.GiveAsync(account, HomeRole.Usual(account, added, unit.Now), ct);
            }
            unit.Changed(account);
            AuditLog.Record(db, unit.Now, AuditActor.Server, "person.roles", "person", subject, JsonSerializer.Serialize(new { roles }));
        },
        ct);

    // In the same transaction, so that no reactivation brings a token or a session back.
    private async Task EndAccessAsync(DirectoryUnit unit, CancellationToken ct)
    {
        foreach ((string subject, string because) in unit.Shut)
        {
            await tokens.RevokeBySubjectAsync(subject, ct);
            await sessions.EndOfSubjectAsync(subject, because, ct);
        }
    }

    internal static DateTimeOffset Microseconds(DateTimeOffset instant) => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));

    private static async Task<Account> AccountAsync(DirectoryUnit unit, string subject, CancellationToken ct) =>
        await unit.FindAsync(subject, ct) ?? throw new InvalidOperationException($"Expected an account “{subject}”, but there is none.");
}
