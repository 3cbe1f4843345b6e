using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Assize.Identity.Federation;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Assize.Identity.Tests.Federation;

[Collection(FederationCollection.Name)]
public sealed class EnrolmentTests(FederationWorld world) : IDisposable
{
    private const string Alex = "alex.moore@assize-platform";
    private const string Robin = "robin.vane@assize-platform";
    private readonly ECDsa _agencysKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public async Task Enrolment_ByTwoAdministratorsAndTheAgency_LetsItsPeopleInAtOnce()
    {
        string alex = await TokenAsync(Alex);
        string robin = await TokenAsync(Robin);
        JsonNode draft = await DraftAsync(alex, "cheshire-police", $"{world.Fake}/cheshire");
        string path = $"/api/admin/upstreams/enrolments/{draft["id"]}";

        JsonNode looked = await DoAsync(alex, path + "/checks");
        Assert.True("checked" == (string)looked["stage"]!, looked.ToJsonString());
        await DoAsync(alex, path + "/proof", new { proof = Sign((string)draft["challenge"]!) });
        await DoAsync(alex, path + "/propose");
        Assert.Equal("approved", (string)(await DoAsync(robin, path + "/approve"))["stage"]!);
        Assert.Equal("active", (string)(await DoAsync(robin, path + "/activate"))["stage"]!);

        using AgencyBrowser browser = world.Browser();
        (HttpStatusCode status, string page) = await browser.SignInAsync("cheshire-police");
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("Police of cheshire-police has confirmed who you are", page, StringComparison.Ordinal);
        (HttpStatusCode suspended, _) = await PostAsync(alex, "/api/admin/upstreams/cheshire-police/suspend", new { reason = "A test" });
        Assert.Equal(HttpStatusCode.NoContent, suspended);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.ReadAsync("/signin/start?agency=cheshire-police")).Status);
    }

    [Fact]
    public async Task Steps_OutOfTurn_OrByOneAlone_AreRefused()
    {
        string alex = await TokenAsync(Alex);
        JsonNode draft = await DraftAsync(alex, "durham-police", $"{world.Fake}/durham");
        string path = $"/api/admin/upstreams/enrolments/{draft["id"]}";

        await RefusesAsync(alex, path + "/propose", HttpStatusCode.Conflict, "wrong_stage");
        await DoAsync(alex, path + "/checks");
        await RefusesAsync(alex, path + "/propose", HttpStatusCode.Conflict, "not_proved");
        using ECDsa another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await RefusesAsync(alex, path + "/proof", HttpStatusCode.BadRequest, "bad_proof", new { proof = Sign((string)draft["challenge"]!, another) });
        await RefusesAsync(alex, path + "/proof", HttpStatusCode.BadRequest, "bad_proof", new { proof = Sign("another challenge") });
        await DoAsync(alex, path + "/proof", new { proof = Sign((string)draft["challenge"]!) });
        await DoAsync(alex, path + "/propose");
        await RefusesAsync(alex, path + "/approve", HttpStatusCode.Conflict, "second_admin_needed");
        await RefusesAsync(alex, path + "/activate", HttpStatusCode.Conflict, "wrong_stage");
    }

    [Theory]
    [InlineData("another-issuer", "calls itself")]
    [InlineData("weak", "S256")]
    [InlineData("private-keys", "could not be read")]
    [InlineData("elsewhere", "redirects are not followed")]
    [InlineData("huge", "kB")]
    public async Task Checks_OfAProviderThatWillNotDo_SayWhy(string lie, string why)
    {
        string alex = await TokenAsync(Alex);
        JsonNode draft = await DraftAsync(alex, lie, $"{world.Fake}/{lie}");

        JsonNode looked = await DoAsync(alex, $"/api/admin/upstreams/enrolments/{draft["id"]}/checks");

        Assert.Equal("draft", (string)looked["stage"]!);
        Assert.Contains(why, looked["report"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_WithWrongFields_NamesThem()
    {
        string alex = await TokenAsync(Alex);

        (HttpStatusCode status, JsonNode answer) = await PostAsync(alex, "/api/admin/upstreams/enrolments", Body("Not A Name", "http://8.8.8.8/"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotNull(answer["errors"]!["upstream"]);
        Assert.NotNull(answer["errors"]!["issuer"]);
    }

    [Fact]
    public async Task Api_WithoutThePlatformsRole_IsClosed()
    {
        (HttpStatusCode nobody, _) = await PostAsync(null, "/api/admin/upstreams/enrolments", Body("some-police", world.Fake + "/some"));
        string sam = await TokenAsync("sam.carter@merseyside-police");

        Assert.Equal(HttpStatusCode.Unauthorized, nobody);
        await RefusesAsync(sam, "/api/admin/upstreams/enrolments", HttpStatusCode.Forbidden, "not_platform_admin", Body("some-police", world.Fake + "/some"));
        await RefusesAsync(sam, "/api/admin/upstreams/kent-police/suspend", HttpStatusCode.Forbidden, "not_platform_admin", new { reason = "Mischief" });
        Assert.NotNull(world.Server.Services);
    }

    public void Dispose() => _agencysKey.Dispose();

    private object Body(string upstream, string issuer)
    {
        ECParameters half = _agencysKey.ExportParameters(includePrivateParameters: false);
        return new
        {
            upstream,
            agency = upstream,
            agencyKind = "police",
            agencyName = "Police of " + upstream,
            kind = UpstreamKind.OpenId,
            issuer,
            clientId = "assize-" + upstream,
            authentication = UpstreamAuthentication.Post,
            clientSecret = FederationWorld.Secret,
            admitsNewcomers = true,
            agencyKey = new { kty = "EC", crv = "P-256", x = Base64UrlEncoder.Encode(half.Q.X!), y = Base64UrlEncoder.Encode(half.Q.Y!) },
        };
    }

    private async Task<JsonNode> DraftAsync(string token, string upstream, string issuer)
    {
        (HttpStatusCode status, JsonNode answer) = await PostAsync(token, "/api/admin/upstreams/enrolments", Body(upstream, issuer));
        Assert.True(status == HttpStatusCode.Created, answer.ToJsonString());
        return answer;
    }

    private string Sign(string challenge, ECDsa? key = null) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        TokenType = "assize-enrolment+jwt",
        Audience = world.Server.Url.AbsoluteUri,
        Claims = new Dictionary<string, object> { ["challenge"] = challenge },
        SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key ?? _agencysKey), SecurityAlgorithms.EcdsaSha256),
    });

    private async Task<JsonNode> DoAsync(string token, string path, object? body = null)
    {
        (HttpStatusCode status, JsonNode answer) = await PostAsync(token, path, body);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {(int)status} {answer.ToJsonString()}");
        return answer;
    }

    private async Task RefusesAsync(string token, string path, HttpStatusCode expected, string code, object? body = null)
    {
        (HttpStatusCode status, JsonNode answer) = await PostAsync(token, path, body);
        Assert.True(status == expected && (string?)answer["code"] == code, $"{path}: {(int)status} {answer.ToJsonString()}");
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(string? token, string path, object? body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage answer = await world.Server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)! : new JsonObject());
    }

    private async Task<string> TokenAsync(string subject)
    {
        using Browser browser = new(world.Server);
        (HttpStatusCode status, JsonObject body) = await world.Server.PostAsHostAsync("/connect/token", ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
            ("audience", "assize-identity-admin"), ("subject_token", await browser.TokenAsync(subject)), ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"));
        Assert.True(status == HttpStatusCode.OK, body.ToJsonString());
        return (string)body["access_token"]!;
    }
}
