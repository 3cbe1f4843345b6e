using Assize.Identity.Storage;
using OpenIddict.Abstractions;

namespace Assize.Identity.Connect;

/// <summary>All tokens of one sign-in at one client: what hangs from one authorization.</summary>
internal sealed class TokenFamily(IdentityDb db, IOpenIddictTokenManager tokens, IOpenIddictAuthorizationManager authorizations)
{
    /// <summary>The authorization first: what somebody has yet to store dies with it.</summary>
    public async Task EndAsync(string authorization, CancellationToken ct)
    {
        for (int attempt = 0; attempt < 5 && await authorizations.FindByIdAsync(authorization, ct) is { } found && !await authorizations.TryRevokeAsync(found, ct); attempt++)
        {
            db.ChangeTracker.Clear();
        }
        await tokens.RevokeByAuthorizationIdAsync(authorization, ct);
    }
}
