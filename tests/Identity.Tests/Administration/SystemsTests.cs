using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Assize.Audit;
using Assize.Identity.Directory;
using Assize.TestKit.Databases;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Assize.Identity.Tests.Administration.AdminServer;

namespace Assize.Identity.Tests.Administration;

/// <summary>An agency's systems: registered and given keys by two people, stopped by one, over real HTTP.</summary>
public sealed class SystemsTests(AdminServers servers) : IClassFixture<AdminServers>
{
    private static int s_number;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task System_Works_OnceASecondAdministratorApprovedItsKey(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        HostKeys pair = new();
        (HttpStatusCode status, JsonObject asked) = await RegisterAsync(server, pair.PublicSet);
        string id = Id(asked);

        (HttpStatusCode early, _) = await TokenAsync(server, id, pair);
        (HttpStatusCode alone, JsonObject refused) = await server.SendAsync(Carol, "POST", $"{KeyPath(asked)}/approve", new { reason = Reason });
        JsonObject approved = await server.DoAsync(Imran, "POST", $"{KeyPath(asked)}/approve", new { reason = Reason });
        (HttpStatusCode late, JsonObject token) = await TokenAsync(server, id, pair);

        Assert.Equal((HttpStatusCode.Accepted, "pending", 1), (status, (string)asked["system"]!["status"]!, (int)asked["system"]!["waiting"]!));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, "same_person"), (early, alone, (string)refused["code"]!));
        Assert.Equal(("active", 1, 0), ((string)approved["system"]!["status"]!, (int)approved["system"]!["keys"]!, (int)approved["system"]!["waiting"]!));
        Assert.True(late == HttpStatusCode.OK, token.ToJsonString());
        JsonObject said = await server.Server.IntrospectAsync((string)token["access_token"]!);
        Assert.Equal((id, Police), ((string)said["sub"]!, (string)said["agency"]!));
        Assert.Contains("case-system", said["roles"]!.ToJsonString(), StringComparison.Ordinal);
        string[] actions = await server.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.Agency == Police && entry.Action.StartsWith("system."))
            .Select(entry => entry.Action).Distinct().ToArrayAsync(Stop));
        Assert.Superset(new HashSet<string> { "system.register", "system.key.add", "system.key.approve" }, actions.ToHashSet());
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Key_IsReplacedWithoutAGap_AndTakesWhatItGotWithIt(DatabaseKind kind)
    {
        AdminServer server = await servers.OnAsync(kind);
        HostKeys old = new(), next = new();
        JsonObject system = await WorkingAsync(server, old);
        string id = Id(system), oldKey = KeyPath(system);
        string given = (string)(await TokenAsync(server, id, old)).Body["access_token"]!;

        JsonObject added = await server.DoAsync(Imran, "POST", $"/systems/{id}/keys", new { key = Pem(next), reason = Reason });
        (HttpStatusCode waiting, _) = await TokenAsync(server, id, next);
        await server.DoAsync(Carol, "POST", $"{KeyPath(added)}/approve", new { reason = Reason });
        HttpStatusCode[] both = [(await TokenAsync(server, id, old)).Status, (await TokenAsync(server, id, next)).Status];
        bool before = (bool)(await server.Server.IntrospectAsync(given))["active"]!;
        await server.DoAsync(Carol, "POST", $"{oldKey}/remove", new { reason = Reason });

        Assert.Equal(HttpStatusCode.Unauthorized, waiting);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], both);
        Assert.True(before);
        Assert.False((bool)(await server.Server.IntrospectAsync(given))["active"]!);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), ((await TokenAsync(server, id, old)).Status, (await TokenAsync(server, id, next)).Status));
    }

    [Fact]
    public async Task Suspended_ItsTokensDieAtOnce_AndRetiredItNeverComesBack()
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        HostKeys pair = new();
        JsonObject system = await WorkingAsync(server, pair);
        string id = Id(system);
        string token = (string)(await TokenAsync(server, id, pair)).Body["access_token"]!;

        await server.DoAsync(Carol, "POST", $"/systems/{id}/status", new { status = "suspended", reason = Reason });
        bool active = (bool)(await server.Server.IntrospectAsync(token))["active"]!;
        HttpStatusCode suspended = (await TokenAsync(server, id, pair)).Status;
        await server.DoAsync(Carol, "POST", $"/systems/{id}/status", new { status = "active", reason = Reason });
        HttpStatusCode again = (await TokenAsync(server, id, pair)).Status;
        bool revived = (bool)(await server.Server.IntrospectAsync(token))["active"]!;
        JsonObject retired = await server.DoAsync(Carol, "POST", $"/systems/{id}/status", new { status = "left", reason = Reason });
        (_, JsonObject back) = await server.SendAsync(Carol, "POST", $"/systems/{id}/status", new { status = "active", reason = Reason });
        (_, JsonObject same) = await RegisterAsync(server, new HostKeys().PublicSet, id.Split('.')[0]);

        Assert.Equal((false, false), (active, revived));
        Assert.NotEqual(HttpStatusCode.OK, suspended);
        Assert.Equal(HttpStatusCode.OK, again);
        Assert.Equal(("left", 0, "removed"), ((string)retired["system"]!["status"]!, (int)retired["system"]!["keys"]!, (string)retired["keys"]![0]!["state"]!));
        string key = (string)retired["keys"]![0]!["id"]!;
        Assert.Contains(await server.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.SubjectId == id && entry.Action == "system.key.remove").Select(entry => entry.Detail).ToListAsync(Stop)),
            detail => detail!.Contains(key, StringComparison.Ordinal));
        Assert.Equal(("retired", "taken"), ((string)back["code"]!, (string)same["code"]!));
        Assert.NotEqual(HttpStatusCode.OK, (await TokenAsync(server, id, pair)).Status);
    }

    [Fact]
    public async Task Key_OfWhoeverIsNoAdminAnyMore_OrIsTheSameHuman_IsNotApproved()
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        string first = await server.PersonAsync(Police, ["agency-admin"]), second = await server.PersonAsync(Police, ["agency-admin"]);
        await server.DoAsync(Alex, "POST", "/person-links", new { subject = first, other = second, reason = Reason });
        (_, JsonObject asked) = await RegisterAsync(server, new HostKeys().PublicSet, who: first);

        (_, JsonObject same) = await server.SendAsync(second, "POST", $"{KeyPath(asked)}/approve", new { reason = Reason });
        await server.WithAsync<DirectoryWriter>(directory => directory.ReplaceRolesAsync(first, [], Stop));
        (_, JsonObject lapsed) = await server.SendAsync(Carol, "POST", $"{KeyPath(asked)}/approve", new { reason = Reason });

        Assert.Equal(("same_person", "asker_not_entitled"), ((string)same["code"]!, (string)lapsed["code"]!));
    }

    [Fact]
    public async Task Terms_ThatCannotBe_AreRefused()
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        HostKeys pair = new();
        JsonObject system = await WorkingAsync(server, pair);
        string id = Id(system);

        (_, JsonObject bound) = await server.SendAsync(Carol, "POST", $"/systems/{id}/terms", new { name = "Bound", bound = true, reason = Reason });
        (_, JsonObject known) = await server.SendAsync(Carol, "POST", $"/systems/{id}/keys", new { key = pair.PublicSet, reason = Reason });
        (_, JsonObject platform) = await RegisterAsync(server, new HostKeys().PublicSet, who: Alex);
        JsonObject named = await server.DoAsync(Carol, "POST", $"/systems/{id}/terms", new { name = $"Renamed {id}", reason = Reason });

        Assert.Equal(("no_certificates", "key_known", "wrong_kind"), ((string)bound["code"]!, (string)known["code"]!, (string)platform["code"]!));
        Assert.Equal($"Renamed {id}", (string)named["system"]!["name"]!);
        Assert.Contains((await server.DoAsync(Carol, "GET", "/systems"))["items"]!.AsArray(), line => (string)line!["id"]! == id);
        Assert.DoesNotContain((await server.DoAsync(Bridget, "GET", "/systems"))["items"]!.AsArray(), line => (string)line!["id"]! == id);
    }

    public static TheoryData<string, string> BadKeys => new()
    {
        { "nothing", "" },
        { "words", "our key" },
        { "a private key", PrivatePem() },
        { "a private key as JSON", new HostKeys().Private },
        { "a shared secret", """{"kty":"oct","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA"}""" },
        { "a short RSA key", ShortRsa() },
        { "a point that is not on the curve", """{"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"}""" },
        { "two keys", $$"""{"keys":[{{Member(new HostKeys())}},{{Member(new HostKeys())}}]}""" },
        { "half a PEM text", "-----BEGIN PUBLIC KEY-----\nAAAA" },
    };

    [Theory]
    [MemberData(nameof(BadKeys))]
    public async Task Key_ThatIsNone_OrWeak_OrPrivate_IsRefused_AndKeptNowhere(string what, string key)
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);

        (HttpStatusCode status, JsonObject answer) = await RegisterAsync(server, key, "code" + Interlocked.Increment(ref s_number));

        Assert.True((status, (string?)answer["errors"]?["key"]) is (HttpStatusCode.BadRequest, { Length: > 0 }), $"{what}: {status} {answer.ToJsonString()}");
        Assert.DoesNotContain("\"d\"", string.Join(' ', await server.ReadAsync(db => db.SystemKeys.Select(kept => kept.Jwk).ToListAsync(Stop))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_OfACertificate_IsThatKey()
    {
        AdminServer server = await servers.OnAsync(DatabaseKind.Sqlite);
        using RSA pair = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest("CN=system", pair, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        (_, JsonObject asked) = await RegisterAsync(server, certificate.ExportCertificatePem());
        (_, JsonObject same) = await RegisterAsync(server, pair.ExportSubjectPublicKeyInfoPem());

        Assert.Equal("RSA 2048", (string)asked["keys"]![0]!["kind"]!);
        Assert.Equal("key_known", (string)same["code"]!);
    }

    private static async Task<JsonObject> WorkingAsync(AdminServer server, HostKeys pair)
    {
        (_, JsonObject asked) = await RegisterAsync(server, pair.PublicSet);
        return await server.DoAsync(Imran, "POST", $"{KeyPath(asked)}/approve", new { reason = Reason });
    }

    private static Task<(HttpStatusCode Status, JsonObject Body)> RegisterAsync(AdminServer server, string key, string? code = null, string who = Carol)
    {
        code ??= "system" + Interlocked.Increment(ref s_number);
        return server.SendAsync(who, "POST", "/systems", new { code, name = $"System {code} {Guid.NewGuid():n}", key, reason = Reason });
    }

    private static Task<(HttpStatusCode Status, JsonObject Body)> TokenAsync(AdminServer server, string id, HostKeys pair) => server.Server.PostAsync("/connect/token",
        ("grant_type", "client_credentials"), ("scope", "api"), ("client_id", id), ("client_assertion_type", HostKeys.AssertionType),
        ("client_assertion", pair.Assertion(server.Server.Url, client: id)));

    private static string Id(JsonObject system) => (string)system["system"]!["id"]!;

    // The newest key stands first.
    private static string KeyPath(JsonObject system) => $"/systems/{Id(system)}/keys/{system["keys"]![0]!["id"]}";

    private static string Member(HostKeys pair) => JsonNode.Parse(pair.PublicSet)!["keys"]![0]!.ToJsonString();

    private static string Pem(HostKeys pair)
    {
        Microsoft.IdentityModel.Tokens.JsonWebKey key = new(Member(pair));
        using ECDsa curve = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = { X = Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(key.X), Y = Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(key.Y) },
        });
        return curve.ExportSubjectPublicKeyInfoPem();
    }

    private static string PrivatePem()
    {
        using ECDsa pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return pair.ExportPkcs8PrivateKeyPem();
    }

    private static string ShortRsa()
    {
        using RSA pair = RSA.Create(1024);
        return pair.ExportSubjectPublicKeyInfoPem();
    }
}
