using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Assize.Identity.Tests.Attacks;

/// <summary>Forged, replayed and misdirected client assertions: each wants to be taken for Host.</summary>
internal static class AssertionAttacks
{
    public static IEnumerable<Attack> All =>
    [
        Forged("no signature", new { alg = "none", typ = Type }, (_, _) => []),
        Forged("HMAC with the public key", new { alg = "HS256", typ = Type }, (server, text) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(server.Host.PublicSet), text)),
        Forged("HMAC with a key id that is a path", new { alg = "HS256", typ = Type, kid = "../../../../dev/null" }, (_, text) => HMACSHA256.HashData(Array.Empty<byte>(), text)),
        Forged("a key of their own", new { alg = "ES256", typ = Type }, Own),
        Forged("a key of their own in the header", new { alg = "ES256", typ = Type, jwk = JsonSerializer.Deserialize<JsonElement>(s_own.Private) }, Own),
        Forged("a key of their own at an address", new { alg = "ES256", typ = Type, jku = "http://127.0.0.1:9/keys.json" }, Own),
        Forged("a certificate of their own at an address", new { alg = "ES256", typ = Type, x5u = "http://127.0.0.1:9/chain.pem" }, Own),
        Signed("an assertion that expired", (server, keys) => keys.Assertion(server.Url, life: TimeSpan.FromMinutes(-10))),
        Signed("an assertion for somebody else", (server, keys) => keys.Assertion(server.Url, audience: "https://elsewhere.example/")),
        Signed("an assertion for the token endpoint", (server, keys) => keys.Assertion(server.Url, audience: new Uri(server.Url, "/connect/token").AbsoluteUri)),
        Signed("an assertion without an id", (server, keys) => keys.Assertion(server.Url, jti: null)),
        Signed("an assertion that lasts a day", (server, keys) => keys.Assertion(server.Url, life: TimeSpan.FromDays(1))),
        new("an assertion twice", Defences.NoReplayChecks, async server =>
        {
            string assertion = server.Host.Assertion(server.Url);
            await AskAsync(server, assertion);
            return await AskAsync(server, assertion);
        }),
        new("an assertion at the token endpoint and then at introspection", Defences.NoReplayChecks, async server =>
        {
            string assertion = server.Host.Assertion(server.Url);
            await AskAsync(server, assertion);
            (HttpStatusCode status, _) = await server.PostAsync("/connect/introspect", ("token", await server.ClientTokenAsync("demo-client.json", "api")),
                ("client_id", HostKeys.Id), ("client_assertion_type", HostKeys.AssertionType), ("client_assertion", assertion));
            return status == HttpStatusCode.OK;
        }),
        new("an assertion by ten at once", Defences.NoReplayChecks, async server =>
        {
            string assertion = server.Host.Assertion(server.Url);
            bool[] taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AskAsync(server, assertion)));
            return taken.Count(yes => yes) > 1;
        }),
    ];

    private const string Type = "client-authentication+jwt";
    private static readonly HostKeys s_own = new();

    private static byte[] Own(RunningServer server, byte[] text) => s_own.Sign(text);

    private static Attack Forged(string name, object header, Func<RunningServer, byte[], byte[]> sign) => new($"an assertion with {name}", Defences.NoSignatures, server =>
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        object claims = new { iss = HostKeys.Id, sub = HostKeys.Id, aud = server.Url.AbsoluteUri, jti = Guid.NewGuid().ToString("n"), iat = now, exp = now + 60 };
        string text = $"{Encode(header)}.{Encode(claims)}";
        return AskAsync(server, $"{text}.{WebEncoders.Base64UrlEncode(sign(server, Encoding.ASCII.GetBytes(text)))}");
    });

    private static Attack Signed(string name, Func<RunningServer, HostKeys, string> assertion) => new(name, Defences.NoSignatures, server => AskAsync(server, assertion(server, server.Host)));

    private static async Task<bool> AskAsync(RunningServer server, string assertion) =>
        (await server.PostAsync("/connect/token", ("grant_type", "client_credentials"), ("scope", "directory"),
            ("client_id", HostKeys.Id), ("client_assertion_type", HostKeys.AssertionType), ("client_assertion", assertion))).Status == HttpStatusCode.OK;

    private static string Encode(object part) => WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(part));
}
