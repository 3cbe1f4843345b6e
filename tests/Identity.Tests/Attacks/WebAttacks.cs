using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Assize.Identity.Tests.Attacks;

/// <summary>What another site, a clumsy script or a flood can try with the pages and endpoints.</summary>
internal static class WebAttacks
{
    private const string Sam = "sam.carter@merseyside-police";

    public static IEnumerable<Attack> All =>
    [
        new("signing somebody in from another site", Defences.NoRequestChecks, async server =>
            (await server.PostAsync("/signin", ("subject", Sam), ("returnUrl", "/sessions"))).Status == HttpStatusCode.SeeOther),
        new("ending a session from another site", Defences.NoRequestChecks, async server =>
        {
            using Browser browser = new(server);
            JsonObject tokens = await browser.TokensAsync(Sam);
            string sid = (string)(await server.IntrospectAsync((string)tokens["access_token"]!))["sid"]!;
            await browser.PostEmptyAsync($"/sessions/{sid}/end");
            return (bool?)(await server.IntrospectAsync((string)tokens["access_token"]!))["active"] != true;
        }),
        new("signing somebody out from another site", Defences.NoRequestChecks, async server =>
        {
            using Browser browser = new(server);
            JsonObject tokens = await browser.TokensAsync(Sam);
            await browser.PostEmptyAsync("/connect/logout");
            return (bool?)(await server.IntrospectAsync((string)tokens["access_token"]!))["active"] != true;
        }),
        new("a form of 100 kB", Defences.NoLimits, async server => !await IsRefusedAsync(server, "grant_type=" + new string('x', 100_000), HttpStatusCode.RequestEntityTooLarge)),
        new("a form of 1 MB", Defences.NoLimits, async server => !await IsRefusedAsync(server, "grant_type=none&more=" + new string('x', 1_000_000), HttpStatusCode.RequestEntityTooLarge)),
        new("a form of 5,000 fields", Defences.NoLimits, async server => !await IsRefusedAsync(server, string.Join('&', Enumerable.Range(0, 5000).Select(i => $"f{i}=1")), HttpStatusCode.BadRequest, "64 fields")),
        new("a body that trickles in", Defences.NoLimits, async server => !await IsCutOffAsync(server)),
        new("a flood of token requests", Defences.NoLimits, server => FloodAsync(server, null)),
        new("a flood of token requests with invented addresses", Defences.NoLimits, server => FloodAsync(server, "X-Forwarded-For")),
        new("a flood of sign-outs that look like a client's", Defences.NoLimits, server => FloodAsync(server, null, "/connect/logout", "client_secret=none")),
    ];

    private static async Task<bool> IsRefusedAsync(RunningServer server, string form, HttpStatusCode expected, string word = "")
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/connect/token") { Content = new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded") };
        // Who writes on after a refusal may find the connection closed before the answer is read.
        request.Headers.ExpectContinue = true;
        using HttpResponseMessage answer = await server.Http.SendAsync(request);
        return answer.StatusCode == expected && (await answer.Content.ReadAsStringAsync()).Contains(word, StringComparison.Ordinal);
    }

    // One byte a second: whoever is not cut off holds a connection for as long as they like.
    private static async Task<bool> IsCutOffAsync(RunningServer server)
    {
        using TcpClient client = new();
        await client.ConnectAsync(server.Address.Host, server.Address.Port);
        await using NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /connect/token HTTP/1.1\r\nHost: {server.Address.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n"));
        Task<int> answer = stream.ReadAsync(new byte[1]).AsTask();
        for (int second = 0; second < 20 && !answer.IsCompleted; second++)
        {
            try
            {
                await stream.WriteAsync("x"u8.ToArray());
            }
            catch (IOException)
            {
                return true;
            }
            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromSeconds(1)));
        }
        return answer.IsCompleted;
    }

    // Six hundred at once from one address, each refused or not; what counts is whether any was told to wait.
    private static async Task<bool> FloodAsync(RunningServer server, string? header, string path = "/connect/token", string form = "grant_type=none")
    {
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 600).Select(async i =>
        {
            using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded") };
            if (header is not null)
            {
                request.Headers.Add(header, $"203.0.113.{i % 250}");
            }
            return await server.Http.SendAsync(request);
        }));
        bool held = answers.Any(answer => answer.StatusCode == HttpStatusCode.TooManyRequests && answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        foreach (HttpResponseMessage answer in answers)
        {
            answer.Dispose();
        }
        return !held;
    }
}
