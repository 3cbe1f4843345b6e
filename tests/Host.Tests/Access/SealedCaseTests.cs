using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assize.Host.Demonstration;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Access;

/// <summary>Whatever is asked about a sealed case, by whoever does not have it, the answer is that of a reference that nobody ever used.</summary>
public sealed partial class SealedCaseTests(HostFixture host)
{
    private const string Unknown = "05ZD0000099";
    private const string Why = "A reason of more than twenty characters.";

    [Fact]
    public async Task EveryRoute_OfASealedCase_AnswersByteForByteAsOfAnUnknownOne()
    {
        var urn = await host.OpenCaseAsync();
        var task = await host.TaskAsync(urn, Workflows.Access.Roles.ReviewingLawyer);
        await host.SealAsync(urn);
        var things = await ThingsAsync(urn);
        var asked = 0;
        List<string> told = [];
        foreach (var (method, pattern, _) in await RoutesAsync(things))
        {
            foreach (var subject in (string[])[Cast.Lawyer, Cast.CaseBuilder, Cast.CourtAdministrator, Cast.Stranger])
            {
                asked++;
                var (id, none) = (things.For(pattern) ?? task.Id, "0123456789abcdef0123456789abcdef");
                var closed = await AskAsync(method, Fill(pattern, urn, id), subject);
                var unknown = await AskAsync(method, Fill(pattern, Unknown, none), subject);
                if (Same(closed, urn, id) != Same(unknown, Unknown, none) || closed.Contains("Tarn", StringComparison.Ordinal) || closed.StartsWith("400", StringComparison.Ordinal) || closed.StartsWith('5'))
                {
                    told.Add($"{method} {pattern} as {subject}: {closed[..Math.Min(160, closed.Length)]}\n  but of an unknown one: {unknown[..Math.Min(160, unknown.Length)]}");
                }
            }
        }

        Assert.True(asked > 60, $"Expected every route about a case to be asked, but there were only {asked} questions.");
        Assert.True(told.Count == 0, string.Join('\n', told));
    }

    [Fact]
    public async Task Lists_OfASealedCase_HoldNothingOfIt()
    {
        var urn = await host.OpenCaseAsync();
        var task = await host.TaskAsync(urn, Workflows.Access.Roles.ReviewingLawyer);
        await host.SealAsync(urn);
        using var client = host.Client(Cast.Lawyer);

        foreach (var list in (string[])["/api/v1/cases?limit=100", "/api/v1/tasks?view=available&limit=100", "/api/v1/tasks?view=team&limit=100", "/cases", "/tasks", "/tasks/team", "/hearings"])
        {
            var body = await client.GetStringAsync(list, TestContext.Current.CancellationToken);
            Assert.DoesNotContain(urn, body, StringComparison.Ordinal);
            Assert.DoesNotContain(task.Id, body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Grants_OfASealedCase_SayNeitherWhoIsNamedNorWhy_ButToThoseWhoHaveIt()
    {
        var urn = await host.OpenCaseAsync();
        await host.SealAsync(urn, Cast.CaseBuilder);
        var id = $"named-{urn}-{Cast.CaseBuilder}";

        foreach (var subject in (string[])[Cast.AgencyAdmin, Cast.Approver])
        {
            var item = await GrantAsync(subject, "open", id);
            Assert.Null((string?)item["subject"]);
            Assert.Null((string?)item["reason"]);
            Assert.Null((string?)item["caseUrn"]);
            using var client = host.Client(subject);
            foreach (var path in (string[])[$"/access/requests/{id}", $"/access/grants/{id}/end"])
            {
                var page = await client.GetStringAsync(path, TestContext.Current.CancellationToken);
                Assert.Contains("Somebody of merseyside-police", page, StringComparison.Ordinal);
                foreach (var told in (string[])["Cas Dogwood", "Keeps the sealed case", urn])
                {
                    Assert.DoesNotContain(told, page.Replace(id, "", StringComparison.Ordinal), StringComparison.Ordinal);
                }
            }
        }

        var own = await GrantAsync(Cast.CaseBuilder, "mine", id);
        Assert.Equal((Cast.CaseBuilder, "Keeps the sealed case", urn), ((string?)own["subject"], (string?)own["reason"], (string?)own["caseUrn"]));
    }

    [Fact]
    public async Task ReviewsAndConflicts_OfASealedCase_SayNeitherWhyNorWhose_ButToThoseWhoHaveIt()
    {
        var (closed, open) = (await host.OpenCaseAsync(), await host.OpenCaseAsync());
        var (hidden, seen) = (await ThingsAsync(closed), await ThingsAsync(open));
        await host.SealAsync(closed);

        foreach (var (things, isTold) in ((ThingsOfACase, bool)[])[(hidden, false), (seen, true)])
        {
            var review = await TextAsync($"/access/reviews/{things.Review}", Cast.PrivacyOfficer);
            var lift = await TextAsync($"/access/exclusions/{things.Exclusion}/lift", Cast.AgencyAdmin);
            var list = JsonNode.Parse(await TextAsync("/api/v1/access/exclusions", Cast.AgencyAdmin))!["items"]!.AsArray().Single(item => (string?)item!["id"] == things.Exclusion)!;
            Assert.Equal((isTold, isTold, isTold, isTold), (
                review.Contains("Threlfall rang", StringComparison.Ordinal), review.Contains(things.Urn, StringComparison.Ordinal),
                lift.Contains("Una Known", StringComparison.Ordinal), list["subject"] is not null));
        }

        await host.SealAsync(closed, Cast.PrivacyOfficer);
        Assert.Contains("Threlfall rang", await TextAsync($"/access/reviews/{hidden.Review}", Cast.PrivacyOfficer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erasures_OfASealedCase_AreThereForThoseOnlyWhoHaveIt()
    {
        var urn = await host.OpenCaseAsync();
        using var builder = host.Client(Cast.CaseBuilder);
        using (await builder.PostFormAsync($"/cases/{urn}/close-in-error", "", ("reason", "Robin Tarn is another person.")))
        {
        }

        using var officer = host.Client(Cast.PrivacyOfficer);
        using (await officer.PostFormAsync($"/access/erasures/new?case={urn}", "new", ("whom", "everybody"), ("basis", "dpa2018-s47"), ("reason", "The time for keeping it is over, and nobody appealed.")))
        {
        }

        using var admin = host.Client(Cast.AgencyAdmin);
        using var list = await admin.GetAsync("/access/erasures", TestContext.Current.CancellationToken);
        var link = (await list.PageAsync()).QuerySelectorAll("main table a").First(x => x.TextContent == urn).GetAttribute("href")!;
        await host.SealAsync(urn, Cast.PrivacyOfficer);

        Assert.DoesNotContain(urn, await admin.GetStringAsync("/access/erasures", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(Same(await AskAsync("GET", "/access/erasures/no-such-request", Cast.AgencyAdmin), urn, "no-such-request"), Same(await AskAsync("GET", link, Cast.AgencyAdmin), urn, link.Split('/')[^1]));
        Assert.Contains(urn, await officer.GetStringAsync("/access/erasures", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains(urn, await officer.GetStringAsync(link, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prosecution_ThatRepeatsACaseSealedForAnotherAgencysPeople_GoesToThem_NotToOneWhoseAccessIsOver()
    {
        var urn = await host.OpenCaseAsync();
        await host.SealAsync(urn, Cast.CaseBuilder, Cast.Lawyer);
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        await db.Set<AccessGrant>().Where(grant => grant.Id == $"named-{urn}-{Cast.CaseBuilder}")
            .ExecuteUpdateAsync(set => set.SetProperty(grant => grant.To, DateTimeOffset.UtcNow.AddSeconds(-1)), TestContext.Current.CancellationToken);
        using var system = host.Client(Cast.PoliceSystem);

        using var answer = await system.PostAsJsonAsync("/api/v1/prosecutions", Repeat(urn), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var held = await db.Tasks.SingleAsync(task => task.FormId == "sealed-repeat" && db.Cases.Any(file => file.Urn == urn && file.Id == task.CaseId), TestContext.Current.CancellationToken);
        using var lawyer = host.Client(Cast.Lawyer);
        Assert.Contains(held.Id, await TeamsAsync(lawyer), StringComparison.Ordinal);
        using var taken = await lawyer.PostFormAsync($"/task/{held.Id}", "claim");
        Assert.Equal(HttpStatusCode.Found, taken.StatusCode);
    }

    [Fact]
    public async Task Prosecution_ThatRepeatsASealedCase_IsReceived_AndTheTaskGoesToThoseWithAccess()
    {
        var urn = await host.OpenCaseAsync();
        await host.SealAsync(urn, Cast.CaseBuilder);
        using var system = host.Client(Cast.PoliceSystem);

        using var answer = await system.PostAsJsonAsync("/api/v1/prosecutions", Repeat(urn), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("PENDING", (string?)JsonNode.Parse(said)!["state"]);
        Assert.DoesNotContain("sealed", said, StringComparison.OrdinalIgnoreCase);
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var held = await db.Tasks.SingleAsync(task => task.FormId == "sealed-repeat" && db.Cases.Any(file => file.Urn == urn && file.Id == task.CaseId), TestContext.Current.CancellationToken);
        Assert.Equal(TaskState.Open, held.State);
        using var builder = host.Client(Cast.CaseBuilder);
        Assert.Contains(held.Id, await TeamsAsync(builder), StringComparison.Ordinal);
    }

    /// <summary>The whole of somebody's team list: other tests leave more than a page of tasks.</summary>
    private static async Task<string> TeamsAsync(HttpClient client)
    {
        var pages = "";
        string? cursor = "";
        while (cursor is not null)
        {
            var page = await client.GetStringAsync("/api/v1/tasks?view=team&limit=100" + cursor, TestContext.Current.CancellationToken);
            pages += page;
            cursor = (string?)JsonNode.Parse(page)!["next"] is { } next ? $"&cursor={Uri.EscapeDataString(next)}" : null;
        }

        return pages;
    }

    private async Task<JsonNode> GrantAsync(string subject, string box, string id)
    {
        using var client = host.Client(subject);
        var list = JsonNode.Parse(await client.GetStringAsync($"/api/v1/access/grants?box={box}&limit=100", TestContext.Current.CancellationToken))!;
        return list["items"]!.AsArray().Single(item => (string?)item!["id"] == id)!;
    }

    private async Task<string> TextAsync(string path, string subject)
    {
        using var client = host.Client(subject);
        return await client.GetStringAsync(path, TestContext.Current.CancellationToken);
    }

    private async Task<ThingsOfACase> ThingsAsync(string urn)
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        return await ThingsOfACase.AddAsync(db, urn);
    }

    private async Task<IEnumerable<HostRoute>> RoutesAsync(ThingsOfACase things) => (await HostRoutes.OfAsync(host.Host.Services)).Where(route => things.For(route.Pattern) is not null
        || HostRoutes.Parameters(route.Pattern).Contains("urn") || (route.Pattern.Contains("task", StringComparison.Ordinal) && route.Pattern.Contains('{'))
        || route.Pattern is "/api/v1/access/why" or "/api/v1/access/who" or "/api/v1/access/challenges" or "/api/v1/access/emergencies" or "/api/v1/access/exclusions" or "/api/v1/access/requests" or "/api/v1/access/simulate");

    private static string Fill(string pattern, string urn, string id)
    {
        var path = HostRoutes.Fill(pattern, name => name switch { "urn" => urn, "agency" => "cps-mersey-cheshire", "entry" => "1", _ => id });
        return path switch
        {
            "/api/v1/access/why" => $"{path}?subject={Cast.Lawyer}&case={urn}",
            "/api/v1/access/who" => $"{path}?case={urn}",
            _ when path.StartsWith("/api/v1/access/", StringComparison.Ordinal) => $"{path}#{urn}",
            _ => path,
        };
    }

    private async Task<string> AskAsync(string method, string address, string subject)
    {
        using var client = host.Client(subject);
        var (path, urn) = address.Split('#') is [var first, var rest] ? (first, rest) : (address, "");
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is not ("GET" or "HEAD") && !path.StartsWith("/api/", StringComparison.Ordinal))
        {
            FormToken.Of(host.Host.Services, Cast.Principal(subject)!).Fill(
                request, ("request", Guid.NewGuid().ToString("N")), ("reason", Why), ("note", Why), ("decision", "confirm"), ("finding", "justified"), ("category", "other"));
        }
        else if (method is not ("GET" or "HEAD"))
        {
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
            request.Content = JsonContent.Create(Body(path, urn));
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
    }

    internal static JsonObject Body(string path, string urn) =>
        path.StartsWith("/api/v1/access/", StringComparison.Ordinal) ? path["/api/v1/access/".Length..] switch
        {
            "requests" => new JsonObject { ["case"] = urn, ["subject"] = Cast.Stranger, ["role"] = "solicitor", ["to"] = DateTimeOffset.UtcNow.AddDays(5), ["reason"] = Why },
            "challenges" => new JsonObject { ["case"] = urn, ["category"] = "other", ["reason"] = Why },
            "emergencies" => new JsonObject { ["case"] = urn, ["reason"] = Why },
            "exclusions" => new JsonObject { ["subject"] = Cast.Lawyer, ["case"] = urn, ["reason"] = Why },
            "simulate" => new JsonObject { ["urn"] = urn },
            var rest when rest.EndsWith("/agencies", StringComparison.Ordinal) => new JsonObject { ["agency"] = "elsewhere-defence", ["reason"] = Why },
            var rest when rest.EndsWith("/parties", StringComparison.Ordinal) => new JsonObject { ["subject"] = Cast.Lawyer, ["part"] = "witness" },
            var rest when rest.EndsWith("/parties/end", StringComparison.Ordinal) => new JsonObject { ["subject"] = Cast.Lawyer, ["part"] = "witness", ["reason"] = Why },
            var rest when rest.EndsWith("/roles", StringComparison.Ordinal) => new JsonObject { ["subject"] = Cast.Paralegal, ["role"] = "advocate", ["reason"] = Why },
            var rest when rest.EndsWith("/change", StringComparison.Ordinal) => new JsonObject { ["role"] = "advocate", ["maxClassification"] = "private", ["to"] = "2030-01-01T00:00:00Z", ["reason"] = Why },
            var rest when rest.StartsWith("reviews/", StringComparison.Ordinal) => new JsonObject { ["finding"] = "justified", ["note"] = Why },
            var rest when rest.EndsWith("/proposals", StringComparison.Ordinal) => new JsonObject { ["kind"] = "unseal", ["reason"] = Why },
            _ => new JsonObject { ["reason"] = Why },
        }
        : path.EndsWith("/complete", StringComparison.Ordinal) ? new JsonObject { ["outcome"] = "Continue", ["fields"] = new JsonObject() }
        : path.EndsWith("/reinstate", StringComparison.Ordinal) || path.EndsWith("/retry", StringComparison.Ordinal) || path.EndsWith("/close-in-error", StringComparison.Ordinal) ? new JsonObject { ["reason"] = Why }
        : [];

    /// <summary>Without what the asker themself wrote into the address, and the form token that every page draws anew.</summary>
    private static string Same(string answer, string urn, string task) =>
        FormValue().Replace(answer, "").Replace(urn, "URN", StringComparison.Ordinal).Replace(task, "TASK", StringComparison.Ordinal);

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"[^\"]*\"")]
    private static partial Regex FormValue();

    private static JsonObject Repeat(string urn) => new ChargeMessage
    {
        Urn = urn,
        Today = DateOnly.FromDateTime(DateTime.UtcNow),
        Defendants = [new("Robin", "Tarn", new DateOnly(1990, 5, 4), 1, "4 Sandhills Lane", [new("TH68010", "Bold Street, Liverpool", "Stole goods to the value of £41.")])],
    }.ToJson();
}
