using Assize.Identity.Federation;
using Assize.Identity.Sessions;
using Assize.Identity.SignIn;
using Microsoft.AspNetCore;
using Microsoft.Extensions.Primitives;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Assize.Identity.Connect;

internal static class Authorize
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, TokenIdentity identities, SessionRegister sessions, AgencyChoices agencies, IdentitySettings settings, TimeProvider clock, CancellationToken ct)
    {
        OpenIddictRequest request = context.GetOpenIddictServerRequest()!;
        PersonSession? session = await sessions.LiveAsync(await SessionCookie.ReadAsync(context), ct);
        bool enough = session is not null && !AsksAgain(request, session, PushedAt(context), clock) && !AsksMore(request, session);
        if (enough && await identities.ForAsync(session!.Id, request.ClientId, request.GetScopes(), ct) is { } principal)
        {
            return TypedResults.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        }
        if (request.HasPromptValue(PromptValues.None))
        {
            return Token.Refuse(Errors.LoginRequired, "Nobody is signed in, or not well enough.");
        }
        if (settings.Deployment != Deployment.Demonstration && !await agencies.AnyAsync(ct))
        {
            return Token.Refuse(Errors.TemporarilyUnavailable, "No agency has connected its sign-in yet.");
        }
        return TypedResults.Redirect(SignInRequest.Of(request, ReturnTo(context)).Address);
    }

    // A sign-in after the request was pushed answers it; one that was not pushed loses its wish on the way back.
    private static bool AsksAgain(OpenIddictRequest request, PersonSession session, DateTimeOffset? pushed, TimeProvider clock) =>
        (pushed is null || session.StartedAt < pushed)
        && (request.HasPromptValue(PromptValues.Login)
            || (request.MaxAge is { } seconds && clock.GetUtcNow() - (session.ProvedAt ?? session.StartedAt) > TimeSpan.FromSeconds(seconds)));

    private static bool AsksMore(OpenIddictRequest request, PersonSession session) => WantsSecondFactor(request) && session.Acr != "2";

    private static bool WantsSecondFactor(OpenIddictRequest request) => request.GetAcrValues().Contains("2");

    private static DateTimeOffset? PushedAt(HttpContext context) => PushedInstant.Of(context.Features.Get<OpenIddictServerAspNetCoreFeature>()?.Transaction);

    // Without its prompt, or the new sign-in would be asked to sign in again.
    private static string ReturnTo(HttpContext context)
    {
        IEnumerable<KeyValuePair<string, StringValues>> parameters = context.Request.HasFormContentType ? context.Request.Form : context.Request.Query;
        return context.Request.Path + QueryString.Create(parameters.Where(parameter => parameter.Key is not (Parameters.Prompt or Parameters.MaxAge)));
    }
}
