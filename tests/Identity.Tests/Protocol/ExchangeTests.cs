using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Assize.Identity.Tests.Protocol;

/// <summary>Host acts for a signed-in person at the administration's audience, and nobody else does anywhere.</summary>
public sealed class ExchangeTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Sam = "sam.carter@merseyside-police";
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task Exchange_OfAPersonsToken_GivesAShortOneForTheAdministration_ThatNamesTheActor()
    {
        using Browser browser = new(_server);

        (HttpStatusCode status, JsonObject body) = await ExchangeAsync(await browser.TokenAsync(Sam));

        Assert.True(status == HttpStatusCode.OK, body.ToJsonString());
        Assert.InRange((int)body["expires_in"]!, 1, 300);
        Assert.False(body.ContainsKey("refresh_token"));
        using HttpResponseMessage sessions = await _server.GetAsync("/api/admin/sessions", (string)body["access_token"]!);
        Assert.Equal(HttpStatusCode.Forbidden, sessions.StatusCode);
        Assert.Contains("not_admin", await sessions.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchange_OfWhatWasExchanged_IsRefused()
    {
        using Browser browser = new(_server);
        (_, JsonObject first) = await ExchangeAsync(await browser.TokenAsync(Sam));

        (HttpStatusCode status, JsonObject body) = await ExchangeAsync((string)first["access_token"]!);

        // By its own reason: such a token is also meant for another audience, which is refused as well.
        Assert.Equal((HttpStatusCode.BadRequest, "A token that was exchanged cannot be exchanged again."), (status, (string)body["error_description"]!));
    }

    [Theory]
    [InlineData("assize-host", null)]
    [InlineData("assize-identity", null)]
    [InlineData("assize-identity-admin", "api")]
    [InlineData("assize-identity-admin", "openid offline_access")]
    [InlineData(null, null)]
    public async Task Exchange_ForAnythingElse_IsRefused(string? audience, string? scope)
    {
        using Browser browser = new(_server);

        (HttpStatusCode status, JsonObject body) = await ExchangeAsync(await browser.TokenAsync(Sam), audience, scope);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.False(body.ContainsKey("access_token"));
    }

    [Fact]
    public async Task Exchange_ByAnotherClient_IsRefused()
    {
        using Browser browser = new(_server);
        (string id, string secret) = _server.ClientFile("demo-client.json");

        (HttpStatusCode status, _) = await _server.PostAsync("/connect/token", [.. Form(await browser.TokenAsync(Sam), "assize-identity-admin", null), ("client_id", id), ("client_secret", secret)]);

        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task Exchange_AfterTheSessionEnded_IsRefused_AndWhatWasExchangedIsDead()
    {
        using Browser browser = new(_server);
        string token = await browser.TokenAsync("jo.halewood@merseyside-police");
        (_, JsonObject exchanged) = await ExchangeAsync(token);
        await _server.EndSessionsAsync("jo.halewood@merseyside-police");

        (HttpStatusCode status, _) = await ExchangeAsync(token);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        using HttpResponseMessage sessions = await _server.GetAsync("/api/admin/sessions", (string)exchanged["access_token"]!);
        Assert.Contains(sessions.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
        Assert.DoesNotContain("not_admin", await sessions.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Administration_WithAnOrdinaryToken_IsClosed()
    {
        using Browser browser = new(_server);

        using HttpResponseMessage person = await _server.GetAsync("/api/admin/sessions", await browser.TokenAsync(Sam));
        using HttpResponseMessage host = await _server.GetAsync("/api/admin/sessions", await _server.HostTokenAsync());
        using HttpResponseMessage nobody = await _server.GetAsync("/api/admin/sessions");

        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.Contains(person.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
        Assert.Contains(host.StatusCode, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden });
    }

    private Task<(HttpStatusCode Status, JsonObject Body)> ExchangeAsync(string token, string? audience = "assize-identity-admin", string? scope = null) =>
        _server.PostAsHostAsync("/connect/token", Form(token, audience, scope));

    private static (string, string)[] Form(string token, string? audience, string? scope)
    {
        List<(string, string)> form =
        [
            ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), ("subject_token", token),
            ("subject_token_type", "urn:ietf:params:oauth:token-type:access_token"),
        ];
        if (audience is not null)
        {
            form.Add(("audience", audience));
        }
        if (scope is not null)
        {
            form.Add(("scope", scope));
        }
        return [.. form];
    }
}
