using System.Text.Json.Nodes;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Scim;

/// <summary>People of the token's agency that its provisioning owns: those with a user name.</summary>
internal static class ScimUsers
{
    public static Task<IResult> ListAsync(HttpContext http, IdentityDb db, ScimDesk desk, string? filter, string? startIndex, string? count) => ScimDesk.ReadAsync(async () =>
    {
        IQueryable<Account> people = ScimFilter.Read(filter).Aggregate(Owned(db, ScimDesk.AgencyOf(http)).AsNoTracking(), Filtered);
        ScimRange range = ScimRange.Of(startIndex, count);
        int total = await people.CountAsync(http.RequestAborted);
        List<Account> page = await people.OrderBy(account => account.Subject).Skip(range.Start - 1).Take(range.Count).ToListAsync(http.RequestAborted);
        return ScimAnswer.List(page.Select(account => Resource(account, desk.AddressOf(""))), total, range.Start);
    });

    public static Task<IResult> GetAsync(HttpContext http, IdentityDb db, ScimDesk desk, string id) => ScimDesk.ReadAsync(async () =>
        await Owned(db, ScimDesk.AgencyOf(http)).AsNoTracking().SingleOrDefaultAsync(account => account.Subject == id, http.RequestAborted) is { } account
            ? ScimAnswer.Resource(Resource(account, desk.AddressOf("")))
            : throw ScimRefusal.NotFound("user"));

    public static async Task<ScimAnswer> CreateAsync(ScimWork work, JsonObject body)
    {
        UserDraft draft = UserDraft.Of(body);
        if (draft.UserName is null)
        {
            throw ScimRefusal.Value("Expected a userName.");
        }
        await RefuseTakenAsync(work, draft, null);
        Account account = await AdoptableAsync(work, draft.ExternalId) is { } subject ? (await work.Unit.FindAsync(subject, work.Ct))! : Joiner(work);
        draft.WriteTo(account);
        if (work.Unit.Db.Entry(account).State == EntityState.Detached)
        {
            work.Unit.Add(account);
        }
        await SetActiveAsync(work, account, draft.Active ?? true);
        work.Unit.Changed(account);
        work.Audit("scim.user.create", "person", account.Subject, new { account.Status });
        return ScimAnswer.Resource(Resource(account, work.Address), StatusCodes.Status201Created);
    }

    public static Task<ScimAnswer> ReplaceAsync(ScimWork work, HttpContext http, string id, JsonObject body) => ChangeAsync(work, http, id, account =>
    {
        UserDraft draft = UserDraft.Of(body);
        return draft.UserName is null ? throw ScimRefusal.Value("Expected a userName.") : draft;
    });

    public static Task<ScimAnswer> PatchAsync(ScimWork work, HttpContext http, string id, JsonObject body) => ChangeAsync(work, http, id, account =>
    {
        UserDraft draft = UserDraft.Of(account);
        foreach (PatchStep step in ScimPatch.Read(body, id))
        {
            draft.Apply(step);
        }
        return draft;
    });

    /// <summary>The account is kept, left, and its user name is free for somebody else. Its external id stays: by that it is found when the same person comes again.</summary>
    public static async Task<ScimAnswer> DeleteAsync(ScimWork work, HttpContext http, string id)
    {
        Account account = await FindAsync(work, id);
        ScimDesk.Match(http, account.Version);
        await SetActiveAsync(work, account, active: false);
        account.UserName = null;
        work.Unit.Changed(account);
        work.Audit("scim.user.delete", "person", account.Subject);
        return ScimAnswer.Nothing();
    }

    public static IQueryable<Account> Owned(IdentityDb db, string agency) =>
        db.Accounts.Where(account => account.AgencyId == agency && !account.IsSystem && account.UserName != null);

    // One e-mail address is kept, and shown as the first at work.
    private static IQueryable<Account> Filtered(IQueryable<Account> people, ScimFilter asked) => asked.Attribute switch
    {
        "username" => people.Where(IsNamed(asked.Value)),
        "externalid" => people.Where(account => account.ExternalId == asked.Value),
        "id" => people.Where(account => account.Subject == asked.Value),
        "active" when asked.Truth() => people.Where(account => account.Status == AccountStatus.Pending || account.Status == AccountStatus.Active),
        "active" => people.Where(account => account.Status != AccountStatus.Pending && account.Status != AccountStatus.Active),
        "emails" or "emails.value" => people.Where(HasEmail(asked.Value)),
        "emails.type" when !asked.Value.Equals("work", StringComparison.OrdinalIgnoreCase) => people.Where(account => false),
        "emails.type" => people.Where(account => account.Email != null),
        "emails.primary" when asked.Truth() => people.Where(account => account.Email != null),
        "emails.primary" => people.Where(account => false),
        _ => throw asked.NotRead("userName, externalId, id, active, emails, emails.value, emails.type, emails.primary"),
    };

    private static async Task<ScimAnswer> ChangeAsync(ScimWork work, HttpContext http, string id, Func<Account, UserDraft> read)
    {
        Account account = await FindAsync(work, id);
        ScimDesk.Match(http, account.Version);
        UserDraft draft = read(account);
        await RefuseTakenAsync(work, draft, id);
        await RefuseAnothersAsync(work, draft, account);
        await RefuseRenamedAsync(work, draft, account);
        // Out of a department without another is a move too, or it could be done in two steps that are none.
        bool moved = account.Department is not null && account.Department != draft.Department;
        draft.WriteTo(account);
        if (draft.Active is { } active)
        {
            await SetActiveAsync(work, account, active);
        }
        if (moved)
        {
            await ScimGrants.MoveAsync(work, account);
        }
        work.Unit.Changed(account);
        work.Audit("scim.user.update", "person", account.Subject, new { account.Status, moved });
        return ScimAnswer.Resource(Resource(account, work.Address));
    }

    private static async Task<Account> FindAsync(ScimWork work, string id) =>
        await work.Unit.FindAsync(id, work.Ct) is { IsSystem: false, UserName: not null } account && account.AgencyId == work.Agency ? account : throw ScimRefusal.NotFound("user");

    private static async Task RefuseTakenAsync(ScimWork work, UserDraft draft, string? except)
    {
        IQueryable<Account> others = Owned(work.Unit.Db, work.Agency).Where(account => account.Subject != except);
        if (await others.AnyAsync(IsNamed(draft.UserName!), work.Ct))
        {
            throw ScimRefusal.Taken("The agency has a user of this userName.");
        }
        if (draft.ExternalId is { } external && await others.AnyAsync(account => account.ExternalId == external, work.Ct))
        {
            throw ScimRefusal.Taken("The agency has a user of this externalId.");
        }
    }

    // Whom provisioning deleted, signed in or not, comes back to the same account. Somebody who signed in before provisioning came keeps theirs, too: the agency's
    // provider named them by the same id. By the subject only where the agency named no claim for it.
    private static async Task<string?> AdoptableAsync(ScimWork work, string? externalId)
    {
        string[] ids = externalId is null ? [] : DirectoryUnit.Spellings(externalId);
        return ids.Length == 0 ? null : await work.Unit.Db.Accounts
            .Where(account => account.AgencyId == work.Agency && !account.IsSystem && account.UserName == null)
            .Where(account => ids.Contains(account.ExternalId) || (account.ExternalId == null && ids.Contains(account.ProviderSubject) && work.Unit.Db.Upstreams.Any(upstream =>
                upstream.AgencyId == work.Agency && upstream.Kind == account.Provider && upstream.Issuer == account.ProviderIssuer && upstream.ExternalIdClaim == null)))
            .OrderByDescending(account => account.Provider != null).ThenByDescending(account => account.Version).Select(account => account.Subject).FirstOrDefaultAsync(work.Ct);
    }

    // A second account of somebody who has one already would be free of what an administrator did to the first.
    private static async Task RefuseAnothersAsync(ScimWork work, UserDraft draft, Account account)
    {
        if (draft.ExternalId is { } external && !DirectoryUnit.Spellings(external).Contains(account.ExternalId ?? "") && await AdoptableAsync(work, external) is not null)
        {
            throw ScimRefusal.Taken("Somebody who was deleted, or who signed in before, has this externalId. POST a user with it: they have their account again.");
        }
    }

    // Under another id the one that the provider vouches for would be free, for a second account that nobody suspended.
    private static async Task RefuseRenamedAsync(ScimWork work, UserDraft draft, Account account)
    {
        bool same = draft.ExternalId is { } external ? DirectoryUnit.Spellings(external).Contains(account.ExternalId ?? "") : account.ExternalId is null;
        if (!same && (account.Status == AccountStatus.Suspended || (account.Status == AccountStatus.Left && await WasSuspendedAsync(work, account))))
        {
            throw new ScimRefusal(StatusCodes.Status400BadRequest, "mutability", "An administrator suspended this account, so its externalId stays. Nothing was changed. Ask an administrator of the agency to reactivate it.");
        }
    }

    private static Account Joiner(ScimWork work) => new()
    {
        Subject = $"{System.Security.Cryptography.RandomNumberGenerator.GetHexString(20, lowercase: true)}@{work.Agency}",
        Name = "",
        AgencyId = work.Agency,
        Status = AccountStatus.Pending,
    };

    // Leaving ends everything; coming back begins with nothing. What an administrator suspended stays so, and is so again after leaving.
    private static async Task SetActiveAsync(ScimWork work, Account account, bool active)
    {
        string? status = (active, account.Status) switch
        {
            (false, AccountStatus.Pending or AccountStatus.Active or AccountStatus.Suspended) => AccountStatus.Left,
            (true, AccountStatus.Left) => await WasSuspendedAsync(work, account) ? AccountStatus.Suspended : AccountStatus.Pending,
            _ => null,
        };
        if (status is not null)
        {
            work.Audit("person.status", "person", account.Subject, new { from = account.Status, to = status });
            await work.Unit.SetStatusAsync(account, status, work.Ct);
        }
    }

    private static async Task<bool> WasSuspendedAsync(ScimWork work, Account account) => await work.Unit.Db.StatusPeriods.AsNoTracking()
        .Where(period => period.Kind == StatusPeriod.OfAccount && period.Key == account.Subject && period.Status != AccountStatus.Left)
        .OrderByDescending(period => period.From).Select(period => period.Status).FirstOrDefaultAsync(work.Ct) == AccountStatus.Suspended;

#pragma warning disable CA1304, CA1311, CA1862 // In SQL, where there is no culture.
    // Some databases know the small letters of all alphabets, and some those of ASCII alone.
    private static System.Linq.Expressions.Expression<Func<Account, bool>> IsNamed(string name)
    {
        string[] small = Small(name);
        return account => small.Contains(account.UserName!.ToLower());
    }

    private static System.Linq.Expressions.Expression<Func<Account, bool>> HasEmail(string email)
    {
        string[] small = Small(email);
        return account => small.Contains(account.Email!.ToLower());
    }

    private static string[] Small(string text) => [text.ToLowerInvariant(), AsciiLower(text), AsciiLower(text.ToUpperInvariant())];

    private static string AsciiLower(string text) => string.Concat(text.Select(letter => char.IsAsciiLetterUpper(letter) ? (char)(letter | 0x20) : letter));
#pragma warning restore CA1304, CA1311, CA1862

    private static JsonObject Resource(Account account, string address)
    {
        JsonObject user = new()
        {
            ["schemas"] = account.Department is null ? new JsonArray(ScimNames.User) : new JsonArray(ScimNames.User, ScimNames.Enterprise),
            ["id"] = account.Subject,
            ["externalId"] = account.ExternalId,
            ["userName"] = account.UserName,
            ["name"] = new JsonObject { ["formatted"] = account.Name, ["givenName"] = account.GivenName, ["familyName"] = account.FamilyName },
            ["displayName"] = account.Name,
            ["title"] = account.Title,
            ["active"] = account.Status is AccountStatus.Pending or AccountStatus.Active,
            ["emails"] = account.Email is null ? null : new JsonArray(new JsonObject { ["value"] = account.Email, ["type"] = "work", ["primary"] = true }),
            ["meta"] = Meta("User", account.CreatedAt, account.ChangedAt, $"{address}Users/{Uri.EscapeDataString(account.Subject)}", account.Version),
        };
        if (account.Department is { } department)
        {
            user[ScimNames.Enterprise] = new JsonObject { ["department"] = department };
        }
        return user;
    }

    internal static JsonObject Meta(string type, DateTimeOffset? created, DateTimeOffset? changed, string location, long version) => new()
    {
        ["resourceType"] = type,
        ["created"] = created?.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["lastModified"] = changed?.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["location"] = location,
        ["version"] = ScimDesk.VersionOf(version),
    };
}
