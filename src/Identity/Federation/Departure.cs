using System.Globalization;
using Assize.Identity.Federation.Entra;
using Assize.Identity.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenIddict.Abstractions;
using OpenIddict.Client;
using OpenIddict.Client.AspNetCore;

namespace Assize.Identity.Federation;

/// <summary>Sends a browser to an agency's provider, for a sign-in or for the trial of an enrolment.</summary>
internal sealed partial class Departure(UpstreamRegistry registry, UpstreamLoading loading, OpenIddictClientService client, ILogger<Departure> log)
{
    /// <summary>Older sign-ins at the agency are renewed there; and who is asked for an age must tell it.</summary>
    private const int OldestSignIn = 12 * 60 * 60;

    private const string TwoFactors = "two-factors";

    /// <summary>False where it was withdrawn. Another process may have enrolled it a moment ago.</summary>
    public async Task<bool> IsKnownAsync(Upstream upstream, string key, CancellationToken ct)
    {
        if (!Known())
        {
            await loading.RefreshAsync(ct);
        }
        return Known();

        bool Known() => upstream.Kind != UpstreamKind.Entra ? registry.Find(key) is not null
            : Registrations.EnrolmentOf(key) is null ? registry.UpstreamOfTenant(upstream.Issuer) is not null : registry.IsTenantKnown(upstream.Issuer);
    }

    /// <summary>Whether its metadata can be read, and is believed.</summary>
    public async Task<bool> AnswersAsync(Upstream upstream, string key, CancellationToken ct)
    {
        if (upstream.Kind == UpstreamKind.Entra)
        {
            return true;
        }
        try
        {
            await client.GetServerConfigurationByRegistrationIdAsync(key, ct);
            return true;
        }
        catch (Exception unreachable) when (unreachable is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            LogUnreachable(log, upstream.Id, unreachable);
            return false;
        }
    }

    public static ChallengeHttpResult Go(Upstream upstream, string key, SignInRequest request) =>
        upstream.Kind == UpstreamKind.Entra ? ToTenant(upstream, key, request) : ToProvider(upstream, key, request);

    private static ChallengeHttpResult ToProvider(Upstream upstream, string key, SignInRequest request)
    {
        AuthenticationProperties properties = Properties(request);
        properties.SetString(OpenIddictClientAspNetCoreConstants.Properties.RegistrationId, key);
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

    private static ChallengeHttpResult ToTenant(Upstream upstream, string key, SignInRequest request)
    {
        AuthenticationProperties properties = Properties(request);
        properties.Items[EntraArrival.ExpectedTenant] = upstream.Issuer;
        if (Registrations.EnrolmentOf(key) is { } enrolment)
        {
            properties.Items[EntraArrival.TriedEnrolment] = enrolment;
        }
        if (request.Hint is { } hint)
        {
            properties.SetParameter(OpenIddictConstants.Parameters.LoginHint, hint);
        }
        if (request.AsksToSignInAgain)
        {
            properties.SetParameter(OpenIddictConstants.Parameters.Prompt, OpenIddictConstants.PromptValues.Login);
        }
        if (request.AsksForTwoFactors && upstream.Assurance.Find(row => row.Claim == UpstreamAssurance.Context) is { } context)
        {
            properties.SetParameter(EntraArrival.Claims, EntraArrival.AskFor(context.Value));
        }
        return TypedResults.Challenge(properties, [EntraSetup.Scheme]);
    }

    /// <summary>Of properties that came back with an answer.</summary>
    public static bool AskedForTwoFactors(AuthenticationProperties? properties) => properties?.Items.ContainsKey(TwoFactors) == true;

    private static AuthenticationProperties Properties(SignInRequest request)
    {
        AuthenticationProperties properties = new() { RedirectUri = ReturnUrl.Local(request.ReturnUrl) };
        if (request.AsksForTwoFactors)
        {
            properties.Items[TwoFactors] = "asked";
        }
        return properties;
    }

    private static int MaxAge(SignInRequest request) =>
        int.TryParse(request.MaxAge, NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? Math.Min(asked, OldestSignIn) : OldestSignIn;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The provider of upstream {Upstream} does not answer.")]
    private static partial void LogUnreachable(ILogger logger, string upstream, Exception exception);
}
