using System.Globalization;
using System.Security.Claims;
using Assize.Identity.Federation.Enrolment;
using Assize.Identity.SignIn;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Client;
using OpenIddict.Client.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Client.OpenIddictClientEvents;

namespace Assize.Identity.Federation;

/// <summary>Where an OpenID provider sends a person back to. Each upstream has an address of its own, so no answer can be passed off as another's.</summary>
internal static class AgencyCallback
{
    public static async Task<IResult> HandleAsync(HttpContext context, string id, Reception reception, TestSignIn tests, CancellationToken ct)
    {
        // Of an upstream withdrawn meanwhile the path is no longer the protocol's, and asking it anyway would throw.
        if (context.Features.Get<OpenIddictClientAspNetCoreFeature>()?.Transaction is not { EndpointType: OpenIddictClientEndpointType.Redirection } transaction)
        {
            return Withdrawn();
        }
        AuthenticateResult result = await context.AuthenticateAsync(OpenIddictClientAspNetCoreDefaults.AuthenticationScheme);
        ProcessAuthenticationContext? flow = transaction.GetProperty<ProcessAuthenticationContext>(typeof(ProcessAuthenticationContext).FullName!);
        if (!result.Succeeded || flow?.BackchannelIdentityTokenPrincipal is not { } proved)
        {
            return Withdrawn();
        }
        if (Registrations.EnrolmentOf(flow.Registration.RegistrationId!) is { } enrolment)
        {
            return TestPages.Result(await tests.ArrivedAsync(enrolment, Read(id, flow, proved), ct),
                await TestPages.SignOutAsync(context.RequestServices.GetRequiredService<OpenIddictClientService>(), flow.Registration, ct));
        }
        if (flow.Registration.RegistrationId != Registrations.LiveKey(id))
        {
            return Withdrawn();
        }
        (Admission? admission, Refusal? refusal) = await reception.ReceiveAsync(Read(id, flow, proved) with { NeedsTwoFactors = Departure.AskedForTwoFactors(result.Properties) }, ct);
        return admission is null
            ? ErrorPage.Show(refusal!.Status, refusal.Title, refusal.What)
            : SignInDesk.Admit(admission, result.Properties?.RedirectUri);
    }

    // Who, how and when come from the signed token alone; the rest may come from userinfo.
    private static Arrival Read(string id, ProcessAuthenticationContext flow, ClaimsPrincipal proved) =>
        new(id, flow.Registration.ClaimsIssuer!, proved.GetClaim(Claims.Subject)!, flow.MergedPrincipal.GetClaim(Claims.Name), flow.MergedPrincipal.GetClaim(Claims.Email))
        {
            Acr = proved.GetClaim(Claims.AuthenticationContextReference),
            Amr = [.. proved.GetClaims(Claims.AuthenticationMethodReference)],
            AuthenticatedAt = Instant(proved.GetClaim(Claims.AuthenticationTime)),
            Session = proved.GetClaim("sid"),
            Token = proved,
            RawToken = flow.BackchannelIdentityToken,
        };

    internal static DateTimeOffset? Instant(string? seconds) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out long unix) && unix < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(unix) : null;

    private static IResult Withdrawn() => ErrorPage.Show(StatusCodes.Status400BadRequest, "This sign-in cannot go on",
        "The agency is unknown here or its sign-in was withdrawn. Nothing was changed. Go back to the application and start again.");
}
