using System.Security.Claims;
using Assize.Identity.SignIn;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Assize.Identity.Federation.Entra;

/// <summary>From a valid token of an enrolled tenant to somebody who has arrived: a member, of the tenant that was asked.</summary>
internal sealed class EntraArrival(UpstreamRegistry registry, Reception reception)
{
    /// <summary>In the challenge's properties: the tenant that the person chose, in small letters.</summary>
    public const string ExpectedTenant = "tenant";

    public const string Algorithm = "RS256";
    private const string Member = "0";

    // The person is sent to their own tenant's page, not to the one for everybody.
    public static Task AskAsync(RedirectContext context)
    {
        if (context.Properties.Items.TryGetValue(ExpectedTenant, out string? tenant) && tenant is not null)
        {
            context.ProtocolMessage.IssuerAddress = context.ProtocolMessage.IssuerAddress.Replace("/organizations/", $"/{tenant}/", StringComparison.Ordinal);
        }
        return Task.CompletedTask;
    }

    public async Task ReceiveAsync(TokenValidatedContext context)
    {
        // Of a token that comes straight from the token endpoint the library takes an unsigned one, and another sign-in's nonce.
        if (context.SecurityToken?.Header.Alg != Algorithm || string.IsNullOrEmpty(context.Nonce) || context.Principal!.FindFirstValue("nonce") != context.Nonce)
        {
            context.Fail("Expected a signed token of this very sign-in, but it is unsigned or of another.");
            return;
        }
        ClaimsPrincipal token = context.Principal!;
        string? tenant = EntraIssuer.TenantOf(token.FindFirstValue("tid"));
        string? person = EntraIssuer.TenantOf(token.FindFirstValue("oid"));
        string? upstream = tenant is null ? null : registry.UpstreamOfTenant(tenant);
        // A guest is another agency's person with a name badge. A token that does not say which is not believed.
        string? expected = context.Properties?.Items.TryGetValue(ExpectedTenant, out string? asked) == true ? asked : null;
        if (tenant is null || person is null || upstream is null || expected != tenant || token.FindFirstValue("acct") != Member)
        {
            context.Fail("Expected a member of the tenant that was asked, but the token is of somebody else.");
            return;
        }
        Arrival arrival = new(upstream, tenant, person, token.FindFirstValue("name"), token.FindFirstValue("email"))
        {
            Acr = token.FindFirstValue("acr"),
            Amr = [.. token.FindAll("amr").Select(claim => claim.Value)],
            AuthenticatedAt = AgencyCallback.Instant(token.FindFirstValue("auth_time")),
            Session = token.FindFirstValue("sid"),
        };
        (Admission? admission, Refusal? refusal) = await reception.ReceiveAsync(arrival, context.HttpContext.RequestAborted);
        IResult answer = admission is null ? ErrorPage.Show(refusal!.Status, refusal.Title, refusal.What) : SignInDesk.Admit(admission, context.Properties?.RedirectUri);
        context.HandleResponse();
        await answer.ExecuteAsync(context.HttpContext);
    }
}
