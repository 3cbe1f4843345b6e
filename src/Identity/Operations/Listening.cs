using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Assize.Identity.Operations;

/// <summary>Where the server listens: at its address, behind proxies that it knows, and where it is asked for on a second port for systems with certificates.</summary>
internal static class Listening
{
    public static void Apply(WebApplicationBuilder builder, IdentitySettings settings)
    {
        if (settings.TlsCertificate is not { } file)
        {
            builder.WebHost.UseUrls((settings.ListenUrl ?? settings.Url).GetLeftPart(UriPartial.Authority));
            return;
        }
        X509Certificate2 certificate = X509CertificateLoader.LoadPkcs12FromFile(file, null);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Bind(kestrel, settings.ListenUrl ?? settings.Url, certificate, null);
            if (settings.MutualTlsUrl is { } second)
            {
                Bind(kestrel, second, certificate, Authorities(settings));
            }
        });
    }

    /// <summary>Forwarded addresses and schemes are believed from configured proxies only; from anybody else they are what a stranger wrote.</summary>
    public static void UseKnownProxies(this WebApplication app, IdentitySettings settings)
    {
        if (settings.Proxies.Count == 0)
        {
            return;
        }
        ForwardedHeadersOptions options = new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (System.Net.IPNetwork network in settings.Proxies)
        {
            options.KnownIPNetworks.Add(network);
        }
        app.UseForwardedHeaders(options);
    }

    /// <summary>It is known by one name: what a request calls it gets into no address that it gives, such as those of its metadata.</summary>
    public static void UseOwnName(this WebApplication app, IdentitySettings settings)
    {
        HostString own = new(settings.Url.Authority);
        app.Use((context, next) =>
        {
            context.Request.Host = own;
            return next(context);
        });
    }

    private static X509Certificate2Collection Authorities(IdentitySettings settings)
    {
        X509Certificate2Collection authorities = [];
        authorities.ImportFromPemFile(settings.ClientAuthorities
            ?? throw new InvalidOperationException("Expected ASSIZE_IDENTITY_CLIENT_CA with the authorities that systems' certificates come from, since ASSIZE_IDENTITY_MTLS_URL is set, but it is empty."));
        return authorities;
    }

    private static void Bind(KestrelServerOptions kestrel, Uri address, X509Certificate2 certificate, X509Certificate2Collection? authorities)
    {
        void Options(ListenOptions listen)
        {
            if (address.Scheme == Uri.UriSchemeHttps)
            {
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = certificate;
                    if (authorities is not null)
                    {
                        https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                        https.ClientCertificateValidation = (client, _, _) => IsTrusted(client, authorities);
                    }
                });
            }
        }

        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip))
        {
            kestrel.Listen(ip, address.Port, Options);
        }
        else if (address.Host == "localhost")
        {
            kestrel.ListenLocalhost(address.Port, Options);
        }
        else
        {
            kestrel.ListenAnyIP(address.Port, Options);
        }
    }

    private static bool IsTrusted(X509Certificate2 client, X509Certificate2Collection authorities)
    {
        using X509Chain chain = new();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.2"));
        return chain.Build(client);
    }
}
