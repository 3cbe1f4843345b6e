using System.Globalization;
using Assize.Identity.Federation.Entra;
using Assize.Identity.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenIddict.Abstractions;
using OpenIddict.Client;
using OpenIddict.Client.AspNetCore;

namespace Assize.Identity.Federation;

/// <summary>Sends a person to the agency that they chose.</summary>
internal sealed partial class AgencyStart(AgencyChoices choices, UpstreamRegistry registry, UpstreamLoading loading, OpenIddictClientService client, ILogger<AgencyStart> log)
{
    /// <summary>Older sign-ins at the agency are renewed there; and who is asked for an age must tell it.</summary>
    private const int OldestSignIn = 12 * 60 * 60;

    public static Task<IResult> HandleAsync(HttpContext context, AgencyStart start, [AsParameters] SignInRequest request, CancellationToken ct) => start.GoAsync(context, request, ct);

    private async Task<IResult> GoAsync(HttpContext context, SignInRequest request, CancellationToken ct)
    {
        if (await choices.FindAsync(request.Agency, ct) is not { } upstream || !await IsKnownHereAsync(upstream, ct))
        {
            return ErrorPage.Show(StatusCodes.Status400BadRequest, "This agency cannot sign in here",
                "The agency is unknown here or its sign-in was withdrawn. Nothing was changed. Go back and choose another, or ask your agency's administrator.");
        }
        AgencyCookie.Write(context, upstream.Id);
        return upstream.Kind == UpstreamKind.Entra ? ToTenant(upstream, request) : await ToProviderAsync(upstream, request, ct);
    }

    // Another process may have enrolled it a moment ago.
    private async Task<bool> IsKnownHereAsync(Upstream upstream, CancellationToken ct)
    {
        if (!Known())
        {
            await loading.RefreshAsync(ct);
        }
        return Known();

        bool Known() => upstream.Kind == UpstreamKind.Entra ? registry.UpstreamOfTenant(upstream.Issuer) is not null : registry.Find(Registrations.LiveKey(upstream.Id)) is not null;
    }

    private async Task<IResult> ToProviderAsync(Upstream upstream, SignInRequest request, CancellationToken ct)
    {
        string registration = Registrations.LiveKey(upstream.Id);
        try
        {
            await client.GetServerConfigurationByRegistrationIdAsync(registration, ct);
        }
        catch (Exception unreachable) when (unreachable is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogUnreachable(log, upstream.Id, unreachable);
            return ErrorPage.Show(StatusCodes.Status503ServiceUnavailable, "Your agency's sign-in does not answer",
                "Nothing was changed. Wait a few minutes and try again. If it goes on, tell your agency's administrator.");
        }
        AuthenticationProperties properties = Properties(request);
        properties.SetString(OpenIddictClientAspNetCoreConstants.Properties.RegistrationId, registration);
        properties.SetParameter<OpenIddictParameter?>(OpenIddictConstants.Parameters.MaxAge, MaxAge(request));
        if (request.Hint is { } hint)
        {
            properties.SetParameter<OpenIddictParameter?>(OpenIddictConstants.Parameters.LoginHint, hint);
        }
        if (request.AsksToSignInAgain)
        {
            properties.SetParameter<OpenIddictParameter?>(OpenIddictConstants.Parameters.Prompt, OpenIddictConstants.PromptValues.Login);
        }
        string acr = string.Join(' ', upstream.Assurance.Where(row => row.Claim == "acr").Select(row => row.Value));
        if (request.AsksForTwoFactors && acr.Length > 0)
        {
            properties.SetParameter<OpenIddictParameter?>(OpenIddictConstants.Parameters.AcrValues, acr);
        }
        return TypedResults.Challenge(properties, [OpenIddictClientAspNetCoreDefaults.AuthenticationScheme]);
    }

    private static ChallengeHttpResult ToTenant(Upstream upstream, SignInRequest request)
    {
        AuthenticationProperties properties = Properties(request);
        properties.Items[EntraArrival.ExpectedTenant] = upstream.Issuer;
        if (request.Hint is { } hint)
        {
            properties.SetParameter(OpenIddictConstants.Parameters.LoginHint, hint);
        }
        if (request.AsksToSignInAgain)
        {
            properties.SetParameter(OpenIddictConstants.Parameters.Prompt, OpenIddictConstants.PromptValues.Login);
        }
        return TypedResults.Challenge(properties, [EntraSetup.Scheme]);
    }

    private static AuthenticationProperties Properties(SignInRequest request) => new() { RedirectUri = ReturnUrl.Local(request.ReturnUrl) };

    private static int MaxAge(SignInRequest request) =>
        int.TryParse(request.MaxAge, NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? Math.Min(asked, OldestSignIn) : OldestSignIn;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The provider of upstream {Upstream} does not answer.")]
    private static partial void LogUnreachable(ILogger logger, string upstream, Exception exception);
}
