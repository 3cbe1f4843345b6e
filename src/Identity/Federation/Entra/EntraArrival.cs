using System.Security.Claims;
using System.Text.Json;
using Assize.Identity.Federation.Enrolment;
using Assize.Identity.SignIn;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Assize.Identity.Federation.Entra;

/// <summary>From a valid token of an enrolled tenant to somebody who has arrived: a member, of the tenant that was asked.</summary>
internal sealed class EntraArrival(UpstreamRegistry registry, Reception reception, TestSignIn tests)
{
    /// <summary>In the challenge's properties: the tenant that the person chose, in small letters.</summary>
    public const string ExpectedTenant = "tenant";

    /// <summary>In the challenge's properties: the enrolment that is tried, where it is no sign-in.</summary>
    public const string TriedEnrolment = "enrolment";

    /// <summary>The parameter by which a request asks for claims.</summary>
    public const string Claims = "claims";

    public const string Algorithm = "RS256";
    private const string Member = "0";

    // The person is sent to their own tenant's page, not to the one for everybody.
    public static Task AskAsync(RedirectContext context)
    {
        if (context.Properties.Items.TryGetValue(ExpectedTenant, out string? tenant) && tenant is not null)
        {
            context.ProtocolMessage.IssuerAddress = OwnPage(context.ProtocolMessage.IssuerAddress, tenant);
        }
        context.ProtocolMessage.LoginHint = context.Properties.GetParameter<string>(OpenIdConnectParameterNames.LoginHint);
        if (context.Properties.GetParameter<string>(Claims) is { } claims)
        {
            context.ProtocolMessage.SetParameter(Claims, claims);
        }
        return Task.CompletedTask;
    }

    public static string OwnPage(string everybodys, string tenant) => everybodys.Replace("/organizations/", $"/{tenant}/", StringComparison.Ordinal);

    /// <summary>The claims request for an authentication context: the tenant's policy for it is applied, or there is no such claim.</summary>
    public static string AskFor(string context) => JsonSerializer.Serialize(new { id_token = new { acrs = new { essential = true, value = context } } });

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
        string? tried = context.Properties?.Items.TryGetValue(TriedEnrolment, out string? named) == true ? named : null;
        string? upstream = tenant is null ? null : tried is null ? registry.UpstreamOfTenant(tenant) : await tests.UpstreamOfAsync(tried, context.HttpContext.RequestAborted);
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
            Contexts = [.. token.FindAll(UpstreamAssurance.Context).Select(claim => claim.Value)],
            NeedsTwoFactors = Departure.AskedForTwoFactors(context.Properties),
            AuthenticatedAt = AgencyCallback.Instant(token.FindFirstValue("auth_time")),
            Session = token.FindFirstValue("sid"),
            Token = token,
            RawToken = context.TokenEndpointResponse?.IdToken,
        };
        IResult answer = tried is null
            ? await AnswerAsync(arrival, context.Properties?.RedirectUri, context.HttpContext.RequestAborted)
            : TestPages.Result(await tests.ArrivedAsync(tried, arrival, context.HttpContext.RequestAborted), null);
        context.HandleResponse();
        await answer.ExecuteAsync(context.HttpContext);
    }

    private async Task<IResult> AnswerAsync(Arrival arrival, string? returnUrl, CancellationToken ct)
    {
        (Admission? admission, Refusal? refusal) = await reception.ReceiveAsync(arrival, ct);
        return admission is null ? ErrorPage.Show(refusal!.Status, refusal.Title, refusal.What) : SignInDesk.Admit(admission, returnUrl);
    }
}
