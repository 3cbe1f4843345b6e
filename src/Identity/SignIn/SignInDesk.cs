using System.Globalization;
using Assize.Identity.Federation;
using Assize.Identity.Sessions;

namespace Assize.Identity.SignIn;

/// <summary>Turns an admission into a session here.</summary>
internal static class SignInDesk
{
    public static IResult Admit(Admission admission, string? returnUrl)
    {
        SignedIn who = new(admission.Subject, admission.Agency, admission.Acr.ToString(CultureInfo.InvariantCulture))
        {
            AuthenticatedAt = admission.AuthenticatedAt,
            Upstream = admission.Arrival.UpstreamId,
            UpstreamSubject = admission.Arrival.Subject,
            UpstreamSession = admission.Arrival.Session,
            UpstreamToken = admission.Arrival.RawToken,
        };
        return new SignInAndGo(who, ReturnUrl.Local(returnUrl));
    }
}
