using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Assize.Host.Operations;

/// <summary>Where the application listens: at its address and, where it is asked to, at a second one that asks systems for the certificate their tokens are bound to.</summary>
internal static class Listening
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    public static void Apply(WebApplicationBuilder builder, HostSettings settings)
    {
        var first = settings.ListenUrl ?? settings.HostUrl;
        if (settings.TlsCertificate is not { } file)
        {
            builder.WebHost.UseUrls(first.ToString());
            return;
        }

        var own = X509CertificateLoader.LoadPkcs12FromFile(file, null);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Bind(kestrel, first, https => https.ServerCertificate = own);
            if (settings.MutualTlsUrl is { } second)
            {
                var authorities = Authorities(settings);
                Bind(kestrel, second, https =>
                {
                    https.ServerCertificate = own;
                    https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                    https.ClientCertificateValidation = (certificate, _, _) => IsOf(certificate, authorities);
                });
            }
        });
    }

    private static X509Certificate2Collection Authorities(HostSettings settings)
    {
        X509Certificate2Collection authorities = [];
        authorities.ImportFromPemFile(settings.ClientAuthorities
            ?? throw new InvalidOperationException("Expected ASSIZE_HOST_CLIENT_CA with the authorities that systems' certificates come from, since ASSIZE_HOST_MTLS_URL is set, but it is empty."));
        return authorities;
    }

    private static void Bind(KestrelServerOptions kestrel, Uri address, Action<HttpsConnectionAdapterOptions> secure)
    {
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
        {
            kestrel.Listen(ip, address.Port, Secured);
        }
        else if (address.IsLoopback)
        {
            kestrel.ListenLocalhost(address.Port, Secured);
        }
        else
        {
            kestrel.ListenAnyIP(address.Port, Secured);
        }

        void Secured(ListenOptions listen)
        {
            if (address.Scheme == Uri.UriSchemeHttps)
            {
                listen.UseHttps(secure);
            }
        }
    }

    private static bool IsOf(X509Certificate2 certificate, X509Certificate2Collection authorities)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return chain.Build(certificate);
    }
}
