using System.Globalization;
using System.Text.Json;
using Assize.Identity.Administration.People;
using Assize.Identity.Directory;
using Assize.Identity.Scim;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Administration.Provisioning;

/// <param name="Days">Until it expires; 180 where absent, 366 at most.</param>
internal sealed record NewToken(string? Label, int? Days, string? Reason);

/// <summary>A token of the agency's provisioning, without the token.</summary>
internal sealed record TokenLine(string Id, string Label, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt)
{
    public static TokenLine Of(ScimToken token) => new(token.Id, token.Label, token.CreatedBy, token.CreatedAt, token.ExpiresAt, token.RevokedAt);
}

/// <param name="Group">The group's display name or external id.</param>
internal sealed record GroupRole(string? Group, RoleGift? Role);

internal sealed record GroupRoles(IReadOnlyList<GroupRole>? Mappings, string? Reason);

internal sealed record MappingLine(string Id, string Group, RoleEntry Role, string CreatedBy, DateTimeOffset CreatedAt)
{
    public static MappingLine Of(ScimMapping mapping) =>
        new(mapping.Id, mapping.Group, PersonEntries.Of(JsonSerializer.Deserialize<HomeRole>(mapping.Gift)!), mapping.CreatedBy, mapping.CreatedAt);
}

/// <summary>The mappings as they are from then on, and what that gives and takes.</summary>
internal sealed record MappingsOutcome(IReadOnlyList<MappingLine> Items, string? After, IReadOnlyList<GroupMove> People);

/// <summary>Somebody whose roles change with the mappings.</summary>
/// <param name="Moved">Whoever loses a role by it has changed posts.</param>
internal sealed record GroupMove(string Subject, string Name, IReadOnlyList<RoleEntry> Gets, IReadOnlyList<RoleEntry> Loses, bool Moved);

/// <summary>Tokens of the agency's own provisioning, and which of its groups give which roles.</summary>
internal static class ChangeProvisioning
{
    private const int MostTokens = 3;
    private const int MostMappings = 100;

    public static async Task<Outcome> TokensAsync(IdentityDb db, Admin admin, CancellationToken ct) => Outcome.Done(new Page<TokenLine>(
        [.. (await db.ScimTokens.AsNoTracking().Where(token => token.AgencyId == admin.Agency.Id).OrderByDescending(token => token.CreatedAt).Take(100).ToListAsync(ct)).Select(TokenLine.Of)], null));

    public static async Task<Outcome> MappingsAsync(IdentityDb db, Admin admin, CancellationToken ct) => Outcome.Done(new Page<MappingLine>(await LinesAsync(db, admin, ct), null));

    /// <summary>A few live at once, so that one is replaced without a gap.</summary>
    public static async Task<Outcome> IssueAsync(AdminWork work, NewToken body)
    {
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        if (Words.NameProblem(body.Label) is { } unnamed || body.Days is < 1 or > 366)
        {
            return Outcome.Invalid("label", $"Expected a label of at most {Words.LongestName} characters, and between 1 and 366 days.");
        }
        if (await work.Db.ScimTokens.CountAsync(token => token.AgencyId == work.Admin.Agency.Id && token.RevokedAt == null && token.ExpiresAt > work.Now, work.Ct) >= MostTokens)
        {
            return Outcome.Conflict("too_many", $"The agency has {MostTokens} tokens. Revoke one first.");
        }
        (string id, string secret, string hash) = ScimAuthentication.Make();
        ScimToken token = new()
        {
            Id = id,
            AgencyId = work.Admin.Agency.Id,
            Label = body.Label!,
            Hash = hash,
            CreatedBy = work.Admin.Account.Subject,
            CreatedAt = work.Now,
            ExpiresAt = work.Now.AddDays(body.Days ?? 180),
        };
        work.Db.ScimTokens.Add(token);
        work.Audit("scim.token.issue", "token", id, Words.Named(token.Label, body.Reason), new { token.ExpiresAt });
        return Outcome.Made(new { token = secret, line = TokenLine.Of(token) }) with { Again = new { line = TokenLine.Of(token) } };
    }

    public static async Task<Outcome> RevokeAsync(AdminWork work, string id, ReasonOnly body)
    {
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        if (await work.Db.ScimTokens.SingleOrDefaultAsync(token => token.Id == id && token.AgencyId == work.Admin.Agency.Id, work.Ct) is not { } token)
        {
            return Outcome.NotFound("token");
        }
        token.RevokedAt ??= work.Now;
        work.Audit("scim.token.revoke", "token", id, body.Reason);
        return Outcome.Done(TokenLine.Of(token));
    }

    /// <summary>Exactly these mappings from now on. A group gives no administrator's role: that needs two people.</summary>
    public static async Task<Outcome> MapAsync(AdminWork work, GroupRoles body)
    {
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        if (body.Mappings is not { Count: <= MostMappings } mappings)
        {
            return Outcome.Invalid("mappings", $"Expected a list of at most {MostMappings} mappings.");
        }
        (List<ScimMapping> wanted, Outcome? refusal) = await CheckAsync(work, mappings);
        if (refusal is not null)
        {
            return refusal;
        }
        List<ScimMapping> kept = await work.Db.ScimMappings.Where(mapping => mapping.AgencyId == work.Admin.Agency.Id).ToListAsync(work.Ct);

        // What stays is still its first author's: nobody takes it over to stand behind a role of their own.
        wanted.RemoveAll(mapping => kept.Find(known => Says(known) == Says(mapping)) is { } same && kept.Remove(same));
        work.Db.RemoveRange(kept);
        work.Db.AddRange(wanted);
        work.Audit("scim.mappings", "agency", work.Admin.Agency.Id, Words.Named(string.Join(", ", wanted.Concat(kept).Select(mapping => mapping.Group).Distinct()), body.Reason),
            new { added = wanted.Select(mapping => mapping.Role), removed = kept.Select(mapping => mapping.Role) });
        await work.Db.SaveChangesAsync(work.Ct);
        List<GroupMove> moves = await ApplyAsync(work);
        return Outcome.Done(new MappingsOutcome(await LinesAsync(work.Db, work.Admin, work.Ct), null, moves));
    }

    private static async Task<IReadOnlyList<MappingLine>> LinesAsync(IdentityDb db, Admin admin, CancellationToken ct) =>
        [.. (await db.ScimMappings.AsNoTracking().Where(mapping => mapping.AgencyId == admin.Agency.Id).OrderBy(mapping => mapping.Group).ThenBy(mapping => mapping.Id).ToListAsync(ct)).Select(MappingLine.Of)];

    private static async Task<(List<ScimMapping> Mappings, Outcome? Refusal)> CheckAsync(AdminWork work, IReadOnlyList<GroupRole> mappings)
    {
        Dictionary<string, RoleDefinition> catalogue = await work.Db.RoleDefinitions.AsNoTracking().ToDictionaryAsync(role => role.Role, work.Ct);
        Account anybody = new() { Subject = "", Name = "", AgencyId = work.Admin.Agency.Id };
        List<ScimMapping> checkedOnes = [];
        foreach ((int index, GroupRole mapping) in mappings.Index())
        {
            string field = string.Create(CultureInfo.InvariantCulture, $"mappings[{index}]");
            if (Words.NameProblem(mapping.Group) is not null || mapping.Role is not { From: null, To: null } gift)
            {
                return ([], Outcome.Invalid(field, "Expected a group, and a role without from and to."));
            }
            (HomeRole? role, Outcome? refusal) = RoleRules.Check(work, anybody, catalogue.GetValueOrDefault(gift.Role ?? ""), gift, field);
            if (role is null)
            {
                return ([], refusal);
            }
            if (catalogue[role.Role].AdminLevel > 0)
            {
                return ([], Outcome.Forbidden("needs_second", $"{field}: the role {role.Role} is given by people, to people."));
            }
            checkedOnes.Add(new ScimMapping
            {
                Id = Guid.CreateVersion7(work.Now).ToString("n"),
                AgencyId = work.Admin.Agency.Id,
                Group = mapping.Group!,
                Role = role.Role,
                Gift = JsonSerializer.Serialize(role),
                CreatedBy = work.Admin.Account.Subject,
                CreatedAt = work.Now,
            });
        }
        return (checkedOnes, null);
    }

    private static async Task<List<GroupMove>> ApplyAsync(AdminWork work)
    {
        List<GroupMove> moves = [];
        List<Account> members = await work.Db.Accounts.Include(account => account.Roles).Include(account => account.Teams).AsSplitQuery()
            .Where(account => account.AgencyId == work.Admin.Agency.Id && !account.IsSystem
                && (account.Teams.Any() || account.Roles.Any(role => role.Process == ScimGrants.Process && role.To == null))).ToListAsync(work.Ct);
        foreach (Account member in members)
        {
            List<HomeRole> before = [.. member.Roles.Where(role => !(role.To <= work.Now))];
            await ScimGrants.ApplyAsync(work.Unit, work.Admin.Agency.Id, member, work.Ct);
            List<HomeRole> after = [.. member.Roles.Where(role => !(role.To <= work.Now))];
            GroupMove move = new(
                member.Subject, member.Name, [.. after.Except(before).Select(PersonEntries.Of)], [.. before.Except(after).Select(PersonEntries.Of)], member.MovedAt == work.Now);
            if (move.Gets.Count + move.Loses.Count > 0)
            {
                moves.Add(move);
            }
        }
        return moves;
    }

    private static (string, string?, string?, string?, string?, string, string, string) Says(ScimMapping mapping)
    {
        HomeRole role = JsonSerializer.Deserialize<HomeRole>(mapping.Gift)!;
        return (mapping.Group, role.Jurisdiction, role.Agency, role.Area, role.Court, role.MaxClassification, role.Authorisations, mapping.Role);
    }
}
