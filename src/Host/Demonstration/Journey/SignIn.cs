using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Assize.Host.Demonstration.Journey;

/// <summary>Gets tokens as anybody outside would: people by code flow and the sign-in page, systems by their secret.</summary>
internal sealed partial class SignIn(Uri identity)
{
    private const string Client = "assize-demonstration";
    private const string Callback = "http://127.0.0.1/callback";

    private JsonNode? _discovery;

    /// <summary>Everybody whom the sign-in page offers.</summary>
    public async Task<IReadOnlyList<Person>> PeopleAsync()
    {
        using var http = Browser();
        var page = await http.GetStringAsync("/signin");
        return [.. Choice().Matches(page).Select(match => new Person(Text(match, "subject"), Text(match, "name"), Text(match, "title").Split(',')[0]))];
    }

    /// <summary>A person's access token.</summary>
    public async Task<string> TokenAsync(Person person)
    {
        using var http = Browser();
        var verifier = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        var state = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(16));
        var authorize = QueryHelpers.AddQueryString(await EndpointAsync(http, "authorization_endpoint"), new Dictionary<string, string?>
        {
            ["client_id"] = Client,
            ["redirect_uri"] = Callback,
            ["response_type"] = "code",
            ["scope"] = "openid api",
            ["state"] = state,
            ["code_challenge"] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
            ["code_challenge_method"] = "S256",
        });

        var signInPage = await RedirectAsync(http, await http.GetAsync(authorize));
        var returnTo = await ChooseAsync(http, signInPage, person);
        var callback = await RedirectAsync(http, await http.GetAsync(returnTo));
        var answer = QueryHelpers.ParseQuery(callback.Query);
        if (answer["state"] != state || answer["code"].ToString() is not { Length: > 0 } code)
        {
            throw new DemonstrationFailed($"Expected a code for {person.Name}, but the server answered {callback}.");
        }

        return await ExchangeAsync(http, new()
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = Client,
            ["code"] = code,
            ["redirect_uri"] = Callback,
            ["code_verifier"] = verifier,
        });
    }

    /// <summary>A system's access token, from the credentials that the first start wrote to the data folder.</summary>
    public async Task<string> TokenAsync(string credentialsFile)
    {
        var credentials = JsonNode.Parse(await File.ReadAllTextAsync(credentialsFile))!;
        using var http = Browser();
        return await ExchangeAsync(http, new()
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = (string)credentials["client_id"]!,
            ["client_secret"] = (string)credentials["client_secret"]!,
            ["scope"] = "api",
        });
    }

    private HttpClient Browser() => new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
    {
        BaseAddress = identity,
    };

    private async Task<string> EndpointAsync(HttpClient http, string name)
    {
        _discovery ??= await http.GetFromJsonAsync<JsonNode>("/.well-known/openid-configuration");
        return (string)_discovery![name]!;
    }

    private async Task<string> ExchangeAsync(HttpClient http, Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        using var response = await http.PostAsync(await EndpointAsync(http, "token_endpoint"), content);
        var body = await response.Content.ReadFromJsonAsync<JsonNode>();
        return (string?)body?["access_token"]
            ?? throw new DemonstrationFailed($"Expected a token for {form["client_id"]}, but the server answered {body?.ToJsonString()}.");
    }

    private static async Task<Uri> ChooseAsync(HttpClient http, Uri signInPage, Person person)
    {
        var page = await http.GetStringAsync(signInPage);
        var form = Hidden().Matches(page).ToDictionary(match => Text(match, "name"), match => Text(match, "value"));
        form["subject"] = person.Subject;
        using var content = new FormUrlEncodedContent(form);
        return await RedirectAsync(http, await http.PostAsync(new Uri(signInPage, "/signin"), content));
    }

    /// <summary>Where a redirect leads.</summary>
    private static Task<Uri> RedirectAsync(HttpClient http, HttpResponseMessage response)
    {
        using (response)
        {
            return response.Headers.Location is { } location
                ? Task.FromResult(location.IsAbsoluteUri ? location : new Uri(http.BaseAddress!, location))
                : throw new DemonstrationFailed($"Expected a redirect from {response.RequestMessage!.RequestUri!.AbsolutePath}, but the server answered {(int)response.StatusCode}.");
        }
    }

    private static string Text(Match match, string group) => WebUtility.HtmlDecode(match.Groups[group].Value);

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)">""")]
    private static partial Regex Hidden();

    [GeneratedRegex("""name="subject" type="radio" value="(?<subject>[^"]+)".*?<label[^>]*>(?<name>[^<]+)</label>\s*<div[^>]*>(?<title>[^<]+)</div>""", RegexOptions.Singleline)]
    private static partial Regex Choice();
}
