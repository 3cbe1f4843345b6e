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

/// <summary>Enrolment over HTTP, as two platform administrators and an agency with a key.</summary>
internal sealed class EnrolmentApi(RunningServer server) : IDisposable
{
    public const string Alex = "alex.moore@assize-platform";
    public const string Robin = "robin.vane@assize-platform";
    private const string Root = "/api/admin/upstreams";

    private readonly ECDsa _agencysKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Dictionary<string, string> _tokens = [];

    public object Body(string upstream, string issuer, object? more = null)
    {
        ECParameters half = _agencysKey.ExportParameters(includePrivateParameters: false);
        JsonObject body = JsonSerializerOf(new
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
        });
        foreach ((string name, JsonNode? value) in more is null ? [] : JsonSerializerOf(more))
        {
            body[name] = value?.DeepClone();
        }
        return body;
    }

    public string Sign(string challenge, ECDsa? key = null) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        TokenType = "assize-enrolment+jwt",
        Audience = server.Url.AbsoluteUri,
        Claims = new Dictionary<string, object> { ["challenge"] = challenge },
        SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key ?? _agencysKey), SecurityAlgorithms.EcdsaSha256),
    });

    /// <summary>Drafts and checks.</summary>
    public async Task<(string Path, JsonNode Draft)> CheckedAsync(string upstream, string issuer, object? more = null, string drafter = Alex)
    {
        (HttpStatusCode status, JsonNode draft) = await PostAsync(drafter, "/enrolments", Body(upstream, issuer, more));
        Assert.True(status == HttpStatusCode.Created, draft.ToJsonString());
        string path = $"/enrolments/{draft["id"]}";
        JsonNode looked = await DoAsync(Alex, path + "/checks");
        Assert.True("checked" == (string)looked["stage"]!, looked.ToJsonString());
        return (path, looked);
    }

    public async Task<string> LinkAsync(string path) => (string)(await DoAsync(Alex, path + "/test"))["link"]!;

    /// <summary>What is left after the trial: proof, proposal, the second administrator, use.</summary>
    public async Task PutToUseAsync(string path, JsonNode draft, object? proposal = null)
    {
        await ApproveAsync(path, draft, proposal);
        Assert.Equal("active", (string)(await DoAsync(Robin, path + "/activate"))["stage"]!);
    }

    public async Task ApproveAsync(string path, JsonNode draft, object? proposal = null)
    {
        await DoAsync(Alex, path + "/proof", new { proof = Sign((string)draft["challenge"]!) });
        await DoAsync(Alex, path + "/propose", proposal);
        await DoAsync(Robin, path + "/approve");
    }

    public async Task<JsonNode> ReadAsync(string path)
    {
        using HttpResponseMessage answer = await server.GetAsync(Root + path, await TokenAsync(Alex));
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    public async Task<JsonNode> DoAsync(string who, string path, object? body = null)
    {
        (HttpStatusCode status, JsonNode answer) = await PostAsync(who, path, body);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {(int)status} {answer.ToJsonString()}");
        return answer;
    }

    public async Task RefusesAsync(string who, string path, HttpStatusCode expected, string code, object? body = null)
    {
        (HttpStatusCode status, JsonNode answer) = await PostAsync(who, path, body);
        Assert.True(status == expected && (string?)answer["code"] == code, $"{path}: {(int)status} {answer.ToJsonString()}");
    }

    public async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(string? who, string path, object? body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, Root + path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = who is null ? null : new AuthenticationHeaderValue("Bearer", await TokenAsync(who));
        using HttpResponseMessage answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)! : new JsonObject());
    }

    public void Dispose() => _agencysKey.Dispose();

    private static JsonObject JsonSerializerOf(object value) => System.Text.Json.JsonSerializer.SerializeToNode(value, System.Text.Json.JsonSerializerOptions.Web)!.AsObject();

    public async Task<string> TokenAsync(string subject)
    {
        if (_tokens.TryGetValue(subject, out string? known))
        {
            return known;
        }
        using Browser browser = new(server);
        (HttpStatusCode status, JsonObject body) = await server.PostAsHostAsync("/connect/token", ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"),
            ("audience", "assize-identity-admin"), ("subject_token", await browser.TokenAsync(subject)), ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"));
        Assert.True(status == HttpStatusCode.OK, body.ToJsonString());
        return _tokens[subject] = (string)body["access_token"]!;
    }
}
