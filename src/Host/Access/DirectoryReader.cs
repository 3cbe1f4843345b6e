using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;

namespace Assize.Host.Access;

/// <summary>Reads the identity server's feed into the case database, as Host's own client.</summary>
public sealed class DirectoryReader(IHttpClientFactory clients, AccessSettings settings, HostClient client, CaseDatabase database, TimeProvider clock)
{
    private string? _token;

    /// <summary>Takes every page there is now.</summary>
    public async Task PullAsync(CancellationToken ct)
    {
        await using CaseDb db = database.CreateDbContext();
        for (bool more = true; more;)
        {
            long after = await DirectorySync.VersionAsync(db, ct);
            DirectoryPage page = await ReadAsync(after, ct);
            more = await DirectorySync.ApplyAsync(db, after, page, clock.GetUtcNow(), ct) && page.More;
        }
    }

    private async Task<DirectoryPage> ReadAsync(long after, CancellationToken ct)
    {
        HttpResponseMessage answer = await AskAsync(after, _token ??= await TokenAsync(ct), ct);
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
        {
            answer.Dispose();
            answer = await AskAsync(after, _token = await TokenAsync(ct), ct);
        }
        using (answer)
        {
            return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<DirectoryPage>(ct)
                ?? throw new InvalidOperationException("Expected a page of the directory, but the answer was empty.");
        }
    }

    private async Task<HttpResponseMessage> AskAsync(long after, string token, CancellationToken ct)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(settings.IdentityUrl, $"/api/directory?after={after}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await Http().SendAsync(request, ct);
    }

    private async Task<string> TokenAsync(CancellationToken ct)
    {
        using FormUrlEncodedContent form = client.Form(new("grant_type", "client_credentials"), new("scope", "directory"));
        using HttpResponseMessage answer = await Http().PostAsync(new Uri(settings.IdentityUrl, "/connect/token"), form, ct);
        TokenAnswer? token = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<TokenAnswer>(ct);
        return token?.AccessToken ?? throw new InvalidOperationException("Expected an access token for the directory, but the answer has none.");
    }

    private HttpClient Http() => clients.CreateClient(nameof(DirectoryReader));

    private sealed record TokenAnswer([property: JsonPropertyName("access_token")] string AccessToken);
}
