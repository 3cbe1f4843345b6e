using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Assize.Audit;
using Assize.Identity.Directory;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Assize.Identity.Tests.Sessions;

/// <summary>Security events that an agency's provider pushes: they end sessions, suspend and retire accounts, and never give anything.</summary>
public sealed class SecurityEventTests(ProviderServer provider) : IClassFixture<ProviderServer>
{
    private const string Caep = "https://schemas.openid.net/secevent/caep/event-type/";
    private const string Risc = "https://schemas.openid.net/secevent/risc/event-type/";
    private const string Revoked = Caep + "session-revoked";

    // A person of its own for each test.
    private readonly string _name = "kent-" + Guid.NewGuid().ToString("n");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Revoked, null, AccountStatus.Active, false)]
    [InlineData(Risc + "credential-compromise", null, AccountStatus.Active, false)]
    [InlineData(Caep + "credential-change", """{"change_type":"revoke"}""", AccountStatus.Active, false)]
    [InlineData(Caep + "credential-change", """{"change_type":"create"}""", AccountStatus.Active, true)]
    [InlineData(Caep + "assurance-level-change", """{"change_direction":"decrease"}""", AccountStatus.Active, false)]
    [InlineData(Caep + "assurance-level-change", """{"change_direction":"increase"}""", AccountStatus.Active, true)]
    [InlineData(Risc + "account-disabled", null, AccountStatus.Suspended, false)]
    [InlineData(Risc + "account-purged", null, AccountStatus.Left, false)]
    [InlineData(Risc + "account-enabled", null, AccountStatus.Active, true)]
    [InlineData("https://schemas.openid.net/secevent/ssf/event-type/verification", null, AccountStatus.Active, true)]
    public async Task Event_OfOnesProvider_TakesWhatItSays(string name, string? said, string status, bool isLive)
    {
        string sam = await provider.PersonAsync(_name);
        string sid = await provider.StartSessionAsync(sam, _name, "upstream-1");

        HttpStatusCode answer = (await SendAsync(Token(name, said: said))).Status;

        Assert.Equal(HttpStatusCode.Accepted, answer);
        Assert.Equal(isLive, await provider.IsLiveAsync(sid));
        Assert.Equal(status, await provider.ReadAsync(db => db.Accounts.Where(account => account.Subject == sam).Select(account => account.Status).SingleAsync(Stop)));
        bool told = await provider.ReadAsync(db => db.Set<AuditEntry>().AnyAsync(entry => entry.Action == "person.status" && entry.SubjectId == sam && entry.Detail!.Contains(name), Stop));
        Assert.Equal(status != AccountStatus.Active, told);
    }

    [Fact]
    public async Task Event_ThatNamesASession_EndsThatOne()
    {
        string sam = await provider.PersonAsync(_name);
        string first = await provider.StartSessionAsync(sam, _name, "upstream-1"), second = await provider.StartSessionAsync(sam, _name, "upstream-2"), elsewhere = await provider.StartSessionAsync(sam, _name, "upstream-1", "other");

        await SendAsync(Token(Revoked, about: Complex("upstream-1")));

        Assert.Equal((false, true, true), (await provider.IsLiveAsync(first), await provider.IsLiveAsync(second), await provider.IsLiveAsync(elsewhere)));
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { "another issuer", "authentication_failed" }, { "another audience", "authentication_failed" }, { "another key", "authentication_failed" },
        { "no signature", "authentication_failed" }, { "old", "authentication_failed" }, { "from the future", "authentication_failed" },
        { "no id", "authentication_failed" }, { "a logout token", "authentication_failed" }, { "no event", "invalid_request" }, { "two events", "invalid_request" },
        { "nobody", "invalid_request" }, { "somebody of another issuer", "invalid_request" }, { "by e-mail", "invalid_request" }, { "by more than is known", "invalid_request" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Event_ThatIsNotRight_ChangesNothing(string what, string code)
    {
        string sam = await provider.PersonAsync(_name);
        string sid = await provider.StartSessionAsync(sam, _name, "upstream-1");

        (HttpStatusCode status, JsonNode? answer) = await SendAsync(Token(Revoked, what));

        Assert.Equal((HttpStatusCode.BadRequest, code), (status, (string?)answer!["err"]));
        Assert.EndsWith("Nothing was changed.", (string)answer["description"]!, StringComparison.Ordinal);
        Assert.True(await provider.IsLiveAsync(sid));
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(Token(Revoked))).Status);
        Assert.False(await provider.IsLiveAsync(sid));
    }

    [Fact]
    public async Task Event_SentAgain_IsAnsweredAlike_AndDoesNothingMore()
    {
        string sam = await provider.PersonAsync(_name);
        string token = Token(Revoked);

        HttpStatusCode first = (await SendAsync(token)).Status;
        string later = await provider.StartSessionAsync(sam, _name, "upstream-2");
        HttpStatusCode again = (await SendAsync(token)).Status;

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first, again));
        Assert.True(await provider.IsLiveAsync(later));
    }

    [Fact]
    public async Task Event_OfAProviderThatIsOnlyTried_OrUnknown_IsNotFound()
    {
        string sam = await provider.PersonAsync(_name);
        string sid = await provider.StartSessionAsync(sam, _name, "upstream-1");

        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(Token(Revoked), "tried")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(Token(Revoked), "nowhere")).Status);
        Assert.True(await provider.IsLiveAsync(sid));
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("application/secevent+jwt", "")]
    [InlineData("application/secevent+jwt", "long")]
    public async Task Event_ThatIsNoToken_IsToldSo(string type, string body)
    {

        (HttpStatusCode status, JsonNode? answer) = await SendAsync(body == "long" ? new string('x', 9000) : body, type: type);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (status, (string?)answer!["err"]));
    }

    private async Task<(HttpStatusCode Status, JsonNode? Answer)> SendAsync(string token, string upstream = "kent", string type = "application/secevent+jwt")
    {
        using HttpClient http = new() { BaseAddress = provider.Server.Url };
        using StringContent content = new(token);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using HttpResponseMessage answer = await http.PostAsync(new Uri($"/signin/agency/{upstream}/events", UriKind.Relative), content, Stop);
        string body = await answer.Content.ReadAsStringAsync(Stop);
        return (answer.StatusCode, answer.StatusCode == HttpStatusCode.BadRequest ? JsonNode.Parse(body) : null);
    }

    private JsonObject Person(string issuer = ProviderServer.Issuer) => new() { ["format"] = "iss_sub", ["iss"] = issuer, ["sub"] = _name };

    private JsonObject Complex(string session) => new() { ["format"] = "complex", ["user"] = Person(), ["session"] = new JsonObject { ["format"] = "opaque", ["id"] = session } };

    private string Token(string name, string what = "right", string? said = null, JsonObject? about = null)
    {
        DateTimeOffset issued = DateTimeOffset.UtcNow + (what switch { "old" => TimeSpan.FromMinutes(-61), "from the future" => TimeSpan.FromMinutes(61), _ => TimeSpan.Zero });
        JsonObject events = new() { [name] = said is null ? new JsonObject() : JsonNode.Parse(said) };
        if (what == "two events")
        {
            events[Risc + "account-disabled"] = new JsonObject();
        }
        JsonObject claims = new()
        {
            ["iss"] = what == "another issuer" ? "https://elsewhere.example/" : ProviderServer.Issuer,
            ["aud"] = what == "another audience" ? "somebody-else" : ProviderServer.ClientId,
            ["jti"] = Guid.NewGuid().ToString("n"),
            ["iat"] = issued.ToUnixTimeSeconds(),
            ["events"] = events,
            ["sub_id"] = what switch
            {
                "somebody of another issuer" => Person("https://elsewhere.example/"),
                "by e-mail" => new JsonObject { ["format"] = "email", ["email"] = "sam.carter@example.test" },
                "by more than is known" => new JsonObject { ["format"] = "complex", ["user"] = Person(), ["device"] = new JsonObject { ["format"] = "opaque", ["id"] = "d" } },
                _ => about ?? Person(),
            },
        };
        Array.ForEach(what switch { "no id" => ["jti"], "no event" => ["events"], "nobody" => ["sub_id"], _ => Array.Empty<string>() }, member => claims.Remove(member));
        JsonWebTokenHandler writer = new() { SetDefaultTimesOnTokenCreation = false };
        Dictionary<string, object> header = new() { ["typ"] = what == "a logout token" ? "logout+jwt" : "secevent+jwt" };
        return what == "no signature" ? writer.CreateToken(claims.ToJsonString(), header) : writer.CreateToken(claims.ToJsonString(), what == "another key" ? provider.Keys.Another : provider.Keys.Own, header);
    }
}
