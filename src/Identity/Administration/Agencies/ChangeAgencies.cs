using Assize.Identity.Administration.People;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Administration.Agencies;

/// <param name="Id">Lower case with hyphens; for ever.</param>
/// <param name="Kind">"police", "prosecutor", "court" or "defence".</param>
internal sealed record NewAgency(string? Id, string? Kind, string? Name, string? Area, string? Reason);

internal sealed record AgencyName(string? Name, string? Reason);

/// <param name="Subject">Somebody whom the agency has; otherwise, whom to invite for it.</param>
internal sealed record FirstAdministrator(string? Subject, string? Reason, string? Name = null, string? UserName = null, string? ExternalId = null);

internal sealed record AgencyLine(string Id, string Kind, string Name, string? Area, string Status);

internal sealed record RoleCount(string Role, int People);

/// <summary>Platform staff enrol, name and suspend agencies. Of another agency's people nobody sees more than roles and counts.</summary>
internal static class ChangeAgencies
{
    /// <summary>As many as it takes for one to ask and another to approve.</summary>
    private const int FewestAdministrators = 2;

    public static async Task<Outcome> ListAsync(IdentityDb db, CancellationToken ct) => Outcome.Done(new Page<AgencyLine>(
        await db.Agencies.AsNoTracking().OrderBy(agency => agency.Name).ThenBy(agency => agency.Id).Take(1000)
            .Select(agency => new AgencyLine(agency.Id, agency.Kind, agency.Name, agency.Area, agency.Status)).ToListAsync(ct), null));

    public static async Task<Outcome> DetailAsync(IdentityDb db, string id, DateTimeOffset now, CancellationToken ct)
    {
        Agency? agency = await db.Agencies.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, ct);
        if (agency is null)
        {
            return Outcome.Refused(StatusCodes.Status404NotFound, "not_found", "There is no such agency.");
        }
        List<RoleCount> roles = await db.HomeRoles.AsNoTracking()
            .Where(role => role.From <= now && (role.To == null || role.To > now) && (role.RecertifyBy == null || role.RecertifyBy > now))
            .Join(db.Accounts.Where(account => account.AgencyId == id && account.Status == AccountStatus.Active && !account.IsSystem), role => role.Subject, account => account.Subject, (role, account) => new { role.Role, account.Subject })
            .Distinct().GroupBy(row => row.Role).Select(group => new RoleCount(group.Key, group.Count())).ToListAsync(ct);
        return Outcome.Done(new { agency = new AgencyLine(agency.Id, agency.Kind, agency.Name, agency.Area, agency.Status), roles = roles.OrderBy(role => role.Role, StringComparer.Ordinal) });
    }

    public static async Task<Outcome> AddAsync(AdminWork work, NewAgency body)
    {
        if (NotPlatform(work) is { } refusal)
        {
            return refusal;
        }
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        if (!Words.IsCode(body.Id) || Words.NameProblem(body.Name) is not null || (body.Area is not null && !Words.IsCode(body.Area))
            || body.Kind is not (AgencyKind.Police or AgencyKind.Prosecutor or AgencyKind.Court or AgencyKind.Defence))
        {
            return Outcome.Invalid("agency", "Expected an id and an area in lower case with hyphens, a name, and the kind “police”, “prosecutor”, “court” or “defence”.");
        }
        if (await work.Db.Agencies.AnyAsync(agency => agency.Id == body.Id, work.Ct) || await IsTakenAsync(work, body.Name!, body.Id!))
        {
            return Outcome.Conflict("taken", "There is an agency of this id or name.");
        }
        Agency added = new() { Id = body.Id!, Kind = body.Kind, Name = body.Name!, Area = body.Area };
        work.Unit.Add(added);
        work.Audit("agency.add", "agency", added.Id, body.Reason, new { added.Kind, added.Name, added.Area });
        return Outcome.Made(new AgencyLine(added.Id, added.Kind, added.Name, added.Area, added.Status));
    }

    public static Task<Outcome> RenameAsync(AdminWork work, string id, AgencyName body) => OfOtherAsync(work, id, body.Reason, async agency =>
    {
        if (Words.NameProblem(body.Name) is { } unnamed)
        {
            return Outcome.Invalid("name", unnamed);
        }
        if (await IsTakenAsync(work, body.Name!, id))
        {
            return Outcome.Conflict("taken", "There is an agency of this name.");
        }
        work.Audit("agency.rename", "agency", id, body.Reason, new { from = agency.Name, to = body.Name });
        agency.Name = body.Name!;
        work.Unit.Changed(agency);
        return Outcome.Done(new AgencyLine(agency.Id, agency.Kind, agency.Name, agency.Area, agency.Status));
    });

    // People choose their agency by its name, so what differs in its capitals alone is no other.
    private static async Task<bool> IsTakenAsync(AdminWork work, string name, string by) =>
        (await work.Db.Agencies.Where(other => other.Id != by).Select(other => other.Name).ToListAsync(work.Ct)).Contains(name, StringComparer.OrdinalIgnoreCase);

    public static Task<Outcome> SetStatusAsync(AdminWork work, string id, StatusChange body) => OfOtherAsync(work, id, body.Reason, async agency =>
    {
        if (body.Status is not (AccountStatus.Active or AccountStatus.Suspended))
        {
            return Outcome.Invalid("status", "Expected “active” or “suspended”.");
        }
        work.Audit("agency.status", "agency", id, body.Reason, new { from = agency.Status, to = body.Status });
        await work.Unit.SetStatusAsync(agency, body.Status, work.Ct);
        return Outcome.Done(new AgencyLine(agency.Id, agency.Kind, agency.Name, agency.Area, agency.Status));
    });

    /// <summary>
    /// An agency gets its first two administrators from two platform staff each: one alone could never have a second, since nobody would be there to approve.
    /// The role opens no case.
    /// </summary>
    public static Task<Outcome> AppointFirstAsync(AdminWork work, string id, FirstAdministrator body) => OfOtherAsync(work, id, body.Reason, async agency =>
    {
        int humans = await work.Db.Accounts.Where(account => account.AgencyId == id && account.Status == AccountStatus.Active && account.Roles.Any(
                role => role.Role == RoleCatalogue.AgencyAdmin && (role.To == null || role.To > work.Now) && (role.RecertifyBy == null || role.RecertifyBy > work.Now)))
            .Select(account => account.PersonId ?? account.Subject).Distinct().CountAsync(work.Ct);
        if (humans >= FewestAdministrators)
        {
            return Outcome.Conflict("has_administrator", "The agency has two administrators, who appoint others.");
        }
        (Account? person, Outcome? refusal) = await CandidateAsync(work, id, body);
        if (person is null)
        {
            return refusal!;
        }
        if (person.Roles.Exists(held => held.Role == RoleCatalogue.AgencyAdmin && held.IsLive(work.Now)))
        {
            return Outcome.Conflict("is_administrator", "They administer the agency already.");
        }
        HomeRole role = HomeRole.Usual(person, RoleCatalogue.AgencyAdmin, work.Now);
        (role.Process, role.Reference, role.GivenBy) = ("administration", "first-administrator", work.Admin.Account.Subject);
        string request = ChangeRoles.Ask(work, person, role, body.Reason!);
        return Outcome.Waiting(new { requests = (string[])[request] });
    });

    // A new agency has nobody yet: its first administrator is invited and asked for in one go.
    private static async Task<(Account? Person, Outcome? Refusal)> CandidateAsync(AdminWork work, string agency, FirstAdministrator body)
    {
        if (body.Subject is null)
        {
            (Account? invited, Outcome? refusal) = await InvitePerson.MakeAsync(work, agency, new Invitation(body.Name, body.UserName, body.ExternalId, null, null, body.Reason));
            if (invited is not null)
            {
                work.Audit("person.invite", "person", invited.Subject, body.Reason);
            }
            return (invited, refusal);
        }
        if (await work.Unit.FindAsync(body.Subject, work.Ct) is not { IsSystem: false, Status: AccountStatus.Pending or AccountStatus.Active } person || person.AgencyId != agency)
        {
            return (null, Outcome.NotFound("person"));
        }
        return work.Admin.Is(person) ? (null, Outcome.Forbidden("own_account", "Nobody appoints themselves, whichever account they use.")) : (person, null);
    }

    /// <summary>Says that accounts belong to one human. It can only take access away, since conflicts and parties go by the human.</summary>
    public static async Task<Outcome> LinkAsync(AdminWork work, PersonLink body)
    {
        if (NotPlatform(work) is { } refusal)
        {
            return refusal;
        }
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        if (body.Subject == body.Other || await work.Unit.FindAsync(body.Subject ?? "", work.Ct) is not { IsSystem: false } one || await work.Unit.FindAsync(body.Other ?? "", work.Ct) is not { IsSystem: false } other)
        {
            return Outcome.NotFound("person");
        }
        string kept = one.PersonId ?? other.PersonId ?? one.Subject;
        string? dropped = one.PersonId is null ? null : other.PersonId;
        List<Account> same = await work.Db.Accounts.Where(account => account.Subject == one.Subject || account.Subject == other.Subject || (dropped != null && account.PersonId == dropped)).ToListAsync(work.Ct);
        foreach (Account account in same)
        {
            account.PersonId = kept;
            work.Unit.Changed(account);
        }
        work.Audit("person.link", "person", one.Subject, body.Reason, new { other = other.Subject });
        return Outcome.Done(new { personId = kept, accounts = same.Select(account => account.Subject).Order(StringComparer.Ordinal) });
    }

    private static async Task<Outcome> OfOtherAsync(AdminWork work, string id, string? reason, Func<Agency, Task<Outcome>> change)
    {
        if (NotPlatform(work) is { } refusal)
        {
            return refusal;
        }
        if (Words.ReasonProblem(reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        return await work.Db.Agencies.SingleOrDefaultAsync(agency => agency.Id == id, work.Ct) switch
        {
            null => Outcome.Refused(StatusCodes.Status404NotFound, "not_found", "There is no such agency. Nothing was changed."),
            { Kind: AgencyKind.Platform } => Outcome.Forbidden("platform", "The platform's own agency is not changed here."),
            { } agency => await change(agency),
        };
    }

    private static Outcome? NotPlatform(AdminWork work) =>
        work.Admin.IsPlatform ? null : Outcome.Forbidden("not_platform", "Only a platform administrator may do this.");
}

/// <summary>Two accounts of one human.</summary>
internal sealed record PersonLink(string? Subject, string? Other, string? Reason);
