using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Identity.Directory;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Identity.Tests;

public sealed class SystemTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task ClientCredentials_OfAForcesSystem_SayAgencyAndRole()
    {
        JsonObject said = await _server.IntrospectAsync(await _server.ClientTokenAsync("demo-client.json", "api"));

        Assert.Equal("merseyside-police-case-system", (string)said["sub"]!);
        Assert.Equal("merseyside-police-case-system", (string)said["client_id"]!);
        Assert.Equal("merseyside-police", (string)said["agency"]!);
        Assert.Contains("case-system", said["roles"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong secret", "api")]
    [InlineData(null, "directory")]
    public async Task ClientCredentials_ThatAreNotTheClients_AreRefused(string? secret, string scope)
    {
        (string id, string right) = _server.ClientFile("demo-client.json");

        (HttpStatusCode status, JsonObject body) = await _server.PostAsync("/connect/token",
            ("grant_type", "client_credentials"), ("scope", scope), ("client_id", id), ("client_secret", secret ?? right));

        Assert.NotEqual(HttpStatusCode.OK, status);
        Assert.False(body.ContainsKey("access_token"));
    }

    [Fact]
    public async Task Introspect_AfterRevocation_IsInactive()
    {
        string token = await _server.ClientTokenAsync("demo-client-cps.json", "api");
        (string id, string secret) = _server.ClientFile("demo-client-cps.json");

        await _server.PostAsync("/connect/revoke", ("token", token), ("client_id", id), ("client_secret", secret));

        Assert.False((bool)(await _server.IntrospectAsync(token))["active"]!);
    }

    [Fact]
    public async Task Introspect_ByAnotherClient_IsRefused()
    {
        string token = await _server.ClientTokenAsync("demo-client.json", "api");
        (string id, string secret) = _server.ClientFile("demo-client-cps.json");

        (HttpStatusCode status, JsonObject body) = await _server.PostAsync("/connect/introspect", ("token", token), ("client_id", id), ("client_secret", secret));

        Assert.NotEqual(HttpStatusCode.OK, status);
        Assert.False(body.ContainsKey("sub"));
    }

    [Fact]
    public async Task Directory_ForAnybodyButHost_IsClosed()
    {
        using HttpResponseMessage nobody = await _server.GetAsync("/api/directory");
        using HttpResponseMessage system = await _server.GetAsync("/api/directory", await _server.ClientTokenAsync("demo-client.json", "api"));

        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.NotEqual(HttpStatusCode.OK, system.StatusCode);
    }

    [Fact]
    public async Task Directory_AfterAVersion_TellsWhatChangedSince()
    {
        string token = await _server.HostTokenAsync();
        JsonObject all = await ReadAsync(token, 0);
        await WithDirectoryAsync(directory => directory.ReplaceRolesAsync("jo.halewood@merseyside-police", ["officer-in-case"], TestContext.Current.CancellationToken));

        JsonObject since = await ReadAsync(token, (long)all["version"]!);

        Assert.Equal(5, all["agencies"]!.AsArray().Count);
        JsonNode jo = Assert.Single(since["people"]!.AsArray())!;
        Assert.Equal("jo.halewood@merseyside-police", (string)jo["subject"]!);
        Assert.Equal(["case-builder", "officer-in-case"], jo["roles"]!.AsArray().Select(role => (string)role!["role"]!));
        Assert.NotNull(jo["roles"]![0]!["to"]);
        Assert.Null(jo["roles"]![1]!["to"]);
    }

    [Fact]
    public async Task Suspension_KillsTokensAtOnce()
    {
        const string peter = "peter.lunt@liverpool-magistrates";
        using Browser browser = new(_server);
        string token = await browser.TokenAsync(peter);

        await WithDirectoryAsync(directory => directory.SetStatusAsync(peter, AccountStatus.Suspended, TestContext.Current.CancellationToken));

        Assert.False((bool)(await _server.IntrospectAsync(token))["active"]!);
        using HttpResponseMessage again = await browser.GetAsync(Browser.AuthorizeUrl(("prompt", "none")));
        Assert.Contains("error=login_required", again.Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_WithABodyTooLarge_Is413()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/connect/token") { Content = new StringContent("grant_type=" + new string('x', 100_000), Encoding.ASCII, "application/x-www-form-urlencoded") };
        request.Headers.ExpectContinue = true;

        using HttpResponseMessage answer = await _server.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Token_WithTooManyFields_Is400()
    {
        using StringContent body = new(string.Join('&', Enumerable.Range(0, 5000).Select(i => $"f{i}=1")), Encoding.ASCII, "application/x-www-form-urlencoded");

        using HttpResponseMessage answer = await _server.Http.PostAsync("/connect/token", body, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Token_AskedForTooOften_Is429()
    {
        await using RunningServer slow = await RunningServer.StartAsync(change: settings => settings with { RequestsPerTenSeconds = 10 });
        HttpStatusCode[] statuses = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ => (await slow.PostAsync("/connect/token", ("grant_type", "none"))).Status));

        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Assert.Contains(HttpStatusCode.BadRequest, statuses);
    }

    private async Task<JsonObject> ReadAsync(string token, long after)
    {
        using HttpResponseMessage answer = await _server.GetAsync($"/api/directory?after={after}", token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonSerializer.Deserialize<JsonObject>(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task WithDirectoryAsync(Func<DirectoryWriter, Task> change)
    {
        await using AsyncServiceScope scope = _server.Services.CreateAsyncScope();
        await change(scope.ServiceProvider.GetRequiredService<DirectoryWriter>());
    }
}
