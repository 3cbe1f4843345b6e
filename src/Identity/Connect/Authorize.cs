using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Assize.Identity.Connect;

internal static class Authorize
{
    public static async Task<IResult> HandleAsync(HttpContext context, TokenIdentity identities, IdentitySettings settings, TimeProvider clock, CancellationToken ct)
    {
        OpenIddictRequest request = context.GetOpenIddictServerRequest()!;
        AuthenticateResult signedIn = await context.AuthenticateAsync(IdentityCookie.Scheme);
        string? subject = signedIn.Principal?.FindFirst(Claims.Subject)?.Value;
        if (subject is not null && !AsksAgain(request, signedIn, clock)
            && await identities.ForAsync(subject, request.GetScopes(), ct) is { } principal)
        {
            return TypedResults.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        }
        if (request.HasPromptValue(PromptValues.None))
        {
            return Refuse(Errors.LoginRequired, "Nobody is signed in.");
        }
        if (settings.Deployment != Deployment.Demonstration)
        {
            return Refuse(Errors.TemporarilyUnavailable, "No agency has connected its sign-in yet.");
        }
        return TypedResults.Challenge(new AuthenticationProperties { RedirectUri = ReturnTo(context) }, [IdentityCookie.Scheme]);
    }

    private static bool AsksAgain(OpenIddictRequest request, AuthenticateResult signedIn, TimeProvider clock) =>
        request.HasPromptValue(PromptValues.Login)
        || (request.MaxAge is { } seconds && signedIn.Properties?.IssuedUtc is { } since && clock.GetUtcNow() - since > TimeSpan.FromSeconds(seconds));

    // Without its prompt, or the new sign-in would be asked to sign in again.
    private static string ReturnTo(HttpContext context)
    {
        IEnumerable<KeyValuePair<string, StringValues>> parameters = context.Request.HasFormContentType ? context.Request.Form : context.Request.Query;
        return context.Request.Path + QueryString.Create(parameters.Where(parameter => parameter.Key is not (Parameters.Prompt or Parameters.MaxAge)));
    }

    private static ForbidHttpResult Refuse(string error, string description) => TypedResults.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
