using Assize.Identity.Clients;
using Assize.Identity.Directory;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Assize.Identity.Connect;

/// <summary>A token of an account that is no longer active is inactive too, whether or not it was revoked.</summary>
internal sealed class DeadAccounts(IdentityDb db) : IOpenIddictServerHandler<HandleIntrospectionRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor
        .CreateBuilder<HandleIntrospectionRequestContext>().UseScopedHandler<DeadAccounts>().SetOrder(int.MaxValue - 100_000).Build();

    public async ValueTask HandleAsync(HandleIntrospectionRequestContext context)
    {
        string? subject = context.GenericTokenPrincipal.GetClaim(OpenIddictConstants.Claims.Subject);
        if (subject != ClientNames.Host && !await db.Accounts.AnyAsync(account => account.Subject == subject && account.Status == AccountStatus.Active, context.CancellationToken))
        {
            context.Reject(OpenIddictConstants.Errors.InvalidToken, "The account is not active.");
        }
    }
}
