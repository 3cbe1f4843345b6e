using Assize.Identity.Administration.People;
using Assize.Identity.Clients;
using Assize.Identity.Directory;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Administration.Systems;

/// <summary>
/// Keys of a system. Whoever has a system's key is that system, so each waits for a second administrator, who compares its thumbprint
/// with what the system's makers say. Taking a key away needs one, and ends what was given to the system so far.
/// </summary>
internal sealed class SystemKeys(SystemClients clients)
{
    private const int Most = 5;

    /// <summary>Adds the key to what is written; null unless it is refused.</summary>
    public static async Task<Outcome?> AddAsync(AdminWork work, Account system, NewKey body)
    {
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        (PublishedKey? key, string? wrong) = PublishedKey.Read(body.Key);
        if (key is null)
        {
            return Outcome.Invalid("key", wrong!);
        }
        if (await work.Db.SystemKeys.AnyAsync(known => known.Thumbprint == key.Thumbprint && known.RemovedAt == null
            && work.Db.Accounts.Any(account => account.Subject == known.Subject && account.AgencyId == system.AgencyId), work.Ct))
        {
            return Outcome.Conflict("key_known", "A system of the agency has this key.");
        }
        if (await work.Db.SystemKeys.CountAsync(known => known.Subject == system.Subject && known.RemovedAt == null, work.Ct) >= Most)
        {
            return Outcome.Conflict("too_many_keys", $"The system has {Most} keys. Remove one first.");
        }
        SystemKey added = new()
        {
            Id = Guid.CreateVersion7(work.Now).ToString("n"),
            Subject = system.Subject,
            Thumbprint = key.Thumbprint,
            Jwk = key.Jwk,
            Kind = key.Kind,
            AddedBy = work.Admin.Account.Subject,
            AddedAt = work.Now,
            Reason = body.Reason!,
        };
        work.Db.SystemKeys.Add(added);
        work.Audit("system.key.add", "system", system.Subject, body.Reason, new { key = added.Id, added.Thumbprint });
        return null;
    }

    /// <summary>The second administrator's yes. With its first key a system begins to work.</summary>
    public async Task<Outcome?> ApproveAsync(AdminWork work, Account system, string id, ReasonOnly body)
    {
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        if (await FindAsync(work, system, id) is not { } key)
        {
            return Outcome.NotFound("key");
        }
        if (await WhyNotAsync(work, key) is { } refusal)
        {
            return refusal;
        }
        (key.ApprovedBy, key.ApprovedAt) = (work.Admin.Account.Subject, work.Now);
        work.Audit("system.key.approve", "system", system.Subject, body.Reason, new { key = key.Id, key.Thumbprint, addedBy = key.AddedBy });
        if (system.Status == AccountStatus.Pending)
        {
            HomeRole role = HomeRole.Usual(system, RoleCatalogue.CaseSystem, work.Now);
            (role.Process, role.Reference, role.GivenBy) = ("administration", "systems", work.Admin.Account.Subject);
            await work.Unit.GiveAsync(system, role, work.Ct);
        }
        await PublishAsync(work, system);
        return null;
    }

    public async Task<Outcome?> RemoveAsync(AdminWork work, Account system, string id, ReasonOnly body)
    {
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        if (await FindAsync(work, system, id) is not { } key)
        {
            return Outcome.NotFound("key");
        }
        if (key.RemovedAt is not null)
        {
            return Outcome.Conflict("removed", "This key was removed before.");
        }
        Remove(work, key, body.Reason!);
        if (key.ApprovedAt is not null)
        {
            await PublishAsync(work, system);
            await clients.RevokeAsync(system, work.Ct);
        }
        return null;
    }

    public static async Task RemoveAllAsync(AdminWork work, Account system, string reason) =>
        (await work.Db.SystemKeys.Where(key => key.Subject == system.Subject && key.RemovedAt == null).ToListAsync(work.Ct)).ForEach(key => Remove(work, key, reason));

    private static void Remove(AdminWork work, SystemKey key, string reason)
    {
        (key.RemovedBy, key.RemovedAt) = (work.Admin.Account.Subject, work.Now);
        work.Audit("system.key.remove", "system", key.Subject, reason, new { key = key.Id, key.Thumbprint });
    }

    private static Task<SystemKey?> FindAsync(AdminWork work, Account system, string id) =>
        work.Db.SystemKeys.SingleOrDefaultAsync(key => key.Id == id && key.Subject == system.Subject, work.Ct);

    // Whoever added it must still be entitled when it begins to work, and nobody decides alone.
    private static async Task<Outcome?> WhyNotAsync(AdminWork work, SystemKey key)
    {
        Account? adder = await work.Db.Accounts.AsNoTracking().SingleOrDefaultAsync(account => account.Subject == key.AddedBy, work.Ct);
        return adder is null || work.Admin.Is(adder) ? Outcome.Forbidden("same_person", "Whoever added the key cannot approve it; a second administrator must.")
            : key.ApprovedAt is not null || key.RemovedAt is not null ? Outcome.Conflict("decided", "This key was decided about before.")
            : key.AddedAt + SystemList.KeyWaits <= work.Now ? Outcome.Conflict("expired", "This key waited for too long. Remove it, and add it again.")
            : await Admin.FindAsync(work.Db, adder.Subject, work.Now, work.Ct) is not { } still || still.Agency.Id != work.Admin.Agency.Id
                ? Outcome.Conflict("asker_not_entitled", "Whoever added the key is no longer an administrator. Remove it, and add it again.")
            : null;
    }

    private async Task PublishAsync(AdminWork work, Account system)
    {
        await work.Db.SaveChangesAsync(work.Ct);
        await clients.KeepAsync(system, await work.Db.SystemKeys.Where(key => key.Subject == system.Subject && key.ApprovedAt != null && key.RemovedAt == null)
            .OrderBy(key => key.ApprovedAt).ToListAsync(work.Ct), work.Ct);
    }
}
