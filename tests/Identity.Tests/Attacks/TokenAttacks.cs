using System.Net;
using System.Text.Json.Nodes;

namespace Assize.Identity.Tests.Attacks;

/// <summary>What can be tried with codes, refresh tokens, tokens of other clients and of people who have left.</summary>
internal static class TokenAttacks
{
    private const string Sam = "sam.carter@merseyside-police";
    private static readonly string s_wrong = new('w', 64);

    public static IEnumerable<Attack> All =>
    [
        new("a code with a wrong verifier", Defences.NoRequestChecks, async server => await RedeemsAsync(server, verifier: s_wrong)),
        new("a code without a verifier", Defences.NoRequestChecks, async server => await RedeemsAsync(server, verifier: "")),
        new("a code with another redirect address", Defences.NoRequestChecks, async server => await RedeemsAsync(server, redirect: "http://127.0.0.1:9/other")),
        new("a code at another client", Defences.NoRequestChecks, CodeOfAnotherClientAsync),
        new("a code after three wrong verifiers", Defences.NoReplayChecks, GuessingAsync),
        new("a code twice", Defences.NoReplayChecks, async server =>
        {
            using Browser browser = new(server);
            string code = await browser.CodeAsync(Sam);
            await browser.RedeemAsync(code);
            return (await browser.RedeemAsync(code)).Status == HttpStatusCode.OK;
        }),
        new("the tokens of a code that came back", Defences.NoReplayChecks, async server =>
        {
            using Browser browser = new(server);
            string code = await browser.CodeAsync(Sam);
            (_, JsonObject first) = await browser.RedeemAsync(code);
            await browser.RedeemAsync(code);
            return await IsActiveAsync(server, first);
        }),
        new("a refresh token twice", Defences.NoReplayChecks, async server =>
        {
            using Browser browser = new(server);
            string refresh = (string)(await browser.TokensAsync(Sam, "openid api offline_access"))["refresh_token"]!;
            await browser.RefreshAsync(refresh);
            return (await browser.RefreshAsync(refresh)).Status == HttpStatusCode.OK;
        }),
        new("the newest refresh token after an old one came back", Defences.NoReplayChecks, async server =>
        {
            using Browser browser = new(server);
            string refresh = (string)(await browser.TokensAsync(Sam, "openid api offline_access"))["refresh_token"]!;
            (_, JsonObject next) = await browser.RefreshAsync(refresh);
            await browser.RefreshAsync(refresh);
            return (await browser.RefreshAsync((string)next["refresh_token"]!)).Status == HttpStatusCode.OK;
        }),
        new("a refresh token by ten at once", Defences.NoReplayChecks, async server =>
        {
            using Browser browser = new(server);
            string refresh = (string)(await browser.TokensAsync(Sam, "openid api offline_access"))["refresh_token"]!;
            (HttpStatusCode Status, JsonObject)[] answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => browser.RefreshAsync(refresh)));
            return answers.Count(answer => answer.Status == HttpStatusCode.OK) > 1;
        }),
        new("a token of a session that ended", Defences.NoReplayChecks, async server =>
        {
            const string owen = "owen.fazakerley@harbour-defence";
            using Browser browser = new(server);
            JsonObject tokens = await browser.TokensAsync(owen);
            await server.EndSessionsAsync(owen);
            return await IsActiveAsync(server, tokens);
        }),
        new("a revoked token", Defences.NoReplayChecks, async server =>
        {
            using Browser browser = new(server);
            JsonObject tokens = await browser.TokensAsync(Sam);
            await server.PostAsync("/connect/revoke", ("token", (string)tokens["access_token"]!), ("client_id", Browser.Client));
            return await IsActiveAsync(server, tokens);
        }),
        new("a system's secret that is wrong", Defences.NoRequestChecks, async server =>
            (await server.PostAsync("/connect/token", ("grant_type", "client_credentials"), ("scope", "api"), ("client_id", server.ClientFile("demo-client.json").Id), ("client_secret", "guess"))).Status == HttpStatusCode.OK),
        new("a system's token without a secret", Defences.NoRequestChecks, async server =>
            (await server.PostAsync("/connect/token", ("grant_type", "client_credentials"), ("scope", "api"), ("client_id", server.ClientFile("demo-client.json").Id), ("client_secret", " "))).Status == HttpStatusCode.OK),
        new("a system that asks for the directory", Defences.NoRequestChecks, async server =>
        {
            (string id, string secret) = server.ClientFile("demo-client.json");
            return (await server.PostAsync("/connect/token", ("grant_type", "client_credentials"), ("scope", "directory"), ("client_id", id), ("client_secret", secret))).Status == HttpStatusCode.OK;
        }),
        new("another client's token introspected", Defences.NoRequestChecks, async server =>
        {
            string token = await server.ClientTokenAsync("demo-client.json", "api");
            (string id, string secret) = server.ClientFile("demo-client-cps.json");
            (_, JsonObject said) = await server.PostAsync("/connect/introspect", ("token", token), ("client_id", id), ("client_secret", secret));
            return (bool?)said["active"] == true;
        }),
    ];

    private static async Task<bool> RedeemsAsync(RunningServer server, string? verifier = null, string redirect = Browser.Redirect)
    {
        using Browser browser = new(server);
        return (await browser.RedeemAsync(await browser.CodeAsync(Sam), verifier, redirect)).Status == HttpStatusCode.OK;
    }

    private static async Task<bool> GuessingAsync(RunningServer server)
    {
        using Browser browser = new(server);
        string code = await browser.CodeAsync(Sam);
        for (int guess = 0; guess < 3; guess++)
        {
            await browser.RedeemAsync(code, s_wrong);
        }
        return (await browser.RedeemAsync(code)).Status == HttpStatusCode.OK;
    }

    private static async Task<bool> CodeOfAnotherClientAsync(RunningServer server)
    {
        using Browser browser = new(server);
        (HttpStatusCode status, _) = await server.PostAsHostAsync("/connect/token", ("grant_type", "authorization_code"),
            ("code", await browser.CodeAsync(Sam)), ("redirect_uri", Browser.Redirect), ("code_verifier", Browser.Verifier));
        return status == HttpStatusCode.OK;
    }

    private static async Task<bool> IsActiveAsync(RunningServer server, JsonObject tokens) =>
        (bool?)(await server.IntrospectAsync((string)tokens["access_token"]!))["active"] == true;
}
