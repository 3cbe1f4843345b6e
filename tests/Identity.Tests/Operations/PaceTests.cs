using System.Net;
using System.Text.Json.Nodes;
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
