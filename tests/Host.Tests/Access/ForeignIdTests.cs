using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assize.Audit;
using Assize.Host.Tests.Designer;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Operations;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Access;

/// <summary>
/// Whoever guesses or is told an id of something that is not theirs gets nothing by it: by no route, whether they hold the same role at another agency,
/// another role at the agency whose it is, or none.
/// </summary>
public sealed partial class ForeignIdTests(HostFixture host)
{
    private const string Why = "A reason of more than twenty characters.";
    private const string None = "0123456789abcdef0123456789abcdef";

    /// <summary>Of the same role elsewhere, of another role where it belongs, and of none; and one who may look at it, so that the id is known to be right.</summary>
    private static readonly Dictionary<string, (string[] Foreign, string Rightful)> s_people = new()
    {
        ["grant"] = ([Cast.OtherAdmin, Cast.OtherApprover, Cast.Officer, Cast.Roleless], Cast.AgencyAdmin),
        ["request"] = ([Cast.OtherAdmin, Cast.Newcomer, Cast.Officer, Cast.Roleless], Cast.Approver),
        ["proposal"] = ([Cast.OtherPrivacyOfficer, Cast.Stranger, Cast.AgencyAdmin, Cast.Roleless], Cast.CaseBuilder),
        ["review"] = ([Cast.OtherPrivacyOfficer, Cast.Officer, Cast.AgencyAdmin, Cast.Roleless], Cast.PrivacyOfficer),
        ["exclusion"] = ([Cast.OtherAdmin, Cast.Officer, Cast.Approver, Cast.Roleless], Cast.AgencyAdmin),
        ["erasure"] = ([Cast.OtherPrivacyOfficer, Cast.OtherAdmin, Cast.CaseBuilder, Cast.Roleless], Cast.PrivacyOfficer),
        ["operation"] = ([Cast.ForceOwner, Cast.AgencyAdmin, Cast.CourtAdministrator, Cast.Roleless], Cast.ProcessOwner),
        ["publication"] = ([Cast.ForceOwner, Cast.RightlessOwner, Cast.CourtAdministrator, Cast.Roleless], Cast.SecondOwner),
        ["drafting right"] = ([Cast.OtherAdmin, Cast.ForceOwner, Cast.Officer, Cast.Roleless], Cast.AgencyAdmin),
    };

    /// <summary>What has an id of something else, and where that is tried.</summary>
    private static readonly (string Prefix, string Elsewhere)[] s_elsewhere =
    [
        ("/access/people/", "held by the identity server: ForeignAccountIdTests"),
        ("/access/leavers/", "held by the identity server: ForeignAccountIdTests"),
        ("/access/role-requests/", "held by the identity server: ForeignAccountIdTests"),
        ("/access/sessions/", "held by the identity server: ForeignAccountIdTests"),
        ("/access/teams/", "held by the identity server: ForeignAccountIdTests"),
        ("/access/provisioning/", "held by the identity server: ForeignAccountIdTests"),
        ("/access/systems/", "held by the identity server: ForeignAccountIdTests"),
        ("/access/agencies/", "held by the identity server: ForeignAccountIdTests"),
        ("/access/enrolments/", "held by the identity server: ForeignAccountIdTests"),
        ("/cases/{urn}", "a case's own: SealedCaseTests and DenyAllTests"),
        ("/api/v1/cases/{urn}", "a case's own: SealedCaseTests and DenyAllTests"),
        ("/api/v1/access/cases/{urn}", "a case's own: SealedCaseTests and DenyAllTests"),
        ("/task/{id}", "a case's own: SealedCaseTests and TaskPageTests"),
        ("/tasks/{view", "no id"),
        ("/api/v1/tasks/{id}", "a case's own: SealedCaseTests"),
        ("/submissions/{id}", "SubmissionPageTests"),
        ("/api/v1/prosecutions/{id}", "SubmissionPageTests"),
        ("/api/v1/messages/{id}", "a system's own mailbox: SystemTests"),
        ("/access/audit/accounts/{what}", "no id"),
        ("/access/audit/roots/{stream}", "roots are for every agency: they prove, and tell nothing"),
        ("/api/v1/audit/roots/{stream}", "roots are for every agency: they prove, and tell nothing"),
        ("/designer/", "definitions, and what is found out about them, are open to all who work with them; who may change them is in OwnerPageTests and PublicationPageTests"),
        ("/elsa/", "definitions are open to all who work with them; instances are in InstanceTests and PracticeTests"),
    ];

    [Fact]
    public async Task EveryRoute_WithTheIdOfSomethingForeign_IsRefused_AsAnIdThatIsNone_AndChangesNothing()
    {
        var (things, ids) = await ThingsAsync();
        var before = await RowsAsync(things, ids);
        List<string> wrong = [];
        foreach (var (route, thing) in await RoutesAsync(things))
        {
            foreach (var subject in s_people[thing].Foreign)
            {
                var (foreign, none) = (await AskAsync(route, ids[thing], subject), await AskAsync(route, None, subject));
                // A page that has no such form says so of every id.
                if (!foreign.StartsWith("403", StringComparison.Ordinal) && !(foreign.StartsWith("405", StringComparison.Ordinal) && foreign == none) && (!foreign.StartsWith("404", StringComparison.Ordinal) || foreign != none))
                {
                    wrong.Add($"{route} of a {thing} as {subject}: {foreign[..Math.Min(250, foreign.Length)]}\n  but of none: {none[..Math.Min(250, none.Length)]}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await RowsAsync(things, ids));
    }

    [Fact]
    public async Task Pages_WithTheSameIds_AreShownToWhoeverMayLookAtThem()
    {
        var (things, ids) = await ThingsAsync();
        List<string> wrong = [];
        foreach (var (route, thing) in (await RoutesAsync(things)).Where(found => !found.Route.Changes))
        {
            var answer = await AskAsync(route, ids[thing], s_people[thing].Rightful);
            if (!answer.StartsWith("200", StringComparison.Ordinal) && !answer.StartsWith("302", StringComparison.Ordinal))
            {
                wrong.Add($"{route} as {s_people[thing].Rightful}: {answer[..Math.Min(160, answer.Length)]}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task Routes_WithAnId_AreAllTriedHere_OrSayWhereTheyAre()
    {
        var (things, _) = await ThingsAsync();

        var unknown = (await HostRoutes.OfAsync(host.Host.Services)).Where(route => HostRoutes.Parameters(route.Pattern).Any())
            .Where(route => Thing(route.Pattern, things) is null && !s_elsewhere.Any(known => route.Pattern.StartsWith(known.Prefix, StringComparison.Ordinal))).ToList();

        Assert.True(unknown.Count == 0, $"Expected every route with an id to be tried with a foreign one. Put its thing into {nameof(ForeignIdTests)}, or say where it is tried:\n{string.Join('\n', unknown)}");
        Assert.Empty(s_people.Keys.Except((await RoutesAsync(things)).Select(found => found.Thing)));
    }

    private async Task<IReadOnlyList<(HostRoute Route, string Thing)>> RoutesAsync(ThingsOfACase things) =>
        [.. (await HostRoutes.OfAsync(host.Host.Services)).Select(route => (route, Thing(route.Pattern, things)!)).Where(found => found.Item2 is not null)];

    private static string? Thing(string pattern, ThingsOfACase things) => pattern switch
    {
        _ when things.For(pattern) is { } id => id.Split('-')[0],
        _ when pattern.Contains("/operations/{id}", StringComparison.Ordinal) => "operation",
        _ when pattern.StartsWith("/designer/publications/{id}", StringComparison.Ordinal) => "publication",
        _ when pattern.StartsWith("/access/drafting/{id}", StringComparison.Ordinal) => "drafting right",
        _ => null,
    };

    private async Task<(ThingsOfACase Things, Dictionary<string, string> Ids)> ThingsAsync()
    {
        var urn = await host.OpenCaseAsync();
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var things = await ThingsOfACase.AddAsync(db, urn);
        var owner = new Caller(Cast.ProcessOwner, "liverpool-magistrates", [], "Polly Gorse", false, "tests");
        var operation = await BeginOperation.AddAsync(db, owner, "counting", Guid.NewGuid().ToString("n"), new { }, AccessActions.DraftDefinition, DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
        DraftingRight right = new()
        {
            Id = Guid.NewGuid().ToString("n"),
            Subject = Cast.ForceOwner,
            Owner = DefinitionOwner.OfAgency("merseyside-police").ToString(),
            From = DateTimeOffset.UtcNow.AddYears(1),
            Reason = Why,
            State = DraftingRightState.Waiting,
            AskedBy = "somebody",
            AskedByName = "Somebody",
            AskedAt = DateTimeOffset.UtcNow,
        };
        db.Add(right);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return (things, new Dictionary<string, string>
        {
            ["grant"] = things.Grant,
            ["request"] = things.Request,
            ["proposal"] = things.Proposal,
            ["review"] = things.Review,
            ["exclusion"] = things.Exclusion,
            ["erasure"] = things.Erasure,
            ["operation"] = operation.Id,
            ["publication"] = await PublicationAsync(db),
            ["drafting right"] = right.Id,
        });
    }

    private async Task<string> PublicationAsync(CaseDb db)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var begun = await owner.PostFormAsync("/designer", "", ("name", $"Foreign {Guid.NewGuid():n}"));
        var definition = begun.Headers.Location!.OriginalString.Split('/')[^1];
        await owner.AskToPublishAsync(definition);
        return await db.Set<PublicationRequest>().Where(asked => asked.DefinitionId == definition).Select(asked => asked.Id).SingleAsync(TestContext.Current.CancellationToken);
    }

    private async Task<string> RowsAsync(ThingsOfACase things, Dictionary<string, string> ids)
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        object[] rows =
        [
            await db.Operations.AsNoTracking().SingleAsync(row => row.Id == ids["operation"]),
            await db.Set<PublicationRequest>().AsNoTracking().SingleAsync(row => row.Id == ids["publication"]),
            await db.Set<DraftingRight>().AsNoTracking().SingleAsync(row => row.Id == ids["drafting right"]),
            await db.Set<AuditEntry>().AsNoTracking().Where(entry => ids.Values.Contains(entry.SubjectId)).CountAsync(),
        ];
        return $"{await things.RowsAsync(db)}\n{string.Join('\n', rows.Select(row => JsonSerializer.Serialize(row)))}";
    }

    private async Task<string> AskAsync(HostRoute route, string id, string subject)
    {
        using var client = host.Client(subject);
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), HostRoutes.Fill(route.Pattern, _ => id));
        if (route is { Changes: true, IsPage: true })
        {
            FormToken.Of(host.Host.Services, Cast.Principal(subject)!).Fill(
                request, ("request", Guid.NewGuid().ToString("N")), ("reason", Why), ("finding", "justified"), ("steer", "pause"), ("hash", "0"),
                ("decision", route.Pattern.Contains("requests", StringComparison.Ordinal) ? "refuse" : route.Pattern.Contains("erasures", StringComparison.Ordinal) ? "approve" : "confirm"),
                ("role", "solicitor"), ("classification", "public"), ("until-day", "1"), ("until-month", "1"), ("until-year", "2030"));
        }
        else if (route.Changes)
        {
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
            request.Content = JsonContent.Create(Body(route.Pattern));
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = FormValue().Replace(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), "");
        return $"{(int)answer.StatusCode} {body.Replace(id, "ID", StringComparison.Ordinal)}";
    }

    private static JsonObject Body(string pattern) => pattern switch
    {
        _ when pattern.EndsWith("/change", StringComparison.Ordinal) => new JsonObject { ["role"] = "solicitor", ["maxClassification"] = "public", ["to"] = "2030-01-01T00:00:00Z", ["reason"] = Why },
        _ when pattern.Contains("/reviews/", StringComparison.Ordinal) => new JsonObject { ["finding"] = "justified", ["note"] = Why },
        _ => new JsonObject { ["reason"] = Why },
    };

    // Drawn anew whenever a page is shown.
    [GeneratedRegex("name=\"(__RequestVerificationToken|request)\"[^>]*value=\"[^\"]*\"|\"traceId\":\"[^\"]*\"")]
    private static partial Regex FormValue();
}
