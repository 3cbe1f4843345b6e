using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Assize.Audit;
using Assize.Identity.Directory;
using Assize.Identity.Federation;
using Assize.Identity.Scim;
using Assize.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Identity.Tests.Federation;

/// <summary>Whom provisioning announced before they came signs in to that account, and to no other.</summary>
[Collection(FederationCollection.Name)]
public sealed class ProvisionedSignInTests(FederationWorld world)
{
    private const string Numbered = "numbered-police";

    [Fact]
    public async Task FirstSignIn_AtAnOpenIdProvider_OfWhomProvisioningAnnounced_IsTheSameAccount()
    {
        string subject = await ProvisionAsync(FederationWorld.Kent, "announced", "announced@kent.example");
        await GiveAsync(subject);
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, string page) = await browser.SignInAsync(FederationWorld.Kent, more: "&login_hint=announced");

        Assert.True(status == HttpStatusCode.SeeOther, page);
        Assert.True(browser.IsSignedIn);
        Assert.Equal((subject, UpstreamKind.OpenId), ((await world.AccountAsync(world.Provider, "announced"))!.Subject, (await AccountAsync(subject)).Provider));
        await world.InScopeAsync(async services => Assert.Equal(1, await services.GetRequiredService<IdentityDb>().Set<AuditEntry>()
            .CountAsync(entry => entry.Action == "person.bind" && entry.SubjectId == subject && entry.Agency == FederationWorld.Kent)));
    }

    [Fact]
    public async Task FirstSignIn_OfATenantsMember_IsTheSameAccount_HoweverTheObjectIdIsSpelt()
    {
        const string Oid = "bbbbbbbb-0000-0000-0000-00000000000b";
        string subject = await ProvisionAsync(FederationWorld.Mercia, Oid.ToUpperInvariant(), "enid@force.example");
        await GiveAsync(subject);
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, string page) = await browser.SignInAsync(FederationWorld.Mercia, $$"""{"claims":{"oid":"{{Oid}}"} }""");

        Assert.True(status == HttpStatusCode.SeeOther, page);
        Assert.Equal(subject, (await world.AccountAsync(FederationWorld.Tenant, Oid))!.Subject);
    }

    [Fact]
    public async Task FirstSignIn_WhereTheAgencyNamedAClaim_GoesByThatClaim_AndNotByTheSubject()
    {
        await NumberedAsync(newcomers: false);
        string named = await ProvisionAsync(Numbered, "4711", "one@force.example"), trap = await ProvisionAsync(Numbered, "sub-of-" + Numbered, "two@force.example");
        await GiveAsync(named);
        await GiveAsync(trap);
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, string page) = await browser.SignInAsync(Numbered, """{"claims":{"employee_number":"4711"}}""");

        Assert.True(status == HttpStatusCode.SeeOther, page);
        Assert.Equal(("sub-of-" + Numbered, (string?)null), ((await AccountAsync(named)).ProviderSubject, (await AccountAsync(trap)).ProviderSubject));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("4712")]
    [InlineData("")]
    public async Task FirstSignIn_WithoutTheNamedClaim_OrWithAnothersValue_FindsNobody(string? number)
    {
        await NumberedAsync(newcomers: false);
        string subject = await ProvisionAsync(Numbered, "4713-" + (number ?? "none"), "enid@force.example");
        await GiveAsync(subject);
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, string page) = await browser.SignInAsync(Numbered, $$"""{"claims":{"sub":"nobody-{{number}}","employee_number":{{(number is null ? "null" : $"\"{number}\"")}} } }""");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("You do not have an account yet", page, StringComparison.Ordinal);
        Assert.Null((await AccountAsync(subject)).Provider);
    }

    [Fact]
    public async Task FirstSignIn_WithAnAnnouncedEmailAlone_IsSomebodyElse()
    {
        string subject = await ProvisionAsync(FederationWorld.Kent, "the-boss", "nora@kent.example");
        await GiveAsync(subject);
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, _) = await browser.SignInAsync(FederationWorld.Kent, more: "&login_hint=newcomer");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.False(browser.IsSignedIn);
        Assert.Null((await AccountAsync(subject)).Provider);
    }

    [Fact]
    public async Task FirstSignIn_WithAnIdThatAnotherAgencyAnnounced_IsSomebodyElse()
    {
        string subject = await ProvisionAsync(FederationWorld.Essex, "shared-id", "shared@essex.example");
        await GiveAsync(subject);
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, _) = await browser.SignInAsync(FederationWorld.Kent, more: "&login_hint=shared-id");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Null((await AccountAsync(subject)).Provider);
        Assert.EndsWith("@" + FederationWorld.Kent, (await world.AccountAsync(world.Provider, "shared-id"))!.Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FirstSignIn_OfALeaver_IsClosed_AndMakesNoSecondAccount()
    {
        string subject = await ProvisionAsync(FederationWorld.Kent, "leaver", "leaver@kent.example");
        await world.InScopeAsync(services => services.GetRequiredService<DirectoryWriter>().SetStatusAsync(subject, AccountStatus.Left, CancellationToken.None));
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, string page) = await browser.SignInAsync(FederationWorld.Kent, more: "&login_hint=leaver");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("Your account is closed", page, StringComparison.Ordinal);
        Assert.Equal(subject, (await world.AccountAsync(world.Provider, "leaver"))!.Subject);
    }

    [Fact]
    public async Task FirstSignIn_OfWhomProvisioningDeletedBefore_IsClosed_AndMakesNoSecondAccount()
    {
        string subject = await ProvisionAsync(FederationWorld.Kent, "deleted-before", "deleted@kent.example");
        await DeleteAsync(FederationWorld.Kent, subject);
        using AgencyBrowser browser = world.Browser();

        (HttpStatusCode status, string page) = await browser.SignInAsync(FederationWorld.Kent, more: "&login_hint=deleted-before");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("Your account is closed", page, StringComparison.Ordinal);
        Assert.Equal(subject, (await world.AccountAsync(world.Provider, "deleted-before"))!.Subject);
    }

    [Fact]
    public async Task FirstSignIn_InTwoBrowsersAtOnce_IsOneAccount()
    {
        string subject = await ProvisionAsync(FederationWorld.Kent, "twice", "twice@kent.example");
        using AgencyBrowser one = world.Browser();
        using AgencyBrowser two = world.Browser();
        string[] answers = [await one.AnswerOfAsync(await one.StartAsync(FederationWorld.Kent, "&login_hint=twice")), await two.AnswerOfAsync(await two.StartAsync(FederationWorld.Kent, "&login_hint=twice"))];

        (HttpStatusCode Status, string Page)[] pages = await Task.WhenAll(one.ReadAsync(answers[0]), two.ReadAsync(answers[1]));

        Assert.All(pages, page => Assert.Contains("waiting for a role", page.Page, StringComparison.Ordinal));
        Assert.Equal(subject, (await world.AccountAsync(world.Provider, "twice"))!.Subject);
    }

    [Fact]
    public async Task Provisioning_AfterTheFirstSignIn_TakesOverTheAccount_ByTheNamedClaim()
    {
        await NumberedAsync(newcomers: true);
        using AgencyBrowser browser = world.Browser();
        await browser.SignInAsync(Numbered, """{"claims":{"sub":"early","employee_number":"0815"}}""");
        Account early = (await world.AccountAsync(world.Fake + "/" + Numbered, "early"))!;

        string subject = await ProvisionAsync(Numbered, "0815", "early@force.example");

        Assert.Equal(early.Subject, subject);
    }

    [Fact]
    public async Task Provisioning_WhereTheAgencyNamedAClaim_TakesOverNobodyByTheSubject()
    {
        await NumberedAsync(newcomers: true);
        using AgencyBrowser browser = world.Browser();
        await browser.SignInAsync(Numbered, """{"claims":{"sub":"5150"}}""");
        Account newcomer = (await world.AccountAsync(world.Fake + "/" + Numbered, "5150"))!;

        string subject = await ProvisionAsync(Numbered, "5150", "another@force.example");

        Assert.NotEqual(newcomer.Subject, subject);
        Assert.Null((await AccountAsync(newcomer.Subject)).UserName);
    }

    [Fact]
    public async Task Provisioning_OfSomebodyWhomItDeleted_IsTheSameAccount_AndTheySignInToIt()
    {
        await NumberedAsync(newcomers: false);
        const string Arrival = """{"claims":{"sub":"comes-again","employee_number":"6006"}}""";
        string first = await ProvisionAsync(Numbered, "6006", "again@force.example");
        await GiveAsync(first);
        using AgencyBrowser before = world.Browser();
        Assert.Equal(HttpStatusCode.SeeOther, (await before.SignInAsync(Numbered, Arrival)).Status);

        await DeleteAsync(Numbered, first);
        Account left = await AccountAsync(first);
        string again = await ProvisionAsync(Numbered, "6006", "again@force.example");
        await GiveAsync(again);
        using AgencyBrowser after = world.Browser();
        (HttpStatusCode status, string page) = await after.SignInAsync(Numbered, Arrival);

        Assert.Equal(("left", (string?)null, first), (left.Status, left.UserName, again));
        Assert.True(status == HttpStatusCode.SeeOther, page);
    }

    private async Task NumberedAsync(bool newcomers)
    {
        await world.AddAgencyAsync(Numbered, "Numbered Police");
        Upstream upstream = world.OpenId(Numbered, Numbered, $"{world.Fake}/{Numbered}", "assize-numbered");
        (upstream.AdmitsNewcomers, upstream.ExternalIdClaim) = (newcomers, "employee_number");
        await world.PutAsync(upstream);
    }

    private async Task<string> ProvisionAsync(string agency, string externalId, string email)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/scim/v2/Users");
        request.Content = JsonContent.Create(new { userName = $"{externalId}-{agency}", externalId, active = true, displayName = "Announced", emails = new[] { new { value = email, type = "work" } } });
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(agency));
        using HttpResponseMessage answer = await world.Server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.Created, text);
        return (string)JsonNode.Parse(text)!["id"]!;
    }

    private async Task DeleteAsync(string agency, string subject)
    {
        using HttpRequestMessage request = new(HttpMethod.Delete, "/scim/v2/Users/" + Uri.EscapeDataString(subject));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(agency));
        using HttpResponseMessage answer = await world.Server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private async Task<string> TokenAsync(string agency)
    {
        (string id, string secret, string hash) = ScimAuthentication.Make();
        await world.InScopeAsync(async services =>
        {
            IdentityDb db = services.GetRequiredService<IdentityDb>();
            db.ScimTokens.Add(new ScimToken { Id = id, AgencyId = agency, Label = "Provisioning", Hash = hash, CreatedBy = "test", CreatedAt = DateTimeOffset.UtcNow, ExpiresAt = DateTimeOffset.UtcNow.AddDays(1) });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        return secret;
    }

    private Task GiveAsync(string subject) => world.InScopeAsync(services => services.GetRequiredService<DirectoryWriter>().ReplaceRolesAsync(subject, ["case-builder"], CancellationToken.None));

    private async Task<Account> AccountAsync(string subject)
    {
        Account? found = null;
        await world.InScopeAsync(async services => found = await services.GetRequiredService<IdentityDb>().Accounts.AsNoTracking().SingleAsync(account => account.Subject == subject));
        return found!;
    }
}
