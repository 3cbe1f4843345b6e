using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Assize.Host.Tests.Designer;

/// <summary>Listens at the hub of instances as Studio's viewer does.</summary>
internal sealed class HubTalk : IDisposable
{
    private const char End = '\u001e';

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[256 * 1024];
    private string _rest = "";

    /// <exception cref="WebSocketException">The host did not take the connection.</exception>
    public static async Task<HubTalk> OpenAsync(Uri host, string? subject, string? origin = null, System.Net.CookieContainer? cookies = null)
    {
        var talk = new HubTalk();
        talk._socket.Options.SetRequestHeader("Origin", origin ?? host.GetLeftPart(UriPartial.Authority));
        talk._socket.Options.Cookies = cookies;
        if (subject is not null)
        {
            talk._socket.Options.SetRequestHeader(HeaderSignIn.Header, subject);
        }

        await talk._socket.ConnectAsync(new UriBuilder(new Uri(host, "/elsa/hubs/workflow-instance")) { Scheme = "ws" }.Uri, TestContext.Current.CancellationToken);
        await talk.SendAsync(new JsonObject { ["protocol"] = "json", ["version"] = 1 });
        await talk.NextAsync();
        return talk;
    }

    public Task ObserveAsync(string instanceId) =>
        SendAsync(new JsonObject { ["type"] = 1, ["target"] = "ObserveInstanceAsync", ["arguments"] = new JsonArray(instanceId) });

    /// <summary>The next call of that name; everything before it is passed over.</summary>
    public async Task<JsonNode> CalledAsync(string target)
    {
        while (true)
        {
            if (await NextAsync() is { } message && message["target"]?.GetValue<string>() == target)
            {
                return message["arguments"]![0]!;
            }
        }
    }

    /// <summary>Returns once the steps are told of as expected: a viewer is told again, so the next telling may be of what it knows.</summary>
    public async Task UntilToldAsync(Func<JsonArray, bool> isExpected)
    {
        while (!isExpected((await CalledAsync("ActivityExecutionLogUpdatedAsync"))["stats"]!.AsArray()))
        {
        }
    }

    /// <summary>Whether anything is called until the host answers a call that comes after.</summary>
    public async Task<bool> IsSilentAsync()
    {
        await SendAsync(new JsonObject { ["type"] = 1, ["invocationId"] = "last", ["target"] = "ObserveInstanceAsync", ["arguments"] = new JsonArray("none") });
        while (await NextAsync() is { } message)
        {
            if (message["invocationId"]?.GetValue<string>() == "last")
            {
                return true;
            }

            if (message["type"]?.GetValue<int>() == 1)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True once the host has ended the connection.</summary>
    public async Task<bool> IsEndedAsync()
    {
        try
        {
            while (await NextAsync() is not { } message || message["type"]?.GetValue<int>() != 7)
            {
            }

            return true;
        }
        catch (WebSocketException)
        {
            return true;
        }
    }

    public void Dispose() => _socket.Dispose();

    private Task SendAsync(JsonObject message) => _socket.SendAsync(
        Encoding.UTF8.GetBytes(message.ToJsonString() + End), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    private async Task<JsonNode?> NextAsync()
    {
        while (!_rest.Contains(End, StringComparison.Ordinal))
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(), TestContext.Current.CancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw new WebSocketException("The host closed the connection.");
            }

            _rest += Encoding.UTF8.GetString(_buffer, 0, part.Count);
        }

        var (message, rest) = (_rest[.._rest.IndexOf(End, StringComparison.Ordinal)], _rest[(_rest.IndexOf(End, StringComparison.Ordinal) + 1)..]);
        _rest = rest;
        return JsonNode.Parse(message);
    }
}
