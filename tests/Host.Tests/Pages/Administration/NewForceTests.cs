using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assize.Host.Access;
using Assize.Host.Demonstration;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Assize.Host.Tests.Pages.Administration;

/// <summary>A force that nobody knew a minute ago: enrolled while the server runs, its administrators appointed, its system and its officer let in on pages alone, and the officer completes a task.</summary>
[Collection(EnrolmentPages.Name)]
public sealed class NewForceTests(EnrolmentHost host)
{
    private const string Kent = "kent-police";
    private const string Offence = "/defendants/0/offences/0/offenceDetails/cjsOffenceCode";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Officer_OfAForceEnrolledWhileTheServerRuns_SignsInAndCompletesATask()
    {
        await using var provider = await host.ProviderAsync(Kent);
        var begun = DateTimeOffset.UtcNow;

        await host.EnrolAsync(Kent, provider.Ready);
        using HttpClient alex = await host.BrowserAsync(EnrolmentHost.Alex), robin = await host.BrowserAsync(EnrolmentHost.Robin);
        await alex.AppointAsync(robin, Kent, "Ada Weald", "ada");
        await robin.AppointAsync(alex, Kent, "Ben Weald", "ben");
        await host.FollowAsync();
        using HttpClient ada = await AdministratorAsync("ada"), ben = await AdministratorAsync("ben");
        using var officer = Browser();
        var first = await SignInAsync(officer);
        Assert.True(first.Contains("Your account is waiting for a role", StringComparison.Ordinal), first);
        var subject = await host.ReadAsync(db => db.Accounts.Where(account => account.ProviderIssuer == provider.Ready).Select(account => account.Subject).SingleAsync(Stop));
        using (var rehearsed = await ada.PostFormAsync($"/access/people/{Uri.EscapeDataString(subject)}/roles/give", "give", ("role", "case-builder"), ("reason", EnrolmentHost.Reason), ("step", "check")))
        using (var given = await ada.PostNextAsync(rehearsed, ("step", "save")))
        {
            Assert.Equal(HttpStatusCode.Found, given.StatusCode);
        }

        var submission = await SendAsync(ada, ben);
        await host.FollowAsync();

        var tasks = await SignInAsync(officer);
        Assert.True(tasks.Contains("My tasks", StringComparison.Ordinal), tasks);
        using var corrected = await officer.PostFormAsync($"/submissions/{submission}", "", (Offence, "TH68010"));

        Assert.True(corrected.StatusCode == HttpStatusCode.OK, await corrected.Content.ReadAsStringAsync(Stop));
        Assert.Contains("Accepted", (await corrected.PageAsync()).QuerySelector(".govuk-summary-list")!.TextContent, StringComparison.Ordinal);
        await using (var db = host.Host.Services.GetRequiredService<Workflows.Storage.CaseDatabase>().CreateDbContext())
        {
            var task = await db.Tasks.AsNoTracking().SingleAsync(task => task.LaneAgency == Kent && task.LaneRole == "case-builder", Stop);
            Assert.Equal((TaskState.Completed, subject), (task.State, task.CompletedBy));
        }

        Assert.True(DateTimeOffset.UtcNow - begun < TimeSpan.FromMinutes(5), "Expected a minute or so, and a few on a slow machine.");
    }

    private HttpClient Browser() => new(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = host.Url };

    // From the page that was asked for to wherever the two sign-ins lead; the demonstration's list offers the agencies, too.
    private async Task<string> SignInAsync(HttpClient officer)
    {
        using var list = await officer.GetAsync(new Uri(host.Url, "/tasks"), Stop);
        var agencies = Link(await list.PageAsync(), "agency’s account");
        using var choices = await officer.GetAsync(new Uri(host.Identity, agencies), Stop);
        using var end = await officer.GetAsync(new Uri(host.Identity, Link(await choices.PageAsync(), "Police of " + Kent)), Stop);
        return await end.Content.ReadAsStringAsync(Stop);

        static string Link(AngleSharp.Html.Dom.IHtmlDocument page, string text) =>
            page.QuerySelectorAll("a").First(link => link.TextContent.Contains(text, StringComparison.Ordinal)).GetAttribute("href")!;
    }

    private async Task<HttpClient> AdministratorAsync(string userName) =>
        await host.BrowserAsync(await host.ReadAsync(db => db.Accounts.Where(account => account.AgencyId == Kent && account.UserName == userName).Select(account => account.Subject).SingleAsync(Stop)));

    /// <summary>The force's own system, which its two administrators let in, sends a charge with a mistyped offence.</summary>
    private async Task<string> SendAsync(HttpClient ada, HttpClient ben)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var system = await ada.RegisterSystemAsync(ben, "custody", pair);
        await host.FollowAsync();
        using HttpClient http = new();
        using FormUrlEncodedContent form = new(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["scope"] = "api",
            ["client_id"] = system,
            ["client_assertion_type"] = HostClient.AssertionType,
            ["client_assertion"] = Assertion(system, pair),
        });
        using var granted = await http.PostAsync(new Uri(host.Identity, "/connect/token"), form, Stop);
        Assert.True(granted.IsSuccessStatusCode, await granted.Content.ReadAsStringAsync(Stop));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)(await granted.Content.ReadFromJsonAsync<JsonNode>(Stop))!["access_token"]!);
        ChargeMessage message = new()
        {
            Urn = "46ZD7000001",
            Today = DateOnly.FromDateTime(DateTime.UtcNow),
            Defendants = [new ChargedPerson("Robin", "Tarn", new DateOnly(1990, 5, 4), 1, "4 Sandhills Lane", [new ChargedOffence("XX99999", "Week Street, Maidstone", "Stole goods to the value of £40.")])],
        };
        var charge = message.ToJson();
        charge["prosecutionSubmissionDetails"]!["prosecutingAuthority"] = "0460000";
        using StringContent body = new(charge.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(host.Url, "/api/v1/prosecutions"), body, Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync(Stop));
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(Stop))!["id"]!;
    }

    private string Assertion(string system, ECDsa pair) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        TokenType = "client-authentication+jwt",
        Issuer = system,
        Audience = host.Identity.AbsoluteUri,
        Claims = new Dictionary<string, object> { ["sub"] = system, ["jti"] = Guid.NewGuid().ToString("n") },
        Expires = DateTime.UtcNow.AddMinutes(1),
        SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(pair), SecurityAlgorithms.EcdsaSha256),
    });
}
