using Assize.Identity.Federation.Enrolment;
using Assize.Identity.Sessions;
using OpenIddict.Abstractions;
using OpenIddict.Client;

namespace Assize.Identity.Federation;

/// <summary>Whose logout tokens are believed at an upstream's address. Entra ID sends none.</summary>
internal sealed class UpstreamTrusts(UpstreamRegistry registry, UpstreamLoading loading, OpenIddictClientService client, TestSignIn tests)
{
    public async ValueTask<IReadOnlyList<UpstreamTrust>> FindAsync(string id, bool afresh, CancellationToken ct)
    {
        await loading.RefreshAsync(ct);
        List<UpstreamTrust> found = [];
        foreach (OpenIddictClientRegistration registration in registry.OfUpstream(id))
        {
            if (await TrustAsync(registration, afresh, ct) is { } trust)
            {
                found.Add(trust);
            }
        }
        return found;
    }

    private async Task<UpstreamTrust?> TrustAsync(OpenIddictClientRegistration registration, bool afresh, CancellationToken ct)
    {
        try
        {
            if (afresh)
            {
                registration.ConfigurationManager?.RequestRefresh();
            }
            OpenIddictConfiguration said = await client.GetServerConfigurationByRegistrationIdAsync(registration.RegistrationId!, ct);
            UpstreamTrust trust = new(registration.ClaimsIssuer!, registration.ClientId!, said.SigningKeys);
            return Registrations.EnrolmentOf(registration.RegistrationId!) is { } enrolment ? trust with { Ends = (session, subject, end) => tests.EndedAsync(enrolment, session, subject, end) } : trust;
        }
        catch (Exception unreachable) when (unreachable is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // A provider whose keys cannot be read is believed nothing; its neighbours at the address are not held up.
            return null;
        }
    }
}
