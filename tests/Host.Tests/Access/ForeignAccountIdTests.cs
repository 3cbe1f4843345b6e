using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Assize.Host.Tests.Pages.Administration;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Assize.Host.Tests.Pages.Administration.DirectoryHost;

namespace Assize.Host.Tests.Access;

/// <summary>What the identity server holds of the prosecutors, asked for by its id through the host's pages: by an administrator of another agency or of the platform, by another role and by none.</summary>
[Collection(DirectoryPages.Name)]
public sealed partial class ForeignAccountIdTests(DirectoryHost host)
{
    private const string Prosecutors = "cps-mersey-cheshire";
    private const string None = "0123456789abcdef0123456789abcdef";

    /// <summary>By the start of an address, what stands in its braces.</summary>
    private static readonly (string Prefix, string Thing)[] s_things =
    [
        ("/access/people/{subject}/roles/{role}/", "role"), ("/access/people/{subject}", "person"), ("/access/role-requests/{id}", "request"), ("/access/sessions/{id}", "session"), ("/access/teams/{id}", "team"),
        ("/access/provisioning/tokens/{id}", "token"), ("/access/provisioning/groups/{id}", "group"), ("/access/systems/{id}/keys/{keyId}", "key"), ("/access/systems/{id}", "system"), ("/access/leavers/{id}", "leaver"),
    ];

    [Fact]
    public async Task EveryPage_WithTheIdOfAnotherAgencysThing_IsRefused_AsAnIdThatIsNone_AndChangesNothing()
    {
        var ids = await ThingsAsync();
        var before = await RowsAsync();
        var (nora, _) = await host.RolelessAsync();
        List<string> wrong = [];
        var asked = 0;
        foreach (var route in (await HostRoutes.OfAsync(host.Host.Services)).Where(route => s_things.Any(known => route.Pattern.StartsWith(known.Prefix, StringComparison.Ordinal))))
        {
            var thing = s_things.First(known => route.Pattern.StartsWith(known.Prefix, StringComparison.Ordinal)).Thing;
            foreach (var subject in (string[])[Carol, Alex, Sam, nora])
            {
                asked++;
                var (foreign, none) = (await AskAsync(route, name => ids[(thing, name)], subject), await AskAsync(route, _ => None, subject));
                if (!foreign.StartsWith("403", StringComparison.Ordinal) && !(foreign == none && (foreign.StartsWith("404", StringComparison.Ordinal) || foreign.StartsWith("405", StringComparison.Ordinal))))
                {
                    wrong.Add($"{route} of a {thing} as {subject}: {foreign[..Math.Min(250, foreign.Length)]}\n  but of none: {none[..Math.Min(250, none.Length)]}");
                }
            }
        }

        Assert.True(asked > 100, $"Expected the pages with such ids, but asked {asked} times.");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await RowsAsync());
    }

    [Fact]
    public async Task Pages_OfThePlatform_WithAnyId_AreRefusedToAgencies()
    {
        var (nora, _) = await host.RolelessAsync();
        foreach (var route in (await HostRoutes.OfAsync(host.Host.Services)).Where(route => route.Pattern.StartsWith("/access/enrolments", StringComparison.Ordinal) || route.Pattern.StartsWith("/access/agencies", StringComparison.Ordinal)))
        {
            foreach (var subject in (string[])[Carol, Lena, Sam, nora])
            {
                var answer = await AskAsync(route, _ => Prosecutors, subject);
                Assert.True(answer.StartsWith("403", StringComparison.Ordinal) || answer.StartsWith("405", StringComparison.Ordinal), $"{route} as {subject}: {answer[..Math.Min(200, answer.Length)]}");
            }
        }
    }

    /// <summary>One of each thing, as an administrator of the prosecutors makes it.</summary>
    private async Task<Dictionary<(string Thing, string Name), string>> ThingsAsync()
    {
        var number = Guid.NewGuid().ToString("n")[..8];
        var (person, _) = await host.PersonAsync(["paralegal-officer"], agency: Prosecutors);
        var (wanted, _) = await host.PersonAsync([], agency: Prosecutors);
        var (left, _) = await host.PersonAsync([], status: "left", agency: Prosecutors);
        await host.FollowAsync();
        using var bridget = await host.NewBrowserAsync(Bridget);
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await DoAsync(bridget, "/access/teams/new", "new", ("name", number));
        await DoAsync(bridget, "/access/provisioning/tokens/new", "new", ("label", number), ("days", "30"));
        await DoAsync(bridget, "/access/provisioning/groups/new", "new", ("group", number), ("role", "reviewing-lawyer"), ("step", "save"));
        await DoAsync(bridget, "/access/systems/new", "new", ("name", number), ("code", $"c{number}"), ("publicKey", pair.ExportSubjectPublicKeyInfoPem()));
        using (var rehearsed = await bridget.PostFormAsync($"/access/people/{wanted}/roles/give", "give", ("role", "agency-admin"), ("reason", Reason), ("step", "check")))
        using (var given = await bridget.PostNextAsync(rehearsed, ("step", "save")))
        {
            Assert.True((int)given.StatusCode < 400, $"{(int)given.StatusCode} {(await given.PageAsync()).QuerySelector("main")?.TextContent}");
        }

        await DoAsync(bridget, $"/access/people/{left}/erase", "erase");
        var role = (await bridget.MainAsync($"/access/people/{person}")).QuerySelectorAll("a").Select(link => link.GetAttribute("href") ?? "").First(href => href.EndsWith("/end", StringComparison.Ordinal) && href.Contains("/roles/", StringComparison.Ordinal)).Split('/')[^2];
        return await host.ReadAsync(async db =>
        {
            var system = await db.SystemKeys.Where(key => db.Accounts.Any(account => account.Subject == key.Subject && account.Name == number)).SingleAsync();
            return new Dictionary<(string, string), string>
            {
                [("person", "subject")] = person,
                [("role", "subject")] = person,
                [("role", "role")] = role,
                [("request", "id")] = await db.RoleRequests.Where(request => request.Subject == wanted).Select(request => request.Id).SingleAsync(),
                [("session", "id")] = await db.Sessions.Where(session => session.Subject == Bridget).Select(session => session.Id).FirstAsync(),
                [("team", "id")] = await db.Teams.Where(team => team.Name == number).Select(team => team.Id).SingleAsync(),
                [("token", "id")] = await db.ScimTokens.Where(token => token.Label == number).Select(token => token.Id).SingleAsync(),
                [("group", "id")] = await db.ScimMappings.Where(group => group.Group == number).Select(group => group.Id).SingleAsync(),
                [("system", "id")] = system.Subject,
                [("key", "id")] = system.Subject,
                [("key", "keyId")] = system.Id,
                [("leaver", "id")] = await db.PersonErasures.Where(erasure => erasure.Subject == left).Select(erasure => erasure.Id).SingleAsync(),
            };
        });
    }

    private static async Task DoAsync(HttpClient client, string path, string action, params IReadOnlyList<(string, string)> values)
    {
        using var answer = await client.PostFormAsync(path, action, [.. values, ("reason", Reason)]);
        Assert.True((int)answer.StatusCode < 400, $"{path}: {(int)answer.StatusCode} {(await answer.PageAsync()).QuerySelector("main")?.TextContent}");
    }

    private Task<string> RowsAsync() => host.ReadAsync(async db => JsonSerializer.Serialize(new object[]
    {
        await db.Accounts.AsNoTracking().Where(account => account.AgencyId == Prosecutors).OrderBy(account => account.Subject).Select(account => new { account.Subject, account.Status, account.Name }).ToListAsync(),
        await db.HomeRoles.AsNoTracking().Where(role => role.Subject.EndsWith("@" + Prosecutors)).OrderBy(role => role.Subject).ThenBy(role => role.Role).Select(role => new { role.Subject, role.Role, role.To, role.RecertifyBy }).ToListAsync(),
        await db.RoleRequests.AsNoTracking().Where(request => request.AgencyId == Prosecutors).OrderBy(request => request.Id).Select(request => new { request.Id, request.Status }).ToListAsync(),
        await db.Teams.AsNoTracking().Where(team => team.AgencyId == Prosecutors).OrderBy(team => team.Id).Select(team => new { team.Id, team.Name, team.Status }).ToListAsync(),
    }));

    private async Task<string> AskAsync(HostRoute route, Func<string, string> value, string subject)
    {
        using var client = host.Client(null);
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), HostRoutes.Fill(route.Pattern, name => Uri.EscapeDataString(name == "step" ? "approve" : value(name))));
        var signedIn = string.Join("; ", (await host.CookiesAsync(subject)).GetCookies(host.Url).Where(cookie => !cookie.Name.EndsWith("-form", StringComparison.Ordinal)));
        if (!route.Changes)
        {
            request.Headers.Add("Cookie", signedIn);
        }
        else
        {
            FormToken.Of(host.Host.Services, new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", subject, null, host.Identity.AbsoluteUri)], "a cookie"))).Fill(
                request, ("reason", Reason), ("name", "Ours"), ("to", "suspended"), ("decision", "approve"), ("step", "give"), ("role", "case-builder"), ("chosen", Sam));
            var token = request.Headers.GetValues("Cookie").Single();
            request.Headers.Remove("Cookie");
            request.Headers.Add("Cookie", $"{signedIn}; {token}");
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = FormValue().Replace(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), "");
        return $"{(int)answer.StatusCode} {body}";
    }

    [GeneratedRegex("name=\"(__RequestVerificationToken|request)\"[^>]*value=\"[^\"]*\"")]
    private static partial Regex FormValue();
}
