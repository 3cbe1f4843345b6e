using System.Text.Json;
using Assize.Identity.Federation.Entra;
using Assize.Identity.Sessions;

namespace Assize.Identity.Federation.Enrolment;

/// <summary>Enrolments as administrators see them; no secret is among it.</summary>
internal static class EnrolmentEntries
{
    public static EnrolmentEntry Of(UpstreamEnrolment row, Registrations registrations)
    {
        Uri redirect = registrations.RedirectUri(row.UpstreamId);
        bool entra = row.Kind == UpstreamKind.Entra;
        return new(row.Id, row.UpstreamId, row.AgencyId, row.Kind, row.Issuer, row.ClientId, row.Stage,
            entra ? new Uri(redirect, EntraSetup.CallbackPath) : redirect, entra ? null : new Uri(redirect, UpstreamLogout.Route.Replace("{id}", row.UpstreamId, StringComparison.Ordinal)),
            row.Authentication == UpstreamAuthentication.PrivateKey ? ClientKey.PublicJwk(registrations.Unprotect(row.ProtectedCredential!)) : null,
            row.Challenge, AgencyProof.Thumbprint(row.AgencyKey), row.ProvedAt is not null, row.Findings(), row.DraftedBy, row.ProposedBy, row.ApprovedBy, Next(row))
        {
            EventsUri = entra ? null : new Uri(redirect, UpstreamEvents.Route.Replace("{id}", row.UpstreamId, StringComparison.Ordinal)),
            SignedOutUri = new Uri(redirect, entra ? ProviderSignOut.EntraRoute : ProviderSignOut.Route.Replace("{id}", row.UpstreamId, StringComparison.Ordinal)),
            AgencyName = row.AgencyName,
            AgencyKind = row.AgencyKind,
            Authentication = row.Authentication,
            AdmitsNewcomers = row.AdmitsNewcomers,
            ExternalIdClaim = row.ExternalIdClaim,
            Contact = row.Contact,
            TwoFactors = row.Assurance.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            CreatedAt = row.CreatedAt,
            Test = row.Test is null ? null : JsonSerializer.Deserialize<TestReport>(row.Test, JsonSerializerOptions.Web),
            LogoutOffered = row.OffersLogout(),
            LogoutSeenAt = row.TestLogoutAt,
            UntestedReason = row.UntestedReason,
        };
    }

    private static string Next(UpstreamEnrolment row) => row.Stage switch
    {
        EnrolmentStage.Draft => "Run the checks. If they failed, the report says what the agency has to change.",
        EnrolmentStage.Checked when row.ProvedAt is null => "Compare the key's thumbprint with the agency by telephone, and enter the challenge that it signed.",
        EnrolmentStage.Checked when !row.TestPassed => "Make a link for somebody of the agency, who tries the sign-in.",
        EnrolmentStage.Checked when !row.IsSeenToWork() => "The person who tried the sign-in signs out at the agency, and the provider tells this server.",
        EnrolmentStage.Checked => "Propose it.",
        EnrolmentStage.Proposed => "Another platform administrator has to approve it.",
        EnrolmentStage.Approved => "Put it to use.",
        EnrolmentStage.Active => "Nothing: people of the agency can sign in.",
        _ => "Nothing: it was abandoned.",
    };
}
