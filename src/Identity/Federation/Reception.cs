using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Assize.Identity.Audit;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace Assize.Identity.Federation;

/// <summary>Decides about somebody whom their own agency vouches for. Found by issuer and subject, never by e-mail.</summary>
internal sealed class Reception(IdentityDb db, DirectoryWriter directory, TimeProvider clock)
{
    private const int LongestExternalId = 200;

    private static readonly Refusal s_oneFactor = new(StatusCodes.Status403Forbidden, "Your agency did not confirm a second factor",
        "What you opened needs a sign-in with a second factor, and your agency's answer does not prove one. Nothing was changed. Go back and sign in with your second factor. If you did, tell your agency's administrator.");

    public async Task<(Admission? In, Refusal? Out)> ReceiveAsync(Arrival arrival, CancellationToken ct)
    {
        Upstream? upstream = await db.Upstreams.AsNoTracking().Include(row => row.Assurance).SingleOrDefaultAsync(row => row.Id == arrival.UpstreamId, ct);
        Agency? agency = upstream is null ? null : await db.Agencies.AsNoTracking().SingleAsync(row => row.Id == upstream.AgencyId, ct);
        if (upstream is not { Status: UpstreamStatus.Active } || upstream.Issuer != arrival.Issuer || agency is not { Status: AccountStatus.Active })
        {
            return (null, new Refusal(StatusCodes.Status403Forbidden, "Your agency cannot sign in at the moment",
                "Signing in with this agency's accounts is suspended. Nothing was changed. Ask your agency's administrator what to do."));
        }
        int acr = Assurance.Acr(arrival, upstream.Assurance);
        if (arrival.NeedsTwoFactors && acr < 2)
        {
            return (null, s_oneFactor);
        }
        Account? account = await KnownAsync(db, arrival, upstream, ct) ?? await FirstAsync(arrival, upstream, ct);
        return account switch
        {
            null => (null, Unknown(agency)),
            { Status: AccountStatus.Pending } => (null, Waiting(agency)),
            { Status: AccountStatus.Active } when account.AgencyId == agency.Id => (
                new Admission(account.Subject, agency.Id, acr, Assurance.AuthenticatedAt(arrival.AuthenticatedAt, clock.GetUtcNow()), arrival), null),
            _ => (null, Closed(agency)),
        };
    }

    private static Task<Account?> KnownAsync(IdentityDb db, Arrival arrival, Upstream upstream, CancellationToken ct) => db.Accounts.AsNoTracking().SingleOrDefaultAsync(
        known => known.Provider == upstream.Kind && known.ProviderIssuer == arrival.Issuer && known.ProviderSubject == arrival.Subject, ct);

    // Whom provisioning announced signs in to that account; anybody else gets a new one where the agency allows it.
    private Task<Account?> FirstAsync(Arrival arrival, Upstream upstream, CancellationToken ct) => directory.ChangeAsync(
        async unit =>
        {
            if (await KnownAsync(unit.Db, arrival, upstream, ct) is { } meanwhile)
            {
                return meanwhile;
            }
            string? externalId = ExternalId(arrival, upstream);
            if (externalId is not null && await unit.ProvisionedAsync(upstream.AgencyId, externalId, ct) is { } provisioned)
            {
                unit.Bind(provisioned, upstream.Kind, arrival.Issuer, arrival.Subject);
                Record(unit, provisioned, upstream, "person.bind");
                return provisioned;
            }
            return upstream.AdmitsNewcomers ? Newcomer(unit, arrival, upstream, externalId) : null;
        },
        ct);

    // The name is made of what identifies the person, so that nobody ever gets another's.
    private static Account Newcomer(DirectoryUnit unit, Arrival arrival, Upstream upstream, string? externalId)
    {
        Account made = new()
        {
            Subject = SubjectOf(arrival, upstream.AgencyId),
            Name = arrival.Name is { Length: > 0 and <= 200 } name ? name : "Name not given",
            Email = arrival.Email is { Length: <= 320 } email ? email : null,
            AgencyId = upstream.AgencyId,
            Status = AccountStatus.Pending,
            ExternalId = upstream.ExternalIdClaim is null ? null : externalId,
            Provider = upstream.Kind,
            ProviderIssuer = arrival.Issuer,
            ProviderSubject = arrival.Subject,
        };
        unit.Add(made);
        Record(unit, made, upstream, "person.admit");
        return made;
    }

    private static string? ExternalId(Arrival arrival, Upstream upstream) =>
        (upstream.ExternalIdClaim is { } claim ? arrival.Token.GetClaim(claim) : arrival.Subject) is { Length: > 0 and <= LongestExternalId } id ? id : null;

    private static void Record(DirectoryUnit unit, Account account, Upstream upstream, string action) => AuditLog.Record(
        unit.Db, unit.Now, new AuditActor(account.Subject, account.AgencyId), action, "person", account.Subject, JsonSerializer.Serialize(new { upstream = upstream.Id }));

    internal static string SubjectOf(Arrival arrival, string agency) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{arrival.Issuer}\n{arrival.Subject}")).AsSpan(0, 10)) + "@" + agency;

    private static Refusal Unknown(Agency agency) => new(StatusCodes.Status403Forbidden, "You do not have an account yet",
        $"{agency.Name} knows you, but has not given you an account here. Nothing was kept. Ask your agency's administrator for one, and then sign in again.");

    private static Refusal Waiting(Agency agency) => new(StatusCodes.Status403Forbidden, "Your account is waiting for a role",
        $"{agency.Name} has confirmed who you are, and your account was kept. You can work here as soon as your agency's administrator has given you a role. Then sign in again.");

    private static Refusal Closed(Agency agency) => new(StatusCodes.Status403Forbidden, "Your account is closed",
        $"Your account at {agency.Name} is suspended, or you have left. Nothing was changed. If that is wrong, ask your agency's administrator.");
}
