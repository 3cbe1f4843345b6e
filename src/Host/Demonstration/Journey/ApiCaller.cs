using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Host.Demonstration.Journey;

/// <summary>One caller of the API, with a token that is fetched when it is first needed and again when it has run out.</summary>
internal sealed class ApiCaller(HttpClient http, Func<Task<string>> signIn)
{
    private string? _token;

    public async Task<T> GetAsync<T>(string path)
    {
        var (status, body) = await SendAsync(HttpMethod.Get, path);
        return status == HttpStatusCode.OK ? Read<T>(body) : throw Unexpected(HttpMethod.Get, path, status, body);
    }

    public async Task<T> PutAsync<T>(string path, object content)
    {
        var (status, body) = await SendAsync(HttpMethod.Put, path, content);
        return status == HttpStatusCode.OK ? Read<T>(body) : throw Unexpected(HttpMethod.Put, path, status, body);
    }

    /// <summary>Whatever the answer is: a status, and a body that is a problem where the status is an error.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(HttpMethod method, string path, object? content = null, string? key = null)
    {
        for (var again = false; ; again = true)
        {
            _token ??= await signIn();
            using var request = new HttpRequestMessage(method, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
            request.Content = content is null ? null : JsonContent.Create(content, options: JsonSerializerOptions.Web);
            if (key is not null)
            {
                request.Headers.Add("Idempotency-Key", key);
            }

            using var response = await http.SendAsync(request);
            if (response.StatusCode == HttpStatusCode.Unauthorized && !again)
            {
                _token = null;
                continue;
            }

            var text = await response.Content.ReadAsStringAsync();
            return (response.StatusCode, IsJson(response) ? JsonNode.Parse(text) : null);
        }
    }

    public static DemonstrationFailed Unexpected(HttpMethod method, string path, HttpStatusCode status, JsonNode? body) =>
        new($"Expected {method} {path} to succeed, but it was answered {(int)status}: {body?.ToJsonString()}");

    private static T Read<T>(JsonNode? body) => body.Deserialize<T>(JsonSerializerOptions.Web)!;

    private static bool IsJson(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
}
