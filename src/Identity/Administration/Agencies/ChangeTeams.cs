using Assize.Identity.Administration.People;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Administration.Agencies;

internal sealed record TeamName(string? Name, string? Reason);

/// <param name="Add">Subjects; at most 100 of both.</param>
internal sealed record TeamMembers(IReadOnlyList<string>? Add, IReadOnlyList<string>? Remove, string? Reason);

internal sealed record TeamLine(string Id, string Name, string Status, int Members, bool Provisioned);

/// <summary>Teams of the admin's own agency. A team that the agency's provisioning owns is changed there.</summary>
internal static class ChangeTeams
{
    private const int Most = 100;

    public static async Task<Outcome> ListAsync(IdentityDb db, Admin admin, CancellationToken ct) =>
        Outcome.Done(new Page<TeamLine>(await Lines(db, Own(db, admin).OrderBy(team => team.Name).ThenBy(team => team.Id).Take(500)).ToListAsync(ct), null));

    public static async Task<Outcome> DetailAsync(IdentityDb db, Admin admin, string id, CancellationToken ct) =>
        await Lines(db, Own(db, admin).Where(team => team.Id == id)).SingleOrDefaultAsync(ct) is { } found ? Outcome.Done(found) : Outcome.NotFound("team");

    public static async Task<Outcome> AddAsync(AdminWork work, TeamName body)
    {
        if (Wrong(body) is { } wrong)
        {
            return wrong;
        }
        if (await IsTakenAsync(work, body.Name!))
        {
            return Outcome.Conflict("name_taken", "The agency has a team of this name.");
        }
        Team team = new() { Id = Guid.CreateVersion7(work.Now).ToString("n"), AgencyId = work.Admin.Agency.Id, Name = body.Name! };
        work.Db.Teams.Add(team);
        work.Unit.Changed(team);
        work.Audit("team.add", "team", team.Id, Words.Named(team.Name, body.Reason));
        return Outcome.Made(new TeamLine(team.Id, team.Name, team.Status, 0, false));
    }

    public static async Task<Outcome> RenameAsync(AdminWork work, string id, TeamName body)
    {
        if (Wrong(body) is { } wrong)
        {
            return wrong;
        }
        (Team? team, Outcome? refusal) = await OwnAsync(work, id);
        if (team is null)
        {
            return refusal!;
        }
        if (team.Name != body.Name && await IsTakenAsync(work, body.Name!))
        {
            return Outcome.Conflict("name_taken", "The agency has a team of this name.");
        }
        team.Name = body.Name!;
        work.Unit.Changed(team);
        work.Audit("team.rename", "team", team.Id, Words.Named(team.Name, body.Reason));
        return Outcome.Done(new TeamLine(team.Id, team.Name, team.Status, await CountAsync(work, id), false));
    }

    public static async Task<Outcome> RemoveAsync(AdminWork work, string id, ReasonOnly body)
    {
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        (Team? team, Outcome? refusal) = await OwnAsync(work, id);
        if (team is null)
        {
            return refusal!;
        }
        await work.Unit.RemoveAsync(team, work.Ct);
        work.Audit("team.remove", "team", team.Id, body.Reason);
        return Outcome.Done(new TeamLine(team.Id, team.Name, team.Status, 0, false));
    }

    public static async Task<Outcome> ChangeMembersAsync(AdminWork work, string id, TeamMembers body)
    {
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        List<string> add = [.. body.Add ?? []], remove = [.. body.Remove ?? []];
        if (add.Count + remove.Count is < 1 or > Most || add.Intersect(remove).Any())
        {
            return Outcome.Invalid("add", $"Expected between 1 and {Most} people to add or remove, each once.");
        }
        (Team? team, Outcome? refusal) = await OwnAsync(work, id);
        if (team is null)
        {
            return refusal!;
        }
        foreach (string subject in (List<string>)[.. add, .. remove])
        {
            (Account? person, refusal) = await work.OtherAsync(subject);
            if (person is null)
            {
                return refusal!;
            }
            if (add.Contains(subject) && person.Status is AccountStatus.Suspended or AccountStatus.Left)
            {
                return Outcome.Conflict("person_inactive", "Only people whose account is pending or active join a team.");
            }
            work.Unit.SetMember(person, team, add.Contains(subject));
        }
        work.Audit("team.members", "team", team.Id, body.Reason, new { added = add, removed = remove });
        await work.Db.SaveChangesAsync(work.Ct);
        return Outcome.Done(new TeamLine(team.Id, team.Name, team.Status, await CountAsync(work, id), false));
    }

    private static IQueryable<Team> Own(IdentityDb db, Admin admin) =>
        db.Teams.AsNoTracking().Where(team => team.AgencyId == admin.Agency.Id && team.Status == AccountStatus.Active);

    private static IQueryable<TeamLine> Lines(IdentityDb db, IQueryable<Team> teams) =>
        teams.Select(team => new TeamLine(team.Id, team.Name, team.Status, db.TeamMembers.Count(member => member.TeamId == team.Id), team.ExternalId != null));

    private static Outcome? Wrong(TeamName body) => Words.ReasonProblem(body.Reason) is { } unreasoned ? Outcome.Invalid("reason", unreasoned)
        : Words.NameProblem(body.Name) is { } unnamed ? Outcome.Invalid("name", unnamed)
        : null;

    private static async Task<(Team? Team, Outcome? Refusal)> OwnAsync(AdminWork work, string id) =>
        await work.Db.Teams.SingleOrDefaultAsync(team => team.Id == id && team.AgencyId == work.Admin.Agency.Id && team.Status == AccountStatus.Active, work.Ct) switch
        {
            null => (null, Outcome.NotFound("team")),
            { ExternalId: not null } => (null, Outcome.Conflict("provisioned", "This team comes from the agency's own provisioning, and is changed there.")),
            { } team => (team, null),
        };

    private static Task<bool> IsTakenAsync(AdminWork work, string name) =>
        work.Db.Teams.AnyAsync(team => team.AgencyId == work.Admin.Agency.Id && team.Name == name && team.Status == AccountStatus.Active, work.Ct);

    private static Task<int> CountAsync(AdminWork work, string id) => work.Db.TeamMembers.CountAsync(member => member.TeamId == id, work.Ct);
}
