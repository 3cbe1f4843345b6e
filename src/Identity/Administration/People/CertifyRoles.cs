using System.Globalization;
using Assize.Identity.Directory;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Administration.People;

/// <summary>Somebody else says that a role is still needed. Overdue ones wake again; several at once are timed, since a page of ticks is no review.</summary>
internal static class CertifyRoles
{
    public const int Most = 20;

    public static async Task<Outcome> CertifyAsync(AdminWork work, string subject, string id, ReasonOnly body)
    {
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        (Account? person, Outcome? refusal) = await work.OtherAsync(subject);
        refusal ??= await CertifyAsync(work, person!, id, body.Reason!, seconds: null);
        if (refusal is not null)
        {
            return refusal;
        }
        await work.Db.SaveChangesAsync(work.Ct);
        return Outcome.Done(await PersonEntries.ReadAsync(work.Db, subject, work.Ct));
    }

    /// <summary>All of them or, if one cannot be, none.</summary>
    public static async Task<Outcome> CertifySeveralAsync(AdminWork work, Certifications body, ReviewClock reviews)
    {
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        if (body.Roles is not { Count: > 0 and <= Most } roles || roles.Distinct().Count() != roles.Count)
        {
            return Outcome.Invalid("roles", $"Expected between 1 and {Most} roles, each once.");
        }
        if (reviews.Since(body.Review, work.Admin.Account.Subject, work.Now) is not { } since)
        {
            return Outcome.Invalid("review", "Expected the review that came with the list of what is due, at most an hour old.");
        }
        int seconds = (int)(work.Now - since).TotalSeconds;
        foreach (RoleName named in roles)
        {
            (Account? person, Outcome? refusal) = await work.OtherAsync(named.Subject ?? "");
            refusal ??= await CertifyAsync(work, person!, named.Role ?? "", body.Reason!, seconds);
            if (refusal is not null)
            {
                return refusal;
            }
        }
        return Outcome.Done(new { certified = roles.Count, seconds });
    }

    private static async Task<Outcome?> CertifyAsync(AdminWork work, Account person, string id, string reason, int? seconds)
    {
        if (person.Roles.Find(role => role.Id == id && !(role.To <= work.Now)) is not { } held)
        {
            return Outcome.NotFound("role");
        }
        RoleDefinition? definition = await work.Db.RoleDefinitions.AsNoTracking().SingleOrDefaultAsync(role => role.Role == held.Role, work.Ct);
        if (definition is not { RecertifyDays: > 0 and int days } || held.RecertifyBy is null)
        {
            return Outcome.Conflict("not_certified", "This role needs no certifying.");
        }
        work.Unit.Certify(held, work.Now.AddDays(days));
        work.Unit.Changed(person);
        work.Audit("role.certify", "role", $"{person.Subject}/{held.Id}", reason, new { until = held.RecertifyBy, seconds });
        return null;
    }
}

/// <summary>Remembers, in what the list of due roles hands out, who began to look at it and when.</summary>
internal sealed class ReviewClock(IDataProtectionProvider protection)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);
    private readonly IDataProtector _protector = protection.CreateProtector("Assize.Identity.Review");

    public string Begin(string subject, DateTimeOffset now) => _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{now.UtcTicks} {subject}"));

    /// <summary>Null where it is not theirs, too old, or was made up.</summary>
    public DateTimeOffset? Since(string? review, string subject, DateTimeOffset now)
    {
        try
        {
            string[] parts = _protector.Unprotect(review ?? "").Split(' ', 2);
            DateTimeOffset since = new(long.Parse(parts[0], CultureInfo.InvariantCulture), TimeSpan.Zero);
            return parts[1] == subject && now - since < s_longest ? since : null;
        }
        catch (Exception forged) when (forged is System.Security.Cryptography.CryptographicException or FormatException)
        {
            return null;
        }
    }
}
