using System.Security.Cryptography;
using System.Text;
using Assize.Identity.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Assize.Identity.Connect;

/// <summary>A code that is tried with three wrong verifiers is burnt: the right one no longer works either.</summary>
internal sealed class WrongVerifiers(IdentityDb db, IOpenIddictTokenManager tokens, TimeProvider clock) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    private const int Most = 3;

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<ValidateTokenRequestContext>().UseScopedHandler<WrongVerifiers>()
        .SetOrder(OpenIddictServerHandlers.Exchange.ValidateCodeVerifier.Descriptor.Order - 1).Build();

    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (!context.Request.IsAuthorizationCodeGrantType() || context.AuthorizationCodePrincipal is not { } code || code.GetTokenId() is not { } id
            || code.GetClaim(OpenIddictConstants.Claims.Private.CodeChallenge) is not { } challenge || Challenge(context.Request.CodeVerifier) == challenge)
        {
            return;
        }
        if (await CountAsync(id, context.CancellationToken) >= Most && await tokens.FindByIdAsync(id, context.CancellationToken) is { } entry)
        {
            await tokens.TryRevokeAsync(entry, context.CancellationToken);
        }
    }

    private async Task<int> CountAsync(string id, CancellationToken ct)
    {
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        return (await db.Database.SqlQuery<int>($"""
            INSERT INTO code_failure ("TokenId", "Failures", "At") VALUES ({id}, 1, {now})
            ON CONFLICT ("TokenId") DO UPDATE SET "Failures" = code_failure."Failures" + 1 RETURNING "Failures" AS "Value"
            """).ToListAsync(ct))[0];
    }

    private static string Challenge(string? verifier) => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier ?? "")));
}
