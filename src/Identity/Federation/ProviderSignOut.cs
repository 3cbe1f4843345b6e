using Assize.Identity.Sessions;
using Assize.Identity.SignIn;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Assize.Identity.Federation;

/// <summary>
/// Whoever signed out here may still be signed in at their agency's provider. Its page for signing out is offered and never opened unasked:
/// it ends what they do in other applications, too.
/// </summary>
internal sealed class ProviderSignOut(IdentityDb db, ProviderAddresses addresses, IDataProtectionProvider protection, IdentitySettings settings)
{
    /// <summary>Where the provider sends the person back to; the agency registers it.</summary>
    public const string Route = "/signin/agency/{id}/signed-out";

    /// <summary>The same for tenants, which share one registration of ours.</summary>
    public const string EntraRoute = "/signin/entra/signed-out";

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(15);
    private readonly ITimeLimitedDataProtector _states = protection.CreateProtector("Assize.Identity.ProviderSignOut").ToTimeLimitedDataProtector();

    /// <summary>The agency's name and its provider's page; null where nobody vouched for the session, or the provider has no such page.</summary>
    /// <param name="next">Where the person goes on to afterwards.</param>
    public async Task<(string Agency, Uri Page)?> OfferAsync(PersonSession session, string? token, string next, CancellationToken ct)
    {
        if (await db.Upstreams.AsNoTracking().SingleOrDefaultAsync(row => row.Id == session.Upstream, ct) is not { } upstream || await addresses.SignOutAsync(upstream, ct) is not { } page)
        {
            return null;
        }
        bool isTenant = upstream.Kind == UpstreamKind.Entra;
        string back = isTenant ? EntraRoute : Route.Replace("{id}", upstream.Id, StringComparison.Ordinal);
        Dictionary<string, string?> parameters = new()
        {
            [Parameters.IdTokenHint] = token,
            [Parameters.ClientId] = isTenant ? settings.Entra!.ClientId : upstream.ClientId,
            [Parameters.PostLogoutRedirectUri] = new Uri(settings.Url, back).AbsoluteUri,
            [Parameters.State] = _states.Protect($"{(isTenant ? "" : upstream.Id)}\n{next}", s_longest),
        };
        string agency = await db.Agencies.Where(row => row.Id == session.AgencyId).Select(row => row.Name).SingleAsync(ct);
        return (agency, new Uri(QueryHelpers.AddQueryString(page.AbsoluteUri, parameters.Where(pair => pair.Value is not null))));
    }

    public static IResult Return(string? id, string? state, ProviderSignOut signOut) =>
        signOut.Next(id ?? "", state) is { } next ? TypedResults.Redirect(next) : SignOutPage.Done();

    // What did not begin here, or comes too late, or to another's address, leads nowhere.
    private string? Next(string id, string? state)
    {
        try
        {
            string[] parts = _states.Unprotect(state ?? "").Split('\n', 2);
            return parts[0] == id ? parts[1] : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
