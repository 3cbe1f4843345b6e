using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Assize.Identity.Federation.Outbound;

/// <summary>
/// Fetches what somebody typed or an upstream named, and nothing that is ours: https only, public addresses only, the address that was looked at
/// is the one that is connected to, no redirects, no proxy, no cookies, bounded in size and time.
/// </summary>
internal sealed class GuardedHandler : DelegatingHandler
{
    public const int LargestAnswer = 512 * 1024;

    private readonly OutboundRules _rules;

    public GuardedHandler(OutboundRules rules)
    {
        _rules = rules;
        InnerHandler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            Credentials = null,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = 32,
            ConnectTimeout = rules.Patience,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = ConnectAsync,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = Trusts },
        };
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Uri uri = request.RequestUri!;
        if (!(uri.Scheme == Uri.UriSchemeHttps || (_rules.AllowsLoopback && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)) || uri.UserInfo.Length > 0)
        {
            throw new OutboundRefusedException($"Expected an https address without a user name, but it is “{uri.GetLeftPart(UriPartial.Path)}”.");
        }
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_rules.Patience);
        try
        {
            HttpResponseMessage answer = await base.SendAsync(request, patience.Token);
            answer.Content = await WholeAsync(answer.Content, patience.Token);
            return answer;
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new OutboundRefusedException($"Expected an answer from {uri.Host} within {_rules.Patience.TotalSeconds:0} seconds, but there was none.", late);
        }
    }

    // Read here, within the time and the size: a caller would otherwise wait for whatever trickles.
    private static async Task<HttpContent> WholeAsync(HttpContent content, CancellationToken ct)
    {
        await using Stream source = await content.ReadAsStreamAsync(ct);
        MemoryStream kept = new();
        byte[] buffer = new byte[16 * 1024];
        for (int read; (read = await source.ReadAsync(buffer, ct)) > 0;)
        {
            if (kept.Length + read > LargestAnswer)
            {
                throw new OutboundRefusedException($"Expected an answer of at most {LargestAnswer / 1024} kB, but it is larger.");
            }
            kept.Write(buffer, 0, read);
        }
        kept.Position = 0;
        StreamContent whole = new(kept);
        foreach ((string name, IEnumerable<string> values) in content.Headers)
        {
            whole.Headers.TryAddWithoutValidation(name, values);
        }
        return whole;
    }

    // A name is looked up once and that answer is used: looking again could give another.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        DnsEndPoint wanted = context.DnsEndPoint;
        IPAddress[] found = IPAddress.TryParse(wanted.Host, out IPAddress? literal) ? [literal] : await Dns.GetHostAddressesAsync(wanted.Host, ct);

        // One private answer among public ones is a trap or a mistake; neither is worth a connection.
        if (found.Length == 0 || !found.All(_rules.Allows))
        {
            throw new OutboundRefusedException($"Expected {wanted.Host} to be a public address, but it is not.");
        }
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, wanted.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool Trusts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || _rules.Roots.Count == 0 || certificate is null)
        {
            return false;
        }
        using X509Chain own = new();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_rules.Roots);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1"));
        if (chain is not null)
        {
            own.ChainPolicy.ExtraStore.AddRange(chain.ChainElements.Select(element => element.Certificate).ToArray());
        }
        return own.Build(X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()));
    }
}

/// <summary>Where this server may go when others name the address.</summary>
internal sealed record OutboundRules(bool AllowsLoopback, X509Certificate2Collection Roots, TimeSpan Patience)
{
    public bool Allows(IPAddress address) => SpecialAddresses.IsPublic(address) || (AllowsLoopback && SpecialAddresses.IsLoopback(address));
}

/// <summary>An address that this server does not go to, or an answer that it does not take.</summary>
internal sealed class OutboundRefusedException(string message, Exception? inner = null) : HttpRequestException(message, inner);
