using System.Net;
using Assize.Identity.Tests.Federation;
using Xunit;

namespace Assize.Identity.Tests.Attacks;

/// <summary>Tokens that an agency's provider, or somebody in its place, should not have sent. Honest ones sign in: <see cref="AgencySignInTests"/>.</summary>
[Collection(FederationCollection.Name)]
public sealed class FederatedTokenAttacks(FederationWorld world)
{
    private const string Foreign = FederationWorld.ForeignTenant;

    public static TheoryData<string, string> OfEntra => new()
    {
        { "another tenant, not enrolled", $$"""{"tenant":"{{Foreign}}"}""" },
        { "another tenant's issuer under our tid", $$"""{"claims":{"iss":"{origin}/{{Foreign}}/v2.0"} }""" },
        { "our issuer under another tid", $$"""{"claims":{"tid":"{{Foreign}}"} }""" },
        { "an enrolled tenant, but not the one asked", $$"""{"tenant":"{{FederationWorld.NorfolksTenant}}"}""" },
        { "no tid", """{"claims":{"tid":null}}""" },
        { "a tid that is no GUID", """{"claims":{"tid":"kent"}}""" },
        { "version 1", """{"claims":{"ver":"1.0"}}""" },
        { "no version", """{"claims":{"ver":null}}""" },
        { "version 1 with its issuer", $$"""{"claims":{"ver":"1.0","iss":"https://sts.windows.net/{{FederationWorld.Tenant}}/"} }""" },
        { "another host", $$"""{"claims":{"iss":"https://login.example/{{FederationWorld.Tenant}}/v2.0"} }""" },
        { "a guest", """{"claims":{"acct":"1"}}""" },
        { "silent about guests", """{"claims":{"acct":null}}""" },
        { "no oid", """{"claims":{"oid":null}}""" },
        { "an oid that is no GUID", """{"claims":{"oid":"enid@force.example"}}""" },
        { "another audience", """{"claims":{"aud":"somebody-else"}}""" },
        { "another nonce", """{"claims":{"nonce":"stale"}}""" },
        { "expired", """{"claims":{"exp":1700000000,"nbf":1690000000,"iat":1690000000}}""" },
        { "unsigned", """{"alg":"none"}""" },
        { "signed with the public key as a secret", """{"alg":"HS256"}""" },
        { "signed with the client secret", $$"""{"alg":"HS256","secret":"{{FederationWorld.Secret}}"}""" },
        { "signed by a stranger", """{"kid":"stranger"}""" },
        { "signed by a stranger who names the right key", """{"kid":"stranger","claimedKid":"first"}""" },
        { "signed by a stranger whose key is in the header", """{"kid":"stranger","embed":true}""" },
        { "signed by a stranger whose keys are at an address", """{"kid":"stranger","header":{"jku":"https://127.0.0.1:9/keys.json"}}""" },
        { "signed by a stranger whose certificate is at an address", """{"kid":"stranger","header":{"x5u":"https://127.0.0.1:9/chain.pem"}}""" },
    };

    public static TheoryData<string, string> OfAProvider => new()
    {
        { "another issuer", """{"claims":{"iss":"https://elsewhere.example"}}""" },
        { "another audience", """{"claims":{"aud":"somebody-else"}}""" },
        { "another nonce", """{"claims":{"nonce":"stale"}}""" },
        { "no nonce", """{"claims":{"nonce":null}}""" },
        { "no subject", """{"claims":{"sub":null}}""" },
        { "expired", """{"claims":{"exp":1700000000,"nbf":1690000000,"iat":1690000000}}""" },
        { "unsigned", """{"alg":"none"}""" },
        { "signed with the public key as a secret", """{"alg":"HS256"}""" },
        { "signed with the client secret", $$"""{"alg":"HS256","secret":"{{FederationWorld.Secret}}"}""" },
        { "signed by a stranger", """{"kid":"stranger"}""" },
        { "signed by a stranger who names the right key", """{"kid":"stranger","claimedKid":"first"}""" },
        { "signed by a stranger whose key is in the header", """{"kid":"stranger","embed":true}""" },
        { "signed by a stranger whose keys are at an address", """{"kid":"stranger","header":{"jku":"https://127.0.0.1:9/keys.json"}}""" },
        { "signed by a stranger whose certificate is at an address", """{"kid":"stranger","header":{"x5u":"https://127.0.0.1:9/chain.pem"}}""" },
    };

    /// <summary>Every recipe, by the upstream whose token it spoils: what proves them has the same list.</summary>
    public static IEnumerable<(string Upstream, string What, string Recipe)> All => OfEntra.Select(row => (FederationWorld.Mercia, row.Data.Item1, row.Data.Item2))
        .Concat(OfAProvider.Select(row => (FederationWorld.Essex, row.Data.Item1, row.Data.Item2)));

    [Theory]
    [MemberData(nameof(OfEntra))]
    public async Task SignIn_WithATenantsToken_ThatIs(string what, string recipe) => await RefusesAsync(FederationWorld.Mercia, what, recipe);

    [Theory]
    [MemberData(nameof(OfAProvider))]
    public async Task SignIn_WithAProvidersToken_ThatIs(string what, string recipe) => await RefusesAsync(FederationWorld.Essex, what, recipe);

    [Fact]
    public async Task SignIn_WithTheSameEmailFromAnotherAgency_IsSomebodyElse()
    {
        await world.AddAccountAsync(FederationWorld.Kent, world.Provider, "boss", "The Boss", email: "enid@force.example");
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, _) = await browser.SignInAsync(FederationWorld.Essex, """{"claims":{"sub":"sub-of-a-namesake"}}""");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.False(browser.IsSignedIn);
        string stranger = (await world.AccountAsync(world.Fake + "/honest", "sub-of-a-namesake"))!.Subject;
        Assert.NotEqual((await world.AccountAsync(world.Provider, "boss"))!.Subject, stranger);
        Assert.EndsWith("@" + FederationWorld.Essex, stranger, StringComparison.Ordinal);
    }

    private async Task RefusesAsync(string upstream, string what, string recipe)
    {
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, string page) = await browser.SignInAsync(upstream, recipe.Replace("{origin}", world.Fake, StringComparison.Ordinal));

        Assert.True(status == HttpStatusCode.BadRequest, $"Expected a token that is {what} to be refused, but the answer is {(int)status}: {page}");
        Assert.False(browser.IsSignedIn);
    }
}
