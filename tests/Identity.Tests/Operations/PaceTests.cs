using System.Net;
using System.Text.Json.Nodes;
using Assize.Identity.Tests.Administration;
using Assize.TestKit.Databases;
using Xunit;

namespace Assize.Identity.Tests.Operations;

/// <summary>Pace by client and by person; by address it is tried among the attacks.</summary>
public sealed class PaceTests
{
    private const string Sam = "sam.carter@merseyside-police";
    private const string Helen = "helen.marsh@cps-mersey-cheshire";

    [Fact]
    public async Task Tokens_OfOneClient_AreHeldBack_AndOfAnotherNot()
    {
        await using RunningServer server = await RunningServer.StartAsync(change: settings => settings with { RequestsPerClient = 5 });

        HttpStatusCode[] statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => (await AskAsync(server, "demo-client.json")).Status));
        (HttpStatusCode other, JsonObject said) = await AskAsync(server, "demo-client-cps.json");

        Assert.Contains(HttpStatusCode.OK, statuses);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Assert.True(other == HttpStatusCode.OK, said.ToJsonString());
    }

    [Fact]
    public async Task Guesses_OfAClientsSecret_SpendNothingOfThatClients()
    {
        await using RunningServer server = await RunningServer.StartAsync(change: settings => settings with { RequestsPerClient = 5 });
        string client = server.ClientFile("demo-client.json").Id;

        for (int guess = 0; guess < 20; guess++)
        {
            await server.PostAsync("/connect/token", ("grant_type", "client_credentials"), ("scope", "api"), ("client_id", client), ("client_secret", "guess"));
        }

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(server, "demo-client.json")).Status);
    }

    [Fact]
    public async Task PushedRequests_AndQuestionsAboutTokens_OfOneClient_AreHeldBack_EachForItself()
    {
        await using RunningServer server = await RunningServer.StartAsync(change: settings => settings with { RequestsPerClient = 5, IntrospectionsPerClient = 5 });

        (HttpStatusCode Status, JsonObject Body)[] pushed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.PostAsHostAsync("/connect/par",
            ("response_type", "code"), ("redirect_uri", new Uri(server.Settings.HostUrl, "/signin/callback").AbsoluteUri), ("scope", "openid"),
            ("code_challenge", new string('x', 43)), ("code_challenge_method", "S256"))));
        HttpStatusCode[] asked = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => (await server.PostAsHostAsync("/connect/introspect", ("token", "none"))).Status));

        Assert.Contains(pushed, answer => answer.Status == HttpStatusCode.Created);
        Assert.Contains(pushed, answer => answer.Status == HttpStatusCode.TooManyRequests && (string?)answer.Body["error"] == "temporarily_unavailable");
        Assert.Contains(HttpStatusCode.OK, asked);
        Assert.Contains(HttpStatusCode.TooManyRequests, asked);
    }

    [Fact]
    public async Task Administration_OfOneAgency_IsHeldBack_AndOfAnotherNot_NorItsProvisioning()
    {
        await using AdminServer admin = await AdminServer.StartAsync(DatabaseKind.Sqlite, settings => settings with { RequestsPerAgency = 10 });
        string token = (string)(await admin.DoAsync(AdminServer.Carol, "POST", "/provisioning/tokens", new { label = "Directory", days = 10, reason = AdminServer.Reason }))["token"]!;
        string[] both = [AdminServer.Carol, AdminServer.Imran];
        foreach (string who in both)
        {
            await admin.TokenAsync(who);
        }

        HttpStatusCode[] own = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i => (await admin.SendAsync(both[i % 2], "GET", "/teams")).Status));
        HttpStatusCode other = (await admin.SendAsync(AdminServer.Bridget, "GET", "/teams")).Status;
        HttpStatusCode[] provisioned = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ => (await admin.CallAsync(token, "GET", "/scim/v2/Users", null)).Status));

        Assert.Contains(HttpStatusCode.TooManyRequests, own);
        Assert.Equal(HttpStatusCode.OK, other);
        Assert.Contains(HttpStatusCode.OK, provisioned);
        Assert.Contains(HttpStatusCode.TooManyRequests, provisioned);
    }

    [Fact]
    public async Task SignIns_OfOnePerson_AreHeldBack_AndOfAnotherNot()
    {
        await using RunningServer server = await RunningServer.StartAsync(change: settings => settings with { RequestsPerSubject = 5 });

        List<HttpStatusCode> statuses = [];
        for (int time = 0; time < 12; time++)
        {
            statuses.Add(await ChooseAsync(server, Sam));
        }

        Assert.Equal(HttpStatusCode.SeeOther, statuses[0]);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Assert.Equal(HttpStatusCode.SeeOther, await ChooseAsync(server, Helen));
    }

    private static Task<(HttpStatusCode Status, JsonObject Body)> AskAsync(RunningServer server, string file)
    {
        (string id, string secret) = server.ClientFile(file);
        return server.PostAsync("/connect/token", ("grant_type", "client_credentials"), ("scope", "api"), ("client_id", id), ("client_secret", secret));
    }

    private static async Task<HttpStatusCode> ChooseAsync(RunningServer server, string subject)
    {
        using Browser browser = new(server);
        using HttpResponseMessage answer = await browser.ChooseAsync("/signin", subject);
        return answer.StatusCode;
    }
}
