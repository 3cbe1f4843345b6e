using System.Security.Cryptography;
using Assize.Identity.Directory;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Administration.People;

/// <param name="UserName">What the agency calls the account; unique in it.</param>
/// <param name="ExternalId">What the agency's sign-in provider calls the person: their first sign-in by it is to this account.</param>
/// <param name="Email">For display only.</param>
internal sealed record Invitation(string? Name, string? UserName, string? ExternalId, string? Title, string? Email, string? Reason);

/// <summary>Somebody whom the agency expects, before they first sign in: pending, with nothing, as provisioning makes a joiner.</summary>
internal static class InvitePerson
{
    private const int LongestEmail = 320;

    public static async Task<Outcome> InviteAsync(AdminWork work, Invitation body)
    {
        if (Words.ReasonProblem(body.Reason) is { } unreasoned)
        {
            return Outcome.Invalid("reason", unreasoned);
        }
        (Account? invited, Outcome? refusal) = await MakeAsync(work, work.Admin.Agency.Id, body);
        if (invited is null)
        {
            return refusal!;
        }
        work.Audit("person.invite", "person", invited.Subject, body.Reason);
        await work.Db.SaveChangesAsync(work.Ct);
        return Outcome.Made(await PersonEntries.ReadAsync(work.Db, invited.Subject, work.Ct));
    }

    /// <summary>The account, added to the directory, or why there cannot be one.</summary>
    public static async Task<(Account? Invited, Outcome? Refusal)> MakeAsync(AdminWork work, string agency, Invitation body)
    {
        if (Wrong(body) is { } wrong)
        {
            return (null, wrong);
        }
#pragma warning disable CA1304, CA1311, CA1862 // In SQL, where there is no culture.
        string name = body.UserName!.ToLowerInvariant();
        bool isNamed = await work.Db.Accounts.AnyAsync(account => account.AgencyId == agency && account.UserName!.ToLower() == name, work.Ct);
#pragma warning restore CA1304, CA1311, CA1862
        if (isNamed || await work.Db.Accounts.AnyAsync(account => account.AgencyId == agency && (account.ExternalId == body.ExternalId || account.ProviderSubject == body.ExternalId), work.Ct))
        {
            return (null, Outcome.Conflict("taken", isNamed ? "The agency has a user of this name." : "The agency has a user of this provider’s id."));
        }
        Account invited = new()
        {
            Subject = $"{RandomNumberGenerator.GetHexString(20, lowercase: true)}@{agency}",
            Name = body.Name!,
            AgencyId = agency,
            Status = AccountStatus.Pending,
            Title = body.Title,
            UserName = body.UserName,
            ExternalId = body.ExternalId,
            Email = body.Email,
        };
        work.Unit.Add(invited);
        return (invited, null);
    }

    private static Outcome? Wrong(Invitation body) =>
        Words.NameProblem(body.Name) is { } unnamed ? Outcome.Invalid("name", unnamed)
        : Words.NameProblem(body.UserName) is { } uncalled ? Outcome.Invalid("userName", uncalled)
        : Words.NameProblem(body.ExternalId) is { } unknown ? Outcome.Invalid("externalId", unknown)
        : body.Title is not null && Words.NameProblem(body.Title) is { } untitled ? Outcome.Invalid("title", untitled)
        : body.Email is { } email && (email.Length > LongestEmail || !Words.IsOneLine(email) || !email.Contains('@')) ? Outcome.Invalid("email", "Expected an e-mail address.")
        : null;
}
