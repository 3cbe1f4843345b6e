using System.Net;

namespace Assize.Identity.Tests.Attacks;

/// <summary>What can be wrong with an authorization request: each wants a code or a token where there should be none.</summary>
internal static class AuthorizeAttacks
{
    private const string Sam = "sam.carter@merseyside-police";
    private const string Right = Browser.Redirect;

    public static IEnumerable<Attack> All =>
    [
        .. Redirects.Select(uri => Ask($"redirect to {uri}", ("redirect_uri", uri))),
        .. PushedRedirects.Select(Push),
        Ask("no proof key", ("code_challenge", null), ("code_challenge_method", null)),
        Ask("plain proof key", ("code_challenge", Browser.Verifier), ("code_challenge_method", "plain")),
        Ask("proof key without its method", ("code_challenge_method", null)),
        Ask("a scope that the client may not have", ("scope", "openid directory")),
        Ask("the administration's scope", ("scope", "openid identity-admin")),
        Ask("a scope that does not exist", ("scope", "openid anything")),
        Ask("a confidential client without pushing", ("client_id", HostKeys.Id), ("redirect_uri", "http://127.0.0.1:5080/signin/callback")),
        Ask("a request object that nobody signed", ("request", "eyJhbGciOiJub25lIn0.e30.")),
    ];

    // The right one is http://127.0.0.1:9/callback.
    private static readonly string[] Redirects =
    [
        Right + "/", Right + "?more=1", Right + "#more", Right + "/../other", "http://127.0.0.1:9/CALLBACK", "http://127.0.0.1:9/other",
        "http://127.0.0.1.example/callback", "http://user@127.0.0.1:9/callback", "http://user:secret@127.0.0.1:9/callback", "https://127.0.0.1:9/callback",
        "http://[::1]:9/callback", "http://127.0.0.2:9/callback", "http://0x7f.0.0.1.example/callback", "http://127.0.0.1:9/callback%2f", "http://127.0.0.1:9//callback",
        "http://evil.example/callback?http://127.0.0.1:9/callback", "com.evil.app:/callback",
    ];

    // The right one is http://127.0.0.1:5080/signin/callback. An application on somebody's own machine may listen at any port of it; a server has one address.
    private static readonly string[] PushedRedirects =
    [
        "http://127.0.0.1:5081/signin/callback", "http://127.0.0.1/signin/callback", "http://localhost:5080/signin/callback", "http://127.0.0.1:5080/SignIn/callback",
        "http://127.0.0.1:5080/signin/callback/", "http://127.0.0.1:5080/signin/callback?more=1", "http://127.0.0.1:5080/signin/../callback", "http://user@127.0.0.1:5080/signin/callback",
        "https://127.0.0.1:5080/signin/callback", "http://evil.example/signin/callback", "javascript:alert(1)",
    ];

    private static Attack Push(string uri) => new($"a request pushed for {uri}", Defences.NoRequestChecks, async server => (await server.PostAsHostAsync("/connect/par",
        ("redirect_uri", uri), ("response_type", "code"), ("scope", "openid api"), ("code_challenge", Browser.Challenge), ("code_challenge_method", "S256"))).Status == HttpStatusCode.Created);

    private static Attack Ask(string name, params (string, string?)[] changes) => new(name, Defences.NoRequestChecks, async server =>
    {
        using Browser browser = new(server);
        await browser.TokenAsync(Sam);
        using HttpResponseMessage answer = await browser.GetAsync(Browser.AuthorizeUrl(changes));
        string where = answer.Headers.Location?.OriginalString ?? "";
        return answer.StatusCode == HttpStatusCode.Redirect && (where.Contains("code=", StringComparison.Ordinal) || where.Contains("access_token=", StringComparison.Ordinal));
    });
}
