using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Identity.Administration;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Scim;

/// <summary>Teams that an agency's provisioning owns: those with an external id. Roles follow from them by the agency's mapping.</summary>
internal static class ScimGroups
{
    public static Task<IResult> ListAsync(HttpContext http, IdentityDb db, ScimDesk desk, string? filter, string? startIndex, string? count, string? excludedAttributes) => ScimDesk.ReadAsync(async () =>
    {
        IQueryable<Team> teams = ScimFilter.Read(filter).Aggregate(Owned(db, ScimDesk.AgencyOf(http)).AsNoTracking(), (some, asked) => Filtered(db, some, asked));
        ScimRange range = ScimRange.Of(startIndex, count);
        int total = await teams.CountAsync(http.RequestAborted);
        List<Team> page = await teams.OrderBy(team => team.Id).Skip(range.Start - 1).Take(range.Count).ToListAsync(http.RequestAborted);
        ILookup<string, Account>? members = WantsMembers(excludedAttributes) ? await MembersAsync(db, page, http.RequestAborted) : null;
        return ScimAnswer.List(page.Select(team => Resource(team, members?[team.Id], desk.AddressOf(""))), total, range.Start);
    });

    public static Task<IResult> GetAsync(HttpContext http, IdentityDb db, ScimDesk desk, string id, string? excludedAttributes) => ScimDesk.ReadAsync(async () =>
    {
        Team team = await Owned(db, ScimDesk.AgencyOf(http)).AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, http.RequestAborted) ?? throw ScimRefusal.NotFound("group");
        ILookup<string, Account>? members = WantsMembers(excludedAttributes) ? await MembersAsync(db, [team], http.RequestAborted) : null;
        return ScimAnswer.Resource(Resource(team, members?[team.Id], desk.AddressOf("")));
    });

    public static async Task<ScimAnswer> CreateAsync(ScimWork work, JsonObject body)
    {
        string name = Name(ScimPatch.Member(body, "displayName"));
        string external = ScimPatch.Member(body, "externalId") is { } given ? External(given) : name;
        await RefuseTakenAsync(work, name, null);
        Team team = new() { Id = Guid.CreateVersion7(work.Unit.Now).ToString("n"), AgencyId = work.Agency, Name = name, ExternalId = external };
        work.Unit.Db.Teams.Add(team);
        await work.Unit.Db.SaveChangesAsync(work.Ct);
        return await FinishAsync(work, team, Ids(ScimPatch.Member(body, "members")), [], "scim.group.create", StatusCodes.Status201Created);
    }

    public static async Task<ScimAnswer> ReplaceAsync(ScimWork work, HttpContext http, string id, JsonObject body)
    {
        Team team = await FindAsync(work, http, id);
        await RenameAsync(work, team, Name(ScimPatch.Member(body, "displayName")));
        team.ExternalId = ScimPatch.Member(body, "externalId") is { } given ? External(given) : team.ExternalId;
        List<string> wanted = Ids(ScimPatch.Member(body, "members")), now = await MemberIdsAsync(work, id);
        return await FinishAsync(work, team, [.. wanted.Except(now)], [.. now.Except(wanted)], "scim.group.update");
    }

    public static async Task<ScimAnswer> PatchAsync(ScimWork work, HttpContext http, string id, JsonObject body)
    {
        Team team = await FindAsync(work, http, id);
        HashSet<string> before = [.. await MemberIdsAsync(work, id)], after = [.. before];
        foreach (PatchStep step in ScimPatch.Read(body, id))
        {
            switch (step.Path)
            {
                case "displayname":
                    await RenameAsync(work, team, Name(step.Value));
                    break;
                case "externalid":
                    team.ExternalId = External(step.Value);
                    break;
                case "members" or "members.value":
                    ChangeMembers(step, after);
                    break;
                case "id" or "meta":
                    throw new ScimRefusal(StatusCodes.Status400BadRequest, "mutability", $"“{step.Path}” cannot be changed. Nothing was changed.");
            }
        }
        return await FinishAsync(work, team, [.. after.Except(before)], [.. before.Except(after)], "scim.group.update");
    }

    public static async Task<ScimAnswer> DeleteAsync(ScimWork work, HttpContext http, string id)
    {
        Team team = await FindAsync(work, http, id);
        List<string> members = await MemberIdsAsync(work, id);
        await FinishAsync(work, team, [], members, "scim.group.delete");
        await work.Unit.RemoveAsync(team, work.Ct);
        return ScimAnswer.Nothing();
    }

    private static void ChangeMembers(PatchStep step, HashSet<string> members)
    {
        List<string> named = step.Selected is { } selected ? [selected] : Ids(step.Value);
        switch (step.Op)
        {
            case "add":
                members.UnionWith(named);
                break;
            case "replace" when step.Selected is null:
                members.Clear();
                members.UnionWith(named);
                break;
            case "remove" when step.Selected is null && step.Value is null:
                members.Clear();
                break;
            case "remove":
                members.ExceptWith(named);
                break;
        }
    }

    private static async Task<ScimAnswer> FinishAsync(ScimWork work, Team team, List<string> joining, List<string> leaving, string action, int status = StatusCodes.Status200OK)
    {
        if (work.Unit.Db.Entry(team) is { } entry && (entry.Property(known => known.Name).IsModified || entry.Property(known => known.ExternalId).IsModified))
        {
            await RegrantAsync(work, team, leaving);
        }
        foreach (string subject in (List<string>)[.. joining, .. leaving])
        {
            bool joins = joining.Contains(subject);
            if (await work.Unit.FindAsync(subject, work.Ct) is not { IsSystem: false } account || account.AgencyId != work.Agency || account.UserName is null)
            {
                if (joins)
                {
                    throw ScimRefusal.Value("Expected members who are users of the agency.");
                }
                continue;
            }

            // Whoever is not active now joins nothing: coming back brings no group and so no role.
            if (!joins || account.Status is AccountStatus.Pending or AccountStatus.Active)
            {
                work.Unit.SetMember(account, team, joins);
                await ScimGrants.ApplyAsync(work, account);
            }
        }
        work.Unit.Changed(team);
        work.Audit(action, "team", team.Id, new { joined = joining, left = leaving });
        await work.Unit.Db.SaveChangesAsync(work.Ct);
        ILookup<string, Account> members = await MembersAsync(work.Unit.Db, [team], work.Ct);
        return ScimAnswer.Resource(Resource(team, members[team.Id], work.Address), status);
    }

    // The mapping goes by the group's names: under others, whoever stays holds other roles.
    private static async Task RegrantAsync(ScimWork work, Team team, List<string> leaving)
    {
        foreach (string subject in (await MemberIdsAsync(work, team.Id)).Except(leaving))
        {
            if (await work.Unit.FindAsync(subject, work.Ct) is { IsSystem: false } account && account.AgencyId == work.Agency)
            {
                await ScimGrants.ApplyAsync(work, account);
            }
        }
    }

    private static IQueryable<Team> Filtered(IdentityDb db, IQueryable<Team> teams, ScimFilter asked) => asked.Attribute switch
    {
        "displayname" => teams.Where(team => team.Name == asked.Value),
        "externalid" => teams.Where(team => team.ExternalId == asked.Value),
        "id" => teams.Where(team => team.Id == asked.Value),
        "members" or "members.value" => teams.Where(team => db.TeamMembers.Any(member => member.TeamId == team.Id && member.Subject == asked.Value)),
        _ => throw asked.NotRead("displayName, externalId, id, members, members.value"),
    };

    private static IQueryable<Team> Owned(IdentityDb db, string agency) =>
        db.Teams.Where(team => team.AgencyId == agency && team.Status == AccountStatus.Active && team.ExternalId != null);

    private static async Task<Team> FindAsync(ScimWork work, HttpContext http, string id)
    {
        Team team = await Owned(work.Unit.Db, work.Agency).SingleOrDefaultAsync(known => known.Id == id, work.Ct) ?? throw ScimRefusal.NotFound("group");
        ScimDesk.Match(http, team.Version);
        return team;
    }

    private static async Task RenameAsync(ScimWork work, Team team, string name)
    {
        if (team.Name != name)
        {
            await RefuseTakenAsync(work, name, team.Id);
            team.Name = name;
        }
    }

    private static async Task RefuseTakenAsync(ScimWork work, string name, string? except)
    {
        if (await work.Unit.Db.Teams.AnyAsync(team => team.AgencyId == work.Agency && team.Status == AccountStatus.Active && team.Name == name && team.Id != except, work.Ct))
        {
            throw ScimRefusal.Taken("The agency has a group or team of this name.");
        }
    }

    private static Task<List<string>> MemberIdsAsync(ScimWork work, string id) =>
        work.Unit.Db.TeamMembers.AsNoTracking().Where(member => member.TeamId == id).Select(member => member.Subject).ToListAsync(work.Ct);

    private static async Task<ILookup<string, Account>> MembersAsync(IdentityDb db, List<Team> teams, CancellationToken ct)
    {
        string[] ids = [.. teams.Select(team => team.Id)];
        var found = await db.TeamMembers.AsNoTracking().Where(member => ids.Contains(member.TeamId))
            .Join(db.Accounts.AsNoTracking(), member => member.Subject, account => account.Subject, (member, account) => new { member.TeamId, account }).ToListAsync(ct);
        return found.ToLookup(row => row.TeamId, row => row.account);
    }

    private static bool WantsMembers(string? excluded) => excluded?.Split(',').Any(name => ScimNames.Plain(name.Trim()) == "members") != true;

    private static string Name(JsonNode? value) => Text(value, "displayName");

    private static string External(JsonNode? value) => Text(value, "externalId");

    private static string Text(JsonNode? value, string attribute) => value?.GetValueKind() == JsonValueKind.String && Words.NameProblem(value.GetValue<string>()) is null
        ? value.GetValue<string>() : throw ScimRefusal.Value($"Expected {attribute} to be text of at most {Words.LongestName} characters on one line.");

    private static List<string> Ids(JsonNode? value) => value switch
    {
        null => [],
        JsonArray several => [.. several.Select(Id).Distinct()],
        _ => [Id(value)],
    };

    private static string Id(JsonNode? member) => member switch
    {
        JsonObject named when ScimPatch.Member(named, "value") is JsonValue id => id.ToString(),
        JsonValue id => id.ToString(),
        _ => throw ScimRefusal.Value("Expected members as objects with a value."),
    };

    private static JsonObject Resource(Team team, IEnumerable<Account>? members, string address)
    {
        JsonObject group = new()
        {
            ["schemas"] = new JsonArray(ScimNames.Group),
            ["id"] = team.Id,
            ["externalId"] = team.ExternalId,
            ["displayName"] = team.Name,
            ["meta"] = ScimUsers.Meta("Group", null, null, $"{address}Groups/{team.Id}", team.Version),
        };
        if (members is not null)
        {
            group["members"] = new JsonArray([.. members.OrderBy(member => member.Subject, StringComparer.Ordinal).Select(member => (JsonNode)new JsonObject
            {
                ["value"] = member.Subject,
                ["display"] = member.Name,
                ["type"] = "User",
            })]);
        }
        return group;
    }
}
