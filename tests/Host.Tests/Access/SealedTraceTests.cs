using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assize.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Access;

/// <summary>A host that only these tests speak to, so that nothing changes between two looks but what they change.</summary>
public sealed class QuietHost : HostFixture;

/// <summary>What a sealed case could be found by other than by its own pages: what lists count and how they are cut, forms that ask for a reference, and the work that an answer costs.</summary>
public sealed partial class SealedTraceTests(QuietHost host) : IClassFixture<QuietHost>
{
    private const string Unknown = "05ZD0000098";
    private const string Why = "A reason of more than twenty characters.";

    private static readonly string[] s_people = [Cast.Lawyer, Cast.Paralegal, Cast.CaseBuilder, Cast.CourtAdministrator, Cast.Stranger, Cast.Roleless];

    private static readonly string[] s_cut =
    [
        "/api/v1/cases?limit=2", "/api/v1/tasks?view=available&limit=2", "/api/v1/tasks?view=team&limit=2", "/api/v1/messages?limit=2", "/api/v1/access/grants?box=open&limit=2",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_WhereASealedCaseCame_AreByteForByteWhatTheyWere_WithTheirCursorsAndHeads()
    {
        for (var cases = 0; cases < 4; cases++)
        {
            await host.OpenCaseAsync();
        }

        var before = await LookAsync();
        var urn = await host.OpenCaseAsync();
        await host.SealAsync(urn);
        await ThingsAsync(urn);
        var after = await LookAsync();

        Assert.True(before.Count > 150, $"Expected the lists of six people, but looked at {before.Count}.");
        var told = before.Where(list => list.Value != after[list.Key]).Select(list => $"{list.Key}\n  before: {Difference(list.Value, after[list.Key])}\n  after:  {Difference(after[list.Key], list.Value)}").ToList();
        Assert.True(told.Count == 0, string.Join('\n', told));
    }

    [Fact]
    public async Task Forms_ThatAskForAReference_SayOfASealedCaseWhatTheySayOfNone()
    {
        var urn = await host.OpenCaseAsync();
        await host.SealAsync(urn);
        List<string> told = [];
        foreach (var route in (await HostRoutes.OfAsync(host.Host.Services)).Where(route => route.IsPage && !HostRoutes.Parameters(route.Pattern).Any()))
        {
            foreach (var subject in s_people)
            {
                var (closed, unknown) = (await AskAsync(route, urn, subject), await AskAsync(route, Unknown, subject));
                if (closed != unknown)
                {
                    told.Add($"{route} as {subject}: {Difference(closed, unknown)}\n  but of none: {Difference(unknown, closed)}");
                }
            }
        }

        Assert.True(told.Count == 0, string.Join('\n', told));
    }

    [Fact]
    public async Task Answers_AboutASealedCase_CostTheStatementsOfAnUnknownOne()
    {
        Assert.SkipWhen(host.RunsOnPostgres, "Statements are heard on SQLite only.");
        var urn = await host.OpenCaseAsync();
        await host.SealAsync(urn);
        StatementLog log = new();
        await log.ListenAsync(host.Host.Services.GetRequiredService<CaseDatabase>());
        List<string> told = [];
        var most = 0;
        foreach (var route in (await HostRoutes.OfAsync(host.Host.Services)).Where(IsAboutACase))
        {
            foreach (var subject in s_people)
            {
                // Once before, so that nothing is read for the first time.
                await AskAsync(route, urn, subject);
                await AskAsync(route, Unknown, subject);
                log.Take();
                await AskAsync(route, urn, subject);
                var closed = log.Take();
                await AskAsync(route, Unknown, subject);
                var unknown = log.Take();
                most = Math.Max(most, unknown.Count);
                if (!closed.SequenceEqual(unknown))
                {
                    told.Add($"{route} as {subject}: {closed.Count} statements, but {unknown.Count} of none\n  {string.Join("\n  ", closed.Except(unknown).Concat(unknown.Except(closed)).Take(4).Select(text => text[..Math.Min(300, text.Length)]))}");
                }
            }
        }

        Assert.True(most > 2, "Expected statements to be heard, but there were none.");
        Assert.True(told.Count == 0, string.Join('\n', told));
    }

    private static bool IsAboutACase(HostRoute route) =>
        (HostRoutes.Parameters(route.Pattern).FirstOrDefault() == "urn" && !HostRoutes.Parameters(route.Pattern).Skip(1).Any(name => name == "id"))
        || route.Pattern is "/api/v1/access/why" or "/api/v1/access/who" or "/api/v1/access/simulate" or "/api/v1/access/challenges" or "/api/v1/access/exclusions" or "/api/v1/access/requests";

    private async Task ThingsAsync(string urn)
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        await ThingsOfACase.AddAsync(db, urn);
    }

    /// <summary>Every page and list without an id in its address, and lists cut in pages of two, followed to their end.</summary>
    private async Task<Dictionary<string, string>> LookAsync()
    {
        Dictionary<string, string> seen = [];
        var lists = (await HostRoutes.OfAsync(host.Host.Services)).Where(route => !route.Changes && !route.Pattern.Contains("/clock", StringComparison.Ordinal) && !HostRoutes.Parameters(route.Pattern).Any() && !route.Pattern.Contains('?')).Select(route => route.Pattern).Append("/tasks").Append("/tasks/mine").Append("/tasks/team").Distinct().ToList();
        foreach (var subject in s_people)
        {
            foreach (var list in lists)
            {
                seen[$"{list} as {subject}"] = (await ReadAsync(list, subject)).Whole;
            }

            foreach (var list in s_cut)
            {
                var cursor = "";
                for (var page = 0; cursor is not null; page++)
                {
                    var (whole, body) = await ReadAsync(list + cursor, subject);
                    seen[$"{list} as {subject}, page {page}"] = whole;
                    cursor = body.StartsWith('{') && (string?)JsonNode.Parse(body)!["next"] is { } next ? $"&cursor={Uri.EscapeDataString(next)}" : null;
                }
            }
        }

        return seen;
    }

    private async Task<(string Whole, string Body)> ReadAsync(string path, string subject)
    {
        using var client = host.Client(subject);
        using var answer = await client.GetAsync(path, Stop);
        var body = await answer.Content.ReadAsStringAsync(Stop);
        var heads = answer.Headers.Concat(answer.Content.Headers).Where(head => head.Key is not ("Date" or "Set-Cookie")).OrderBy(head => head.Key).Select(head => $"{head.Key}: {string.Join(", ", head.Value)}");
        return (Drawn().Replace($"{(int)answer.StatusCode}\n{string.Join('\n', heads)}\n{body}", ""), body);
    }

    private async Task<string> AskAsync(HostRoute route, string urn, string subject)
    {
        using var client = host.Client(subject);
        var path = HostRoutes.Fill(route.Pattern, name => name switch { "urn" => urn, "agency" => "cps-mersey-cheshire", _ => "1" });
        path = route.Changes ? path : $"{path}{(path.Contains('?') ? '&' : '?')}case={urn}&urn={urn}&subject={Cast.Lawyer}";
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), path);
        if (route is { Changes: true, IsPage: true })
        {
            FormToken.Of(host.Host.Services, Cast.Principal(subject)!).Fill(
                request, ("request", Guid.NewGuid().ToString("N")), ("case", urn), ("cases", urn), ("urn", urn), ("reason", Why), ("scope", "case"), ("category", "other"), ("people", subject),
                ("person", subject), ("subject", subject), ("role", "solicitor"), ("until-day", "1"), ("until-month", "1"), ("until-year", "2030"));
        }
        else if (route.Changes)
        {
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
            request.Content = JsonContent.Create(SealedCaseTests.Body(path, urn));
        }

        using var answer = await client.SendAsync(request, Stop);
        return Drawn().Replace($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Stop)}", "").Replace(urn, "URN", StringComparison.Ordinal);
    }

    private static string Difference(string text, string other)
    {
        var first = text.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        return text[Math.Max(0, first - 60)..Math.Min(text.Length, first + 160)];
    }

    // Drawn anew whenever a page is shown.
    [GeneratedRegex("name=\"(__RequestVerificationToken|request)\"[^>]*value=\"[^\"]*\"|\"traceId\":\"[^\"]*\"|nonce-[^']*|nonce=\"[^\"]*\"")]
    private static partial Regex Drawn();
}
