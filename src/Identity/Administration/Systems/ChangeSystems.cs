using Assize.Identity.Administration.People;
using Assize.Identity.Clients;
using Assize.Identity.Directory;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Administration.Systems;

/// <summary>What an administrator does to a system of their agency. One may stop it at once; nobody alone may let anything in.</summary>
internal sealed class ChangeSystems(SystemClients clients, SystemList systems, IdentitySettings settings)
{
    /// <summary>A system waits, with its first key, until a second administrator approves that.</summary>
    public async Task<Outcome> RegisterAsync(AdminWork work, NewSystem body)
    {
        if (Wrong(body.Name, body.Bound, body.Reason) is { } wrong)
        {
            return wrong;
        }
        if (!Words.IsCode(body.Code))
        {
            return Outcome.Invalid("code", "Expected a short name in lower case, of letters, digits and hyphens.");
        }
        if (RoleCatalogue.Find(RoleCatalogue.CaseSystem)?.Fits(work.Admin.Agency.Kind) != true)
        {
            return Outcome.Forbidden("wrong_kind", "An agency of this kind has no systems.");
        }
        string id = $"{body.Code}.{work.Admin.Agency.Id}";
        if (await work.Db.Accounts.AnyAsync(account => account.Subject == id || (account.IsSystem && account.AgencyId == work.Admin.Agency.Id && account.Name == body.Name), work.Ct))
        {
            return Outcome.Conflict("taken", "The agency has or had a system of this name.");
        }
        if (await work.Db.Accounts.CountAsync(account => account.IsSystem && account.AgencyId == work.Admin.Agency.Id && account.Status != AccountStatus.Left, work.Ct) >= SystemList.Most)
        {
            return Outcome.Conflict("too_many_systems", $"The agency has {SystemList.Most} systems. Retire one first.");
        }
        Account system = new() { Subject = id, Name = body.Name!, AgencyId = work.Admin.Agency.Id, IsSystem = true, Status = AccountStatus.Pending };
        if (await SystemKeys.AddAsync(work, system, new NewKey(body.Key, body.Reason)) is { } refusal)
        {
            return refusal;
        }
        work.Unit.Add(system);
        work.Audit("system.register", "system", id, Words.Named(system.Name, body.Reason), new { bound = body.Bound == true });
        await work.Db.SaveChangesAsync(work.Ct);
        await clients.AddAsync(system, body.Bound == true, work.Ct);
        return Outcome.Waiting(await systems.ReadAsync(work.Admin, work.Now, system, work.Ct));
    }

    public Task<Outcome> SetTermsAsync(AdminWork work, string id, SystemTerms body) => OfOwnAsync(work, id, async system =>
    {
        if (Wrong(body.Name, body.Bound, body.Reason) is { } wrong)
        {
            return wrong;
        }
        if (await work.Db.Accounts.AnyAsync(account => account.Subject != id && account.IsSystem && account.AgencyId == system.AgencyId && account.Name == body.Name, work.Ct))
        {
            return Outcome.Conflict("taken", "The agency has or had a system of this name.");
        }
        system.Name = body.Name!;
        work.Unit.Changed(system);
        work.Audit("system.change", "system", id, Words.Named(system.Name, body.Reason), new { bound = body.Bound == true });
        await work.Db.SaveChangesAsync(work.Ct);
        await clients.NameAsync(system, body.Bound == true, work.Ct);
        return null;
    });

    /// <summary>Suspended it gets and keeps no token. Retired is for ever: its id is never used again.</summary>
    public Task<Outcome> SetStatusAsync(AdminWork work, string id, StatusChange body) => OfOwnAsync(work, id, async system =>
    {
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        if ((system.Status, body.Status) is not ((AccountStatus.Active, AccountStatus.Suspended) or (AccountStatus.Suspended, AccountStatus.Active)
            or (AccountStatus.Pending or AccountStatus.Active or AccountStatus.Suspended, AccountStatus.Left)))
        {
            return Outcome.Conflict("wrong_state", $"A system that is {system.Status} cannot become {(AccountStatus.All.Contains(body.Status) ? body.Status : "that")}.");
        }
        work.Audit("system.status", "system", id, body.Reason, new { from = system.Status, to = body.Status });
        await work.Unit.SetStatusAsync(system, body.Status!, work.Ct);
        if (body.Status == AccountStatus.Left)
        {
            await SystemKeys.RemoveAllAsync(work, system, body.Reason!);
            await work.Db.SaveChangesAsync(work.Ct);
            await clients.RemoveAsync(system, work.Ct);
        }
        return null;
    });

    /// <summary>Runs a change on a system that is the agency's own and not retired, and answers with what became of it, unless it was refused.</summary>
    public async Task<Outcome> OfOwnAsync(AdminWork work, string id, Func<Account, Task<Outcome?>> change)
    {
        // Another agency's system is answered like one that never was.
        if (await work.Unit.FindAsync(id, work.Ct) is not { IsSystem: true } system || system.AgencyId != work.Admin.Agency.Id)
        {
            return Outcome.NotFound("system");
        }
        if (system.Status == AccountStatus.Left)
        {
            return Outcome.Conflict("retired", "This system is retired. Register another.");
        }
        if (await change(system) is { } refusal)
        {
            return refusal;
        }
        await work.Db.SaveChangesAsync(work.Ct);
        return Outcome.Done(await systems.ReadAsync(work.Admin, work.Now, system, work.Ct));
    }

    private Outcome? Wrong(string? name, bool? bound, string? reason) =>
        Words.ReasonProblem(reason) is { } unreasoned ? Outcome.Invalid("reason", unreasoned)
        : Words.NameProblem(name) is { } unnamed ? Outcome.Invalid("name", unnamed)
        : bound == true && settings.MutualTlsUrl is null ? Outcome.Conflict("no_certificates", "This server has no address that takes certificates, so no token can be bound to one.")
        : null;
}
