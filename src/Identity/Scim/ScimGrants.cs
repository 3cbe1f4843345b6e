using System.Text.Json;
using Assize.Identity.Directory;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Scim;

/// <summary>Roles that follow from groups: replaced whole, by process and reference, whenever somebody's groups or the mapping change.</summary>
internal static class ScimGrants
{
    public const string Process = "scim";
    public const string Reference = "groups";

    public static async Task ApplyAsync(ScimWork work, Account account) => await ApplyAsync(work.Unit, work.Agency, account, work.Ct);

    /// <summary>Gives what the groups say now. Whoever loses a role by it has changed posts.</summary>
    public static async Task ApplyAsync(DirectoryUnit unit, string agency, Account account, CancellationToken ct)
    {
        if (account.Status is not (AccountStatus.Pending or AccountStatus.Active))
        {
            return;
        }
        List<HomeRole> wanted = await WantedAsync(unit, agency, account, ct);
        bool loses = account.Roles.Exists(held => held.Process == Process && held.Reference == Reference && !(held.To <= unit.Now) && !wanted.Exists(held.SaysTheSame));
        if (await unit.ReplaceAsync(account, Process, Reference, wanted, ct) && loses)
        {
            account.MovedAt = unit.Now;
        }
    }

    /// <summary>Another unit is another post: every role ends, whoever gave it, and the groups give theirs anew.</summary>
    public static async Task MoveAsync(ScimWork work, Account account)
    {
        account.Roles.ForEach(role => work.Unit.End(role, work.Unit.Now));
        account.MovedAt = work.Unit.Now;
        work.Audit("person.move", "person", account.Subject);
        await ApplyAsync(work, account);
    }

    private static async Task<List<HomeRole>> WantedAsync(DirectoryUnit unit, string agency, Account account, CancellationToken ct)
    {
        string[] ids = [.. account.Teams.Select(member => member.TeamId)];
        List<Team> teams = await unit.Db.Teams.Where(team => team.AgencyId == agency && team.Status == AccountStatus.Active && ids.Contains(team.Id)).ToListAsync(ct);
        HashSet<string> groups = [.. teams.Where(team => team.ExternalId is not null).SelectMany(team => new[] { team.Name, team.ExternalId! })];
        List<ScimMapping> mappings = await unit.Db.ScimMappings.AsNoTracking().Where(mapping => mapping.AgencyId == agency).OrderBy(mapping => mapping.Id).ToListAsync(ct);
        Dictionary<string, string?> authors = await AuthorsAsync(unit, mappings, ct);
        Dictionary<string, RoleDefinition> catalogue = await unit.Db.RoleDefinitions.AsNoTracking().ToDictionaryAsync(role => role.Role, ct);
        List<HomeRole> wanted = [];
        foreach (ScimMapping mapping in mappings.Where(mapping => groups.Contains(mapping.Group) && catalogue.ContainsKey(mapping.Role)))
        {
            // Nobody gives themselves a role, not by a group either.
            if (mapping.CreatedBy == account.Subject || (account.PersonId is not null && authors[mapping.CreatedBy] == account.PersonId))
            {
                continue;
            }
            HomeRole role = Of(mapping, account, catalogue[mapping.Role], unit.Now);
            if (!wanted.Exists(role.SaysTheSame))
            {
                wanted.Add(role);
            }
        }
        return wanted;
    }

    private static async Task<Dictionary<string, string?>> AuthorsAsync(DirectoryUnit unit, List<ScimMapping> mappings, CancellationToken ct)
    {
        string[] subjects = [.. mappings.Select(mapping => mapping.CreatedBy).Distinct()];
        return await unit.Db.Accounts.AsNoTracking().Where(account => subjects.Contains(account.Subject)).ToDictionaryAsync(account => account.Subject, account => account.PersonId, ct);
    }

    private static HomeRole Of(ScimMapping mapping, Account account, RoleDefinition definition, DateTimeOffset now)
    {
        HomeRole scope = JsonSerializer.Deserialize<HomeRole>(mapping.Gift)!;
        return new HomeRole
        {
            Subject = account.Subject,
            Role = mapping.Role,
            From = now,
            Jurisdiction = scope.Jurisdiction,
            Agency = scope.Agency,
            Area = scope.Area,
            Court = scope.Court,
            MaxClassification = scope.MaxClassification,
            Authorisations = scope.Authorisations,
            RecertifyBy = definition.RecertifyDays > 0 ? now.AddDays(definition.RecertifyDays) : null,
            Process = Process,
            Reference = Reference,
            GivenBy = mapping.CreatedBy,
        };
    }
}
