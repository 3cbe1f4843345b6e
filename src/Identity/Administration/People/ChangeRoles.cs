using System.Globalization;
using System.Text.Json;
using Assize.Identity.Directory;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Administration.People;

/// <summary>What a change of roles came to.</summary>
/// <param name="Person">The person as the directory has them after it; in a rehearsal, as it would have them.</param>
/// <param name="Moved">Whether it was a change of post, which suspends what other agencies granted for the old one.</param>
/// <param name="Requests">What a second administrator must approve before it is given.</param>
internal sealed record RolesOutcome(PersonEntry Person, bool Moved, IReadOnlyList<string> Requests);

internal static class ChangeRoles
{
    private const int MostRoles = 20;
    private static readonly TimeSpan s_requestLife = TimeSpan.FromDays(14);

    public static async Task<Outcome> ReplaceAsync(AdminWork work, string subject, RolesChange change)
    {
        if (Words.ReasonProblem(change.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        if (change.Roles is not { Count: <= MostRoles } || (change.Process is null) != (change.Reference is null)
            || (change.Process is not null && !(Words.IsCode(change.Process) && Words.IsCode(change.Reference))))
        {
            return Outcome.Invalid("roles", $"Expected a list of at most {MostRoles} roles, and a process and a reference in lower case or neither.");
        }
        (Account? person, Outcome? refusal) = await OfActiveAsync(work, subject);
        if (person is null)
        {
            return refusal!;
        }
        (List<HomeRole> wanted, refusal) = await CheckAllAsync(work, person, change.Roles);
        if (refusal is not null)
        {
            return refusal;
        }
        wanted.ForEach(role => (role.Process, role.Reference) = (change.Process ?? role.Process, change.Reference ?? role.Reference));
        List<HomeRole> replaced = [.. person.Roles.Where(role => !(role.To <= work.Now)
            && (change.Process is null || (role.Process == change.Process && role.Reference == change.Reference)))];
        return await ApplyAsync(work, person, replaced, wanted, change.Reason!);
    }

    public static async Task<Outcome> AddAsync(AdminWork work, string subject, RoleAddition addition)
    {
        if (Words.ReasonProblem(addition.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        if (addition.Role is null)
        {
            return Outcome.Invalid("role", "Expected a role to give.");
        }
        (Account? person, Outcome? refusal) = await OfActiveAsync(work, subject);
        if (person is null)
        {
            return refusal!;
        }
        (List<HomeRole> wanted, refusal) = await CheckAllAsync(work, person, [addition.Role]);
        return refusal ?? await ApplyAsync(work, person, [], wanted, addition.Reason!);
    }

    /// <summary>The same role with another reach, classification or end: that is no change of post. An administrator's role needs two people, so it is given anew.</summary>
    public static async Task<Outcome> ChangeOneAsync(AdminWork work, string subject, string id, RoleAddition change)
    {
        if (Words.ReasonProblem(change.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        (Account? person, Outcome? refusal) = await OfActiveAsync(work, subject);
        if (person is null)
        {
            return refusal!;
        }
        if (person.Roles.Find(role => role.Id == id && !(role.To <= work.Now)) is not { } held)
        {
            return Outcome.NotFound("role");
        }
        if (change.Role is not { } gift || gift.Role != held.Role)
        {
            return Outcome.Invalid("role", "Expected the same role. Give another one by itself.");
        }
        (List<HomeRole> wanted, refusal) = await CheckAllAsync(work, person, [gift]);
        if (refusal is not null)
        {
            return refusal;
        }
        RoleDefinition definition = await work.Db.RoleDefinitions.AsNoTracking().SingleAsync(role => role.Role == held.Role, work.Ct);
        return RoleRules.NeedsSecond(work.Admin, definition)
            ? Outcome.Conflict("needs_second", "A second administrator approves this role. Give it as it should be, and end this one when it is approved.")
            : await ApplyAsync(work, person, [held], wanted, change.Reason!, isSamePost: true);
    }

    public static async Task<Outcome> EndAsync(AdminWork work, string subject, string id, ReasonOnly body)
    {
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        (Account? person, Outcome? refusal) = await work.OtherAsync(subject);
        if (person is null)
        {
            return refusal!;
        }
        return person.Roles.Find(role => role.Id == id && !(role.To <= work.Now)) is { } held
            ? await ApplyAsync(work, person, [held], [], body.Reason!)
            : Outcome.NotFound("role");
    }

    internal static async Task<(Account? Person, Outcome? Refusal)> OfActiveAsync(AdminWork work, string subject)
    {
        (Account? person, Outcome? refusal) = await work.OtherAsync(subject);
        return person?.Status is AccountStatus.Suspended or AccountStatus.Left
            ? (null, Outcome.Conflict("person_inactive", "Roles are given to people whose account is pending or active."))
            : (person, refusal);
    }

    internal static async Task<(List<HomeRole> Roles, Outcome? Refusal)> CheckAllAsync(AdminWork work, Account person, IReadOnlyList<RoleGift> gifts)
    {
        Dictionary<string, RoleDefinition> catalogue = await work.Db.RoleDefinitions.AsNoTracking().ToDictionaryAsync(role => role.Role, work.Ct);
        List<HomeRole> roles = [];
        foreach ((int index, RoleGift gift) in gifts.Index())
        {
            (HomeRole? role, Outcome? refusal) = RoleRules.Check(work, person, catalogue.GetValueOrDefault(gift.Role ?? ""), gift, string.Create(CultureInfo.InvariantCulture, $"roles[{index}]"));
            if (role is null)
            {
                return ([], refusal);
            }
            roles.Add(role);
        }
        return (roles, null);
    }

    internal static async Task<Outcome> ApplyAsync(AdminWork work, Account person, List<HomeRole> replaced, List<HomeRole> wanted, string reason, bool isSamePost = false)
    {
        Dictionary<string, RoleDefinition> catalogue = await work.Db.RoleDefinitions.AsNoTracking().ToDictionaryAsync(role => role.Role, work.Ct);
        List<HomeRole> ending = [.. replaced];
        List<HomeRole> missing = [.. wanted];
        missing.RemoveAll(role => ending.Find(role.SaysTheSame) is { } held && ending.Remove(held));
        List<HomeRole> waiting = missing.FindAll(role => RoleRules.NeedsSecond(work.Admin, catalogue[role.Role]));
        missing.RemoveAll(waiting.Contains);
        bool moved = !isSamePost && ending.Count > 0 && missing.Count > 0;
        ending.ForEach(role => work.Unit.End(role, work.Now));
        foreach (HomeRole role in missing)
        {
            await work.Unit.GiveAsync(person, role, work.Ct);
        }
        if (moved)
        {
            person.MovedAt = work.Now;
        }
        if (ending.Count + missing.Count > 0)
        {
            work.Unit.Changed(person);
            work.Audit("person.roles", "person", person.Subject, reason, new { ended = ending.Select(role => role.Id), given = missing.Select(role => role.Id), moved });
        }
        List<string> requests = [.. waiting.Select(role => Ask(work, person, role, reason))];
        await work.Db.SaveChangesAsync(work.Ct);
        RolesOutcome outcome = new(await PersonEntries.ReadAsync(work.Db, person.Subject, work.Ct), moved, requests);
        return requests.Count > 0 ? Outcome.Waiting(outcome) : Outcome.Done(outcome);
    }

    internal static string Ask(AdminWork work, Account person, HomeRole role, string reason)
    {
        RoleRequest request = new()
        {
            Id = Guid.CreateVersion7(work.Now).ToString("n"),
            AgencyId = work.Admin.Agency.Id,
            Subject = person.Subject,
            Role = role.Role,
            Gift = JsonSerializer.Serialize(role),
            RequestedBy = work.Admin.Account.Subject,
            RequestedAt = work.Now,
            ExpiresAt = work.Now + s_requestLife,
            Reason = reason,
        };
        work.Db.RoleRequests.Add(request);
        work.Audit("role.request", "request", request.Id, reason, new { person = person.Subject, role = role.Role });
        return request.Id;
    }
}
