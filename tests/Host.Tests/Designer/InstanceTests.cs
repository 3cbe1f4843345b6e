using System.IO.Compression;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Storage;
using Assize.Host.Tests.Coverage;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Designer;

[SparesPage("/designer/workflows/instances", PageCase.UnknownId, "no id in the address")]
[SparesPage("/designer/workflows/instances", PageCase.WrongState, "it shows whatever there is")]
[SparesPage("/designer/workflows/definitions", PageCase.UnknownId, "no id in the address")]
[SparesPage("/designer/workflows/definitions", PageCase.WrongState, "it shows whatever there is")]
public sealed class InstanceTests(HostFixture host)
{
    [Fact]
    public async Task List_IsOfTheCasesThatTheCallerMaySee()
    {
        var id = await host.InstanceAsync(host.Urn);
        using var lawyer = host.Client(Cast.Lawyer);
        using var stranger = host.Client(Cast.Stranger);

        var seen = await FoundAsync(lawyer, new JsonObject { ["page"] = 0, ["pageSize"] = 100 });
        var byReference = await FoundAsync(lawyer, new JsonObject { ["searchTerm"] = host.Urn });
        var hidden = await FoundAsync(stranger, new JsonObject { ["searchTerm"] = host.Urn });

        Assert.Contains(seen, row => row["id"]!.GetValue<string>() == id);
        Assert.Equal(host.Urn, Assert.Single(byReference)["correlationId"]!.GetValue<string>());
        Assert.Empty(hidden);
    }

    [Theory]
    [InlineData("status", "Running", true)]
    [InlineData("status", "Finished", false)]
    [InlineData("definitionId", "mags-charged", true)]
    [InlineData("definitionId", "intake", false)]
    [InlineData("subStatus", "Suspended", true)]
    public async Task List_TakesStudiosFilters(string member, string value, bool isFound)
    {
        using var lawyer = host.Client(Cast.Lawyer);

        var found = await FoundAsync(lawyer, new JsonObject { ["searchTerm"] = host.Urn, [member] = value });

        Assert.Equal(isFound, found.Count == 1);
    }

    [Fact]
    public async Task List_IsSearchedByTheWorkflowAndItsVersion_AsItsFieldSays()
    {
        using var lawyer = host.Client(Cast.Lawyer);

        var byWorkflow = await FoundAsync(lawyer, new JsonObject { ["searchTerm"] = "mags-charged", ["pageSize"] = 100 });
        var byVersion = await FoundAsync(lawyer, new JsonObject { ["searchTerm"] = byWorkflow[0]["definitionVersionId"]!.GetValue<string>(), ["pageSize"] = 100 });
        var byNothing = await FoundAsync(lawyer, new JsonObject { ["searchTerm"] = "no-such-workflow" });

        Assert.All(byWorkflow, row => Assert.StartsWith("mags-charged", row["definitionId"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.Contains(byVersion, row => row["id"]!.GetValue<string>() == byWorkflow[0]["id"]!.GetValue<string>());
        Assert.Single(byVersion.Select(row => row["definitionVersionId"]!.GetValue<string>()).Distinct());
        Assert.Empty(byNothing);
    }

    [Theory]
    [InlineData("Status", "subStatus")]
    [InlineData("Incidents", "incidentCount")]
    [InlineData("Updated", "updatedAt")]
    [InlineData("Created", "createdAt")]
    [InlineData("Name", "name")]
    public async Task List_IsOrderedByTheColumnThatWasPressed(string column, string member)
    {
        using var lawyer = host.Client(Cast.Lawyer);

        var up = await FoundAsync(lawyer, new JsonObject { ["orderBy"] = column, ["orderDirection"] = "Ascending", ["pageSize"] = 100 });
        var down = await FoundAsync(lawyer, new JsonObject { ["orderBy"] = column, ["orderDirection"] = "Descending", ["pageSize"] = 100 });

        Assert.Equal(up.Select(Said).Order(StringComparer.Ordinal), up.Select(Said));
        Assert.Equal(down.Select(Said).OrderDescending(StringComparer.Ordinal), down.Select(Said));
        string Said(JsonNode row) => row[member] is JsonValue value ? value.ToString().PadLeft(member == "incidentCount" ? 9 : 0, '0') : "";
    }

    [Fact]
    public async Task List_OfADay_HoldsWhatBeganAtAnyTimeOfIt()
    {
        using var lawyer = host.Client(Cast.Lawyer);
        var one = Assert.Single(await FoundAsync(lawyer, new JsonObject { ["searchTerm"] = host.Urn }));
        var day = new DateTimeOffset(one["createdAt"]!.GetValue<DateTimeOffset>().UtcDateTime.Date, TimeSpan.Zero);

        Assert.Single(await FoundAsync(lawyer, Asked("Is", day)));
        Assert.Empty(await FoundAsync(lawyer, Asked("IsNot", day)));
        Assert.Empty(await FoundAsync(lawyer, Asked("Is", day.AddDays(1))));
        JsonObject Asked(string how, DateTimeOffset at) => new()
        {
            ["searchTerm"] = host.Urn,
            ["timestampFilters"] = new JsonArray(new JsonObject { ["column"] = "CreatedAt", ["operator"] = how, ["timestamp"] = at }),
        };
    }

    [Theory]
    [InlineData(Cast.Stranger, "{id}")]
    [InlineData(Cast.Lawyer, "nothing")]
    [InlineData(Cast.Roleless, "{id}")]
    public async Task Get_OfWhatTheCallerMayNotSee_IsNotThere(string subject, string asked)
    {
        using var client = host.Client(subject);
        var id = asked.Replace("{id}", await host.InstanceAsync(host.Urn), StringComparison.Ordinal);

        foreach (var route in (string[])["", "/execution-state", "/variables", "/export"])
        {
            var (status, _) = await client.AskAsync(HttpMethod.Get, $"/workflow-instances/{id}{route}");
            Assert.True(status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden, $"Expected {route} to be hidden, but it answered {status}.");
        }

        var (executions, _) = await client.AskAsync(HttpMethod.Get, $"/activity-executions/by-id?id={id}.x");
        var (journal, _) = await client.AskAsync(HttpMethod.Post, $"/workflow-instances/{id}/journal", new JsonObject());
        Assert.DoesNotContain(HttpStatusCode.OK, (HttpStatusCode[])[executions, journal]);
    }

    [Fact]
    public async Task Get_OfASealedCase_AnswersAsForNone()
    {
        var urn = await host.OpenCaseAsync();
        var id = await host.InstanceAsync(urn);
        using var lawyer = host.Client(Cast.Lawyer);
        var (open, _) = await lawyer.AskAsync(HttpMethod.Get, $"/workflow-instances/{id}");

        await SealAsync(urn);
        var (closed, body) = await lawyer.AskAsync(HttpMethod.Get, $"/workflow-instances/{id}");
        var (none, other) = await lawyer.AskAsync(HttpMethod.Get, "/workflow-instances/none");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (open, closed, none));
        Assert.Equal(other!["detail"]!.ToJsonString(), body!["detail"]!.ToJsonString());
        Assert.Empty(await FoundAsync(lawyer, new JsonObject { ["searchTerm"] = urn }));
    }

    [Fact]
    public async Task Viewer_ShowsWhatRanAndWhatWaits()
    {
        var id = await host.InstanceAsync(host.Urn);
        using var lawyer = host.Client(Cast.Lawyer);

        var (_, instance) = await lawyer.AskAsync(HttpMethod.Get, $"/workflow-instances/{id}");
        var (_, definition) = await lawyer.AskAsync(HttpMethod.Get, $"/workflow-definitions/by-id/{instance!["definitionVersionId"]}");
        var filter = new JsonObject { ["filter"] = new JsonObject { ["excludedActivityTypes"] = new JsonArray("Elsa.Workflow", "Elsa.Flowchart") } };
        var (_, journal) = await lawyer.AskAsync(HttpMethod.Post, $"/workflow-instances/{id}/journal?skip=0&take=5", filter);
        var (_, report) = await lawyer.AskAsync(HttpMethod.Post, "/activity-executions/report", new JsonObject { ["workflowInstanceId"] = id });

        Assert.Equal(("Running", "Suspended"), (instance["status"]!.GetValue<string>(), instance["subStatus"]!.GetValue<string>()));
        Assert.Empty(definition!["links"]!.AsArray());
        var lines = journal!["items"]!.AsArray();
        Assert.Equal(5, lines.Count);
        Assert.True(journal["totalCount"]!.GetValue<int>() > 5);
        Assert.DoesNotContain(lines, line => line!["activityType"]!.GetValue<string>() is "Elsa.Workflow" or "Elsa.Flowchart");
        var stats = report!["stats"]!.AsArray();
        Assert.Equal(stats.Count, stats.Select(stat => stat!["activityNodeId"]!.GetValue<string>()).Distinct().Count());
        Assert.Contains(stats, stat => stat!["isBlocked"]!.GetValue<bool>());
        Assert.Contains(stats, stat => stat!["completedCount"]!.GetValue<int>() == 1);
    }

    [Fact]
    public async Task Executions_OfAWaitingStep_AreFoundById_WithTheirCallers()
    {
        var id = await host.InstanceAsync(host.Urn);
        using var lawyer = host.Client(Cast.Lawyer);
        var (_, report) = await lawyer.AskAsync(HttpMethod.Post, "/activity-executions/report", new JsonObject { ["workflowInstanceId"] = id });
        var node = report!["stats"]!.AsArray().First(stat => stat!["isBlocked"]!.GetValue<bool>())!["activityNodeId"]!.GetValue<string>();

        var (_, list) = await lawyer.AskAsync(HttpMethod.Get, $"/activity-execution-summaries/list?WorkflowInstanceId={id}&ActivityNodeId={node}");
        var execution = list!["items"]![0]!["id"]!.GetValue<string>();
        var (_, whole) = await lawyer.AskAsync(HttpMethod.Get, $"/activity-executions/by-id?id={execution}");
        var (_, stack) = await lawyer.AskAsync(HttpMethod.Get, $"/activity-executions/{execution}/call-stack?includeCrossWorkflowChain=True");

        Assert.Equal("Running", whole!["status"]!.GetValue<string>());
        Assert.True(whole["hasBookmarks"]!.GetValue<bool>());
        Assert.NotNull(whole["activityState"]!["Title"] ?? whole["activityState"]!["Role"]);
        Assert.Equal("Elsa.Workflow", stack!["items"]![0]!["activityType"]!.GetValue<string>());
        Assert.Equal(execution, stack["items"]!.AsArray()[^1]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task BulkExport_HoldsEachInstanceThatTheCallerMaySee()
    {
        var id = await host.InstanceAsync(host.Urn);
        using var lawyer = host.Client(Cast.Lawyer);
        using var stranger = host.Client(Cast.Stranger);

        Assert.Equal([$"instance-{id}.json"], await ZipAsync(lawyer, id, "none"));
        Assert.Empty(await ZipAsync(stranger, id));
    }

    [Fact]
    public async Task Version_MadeOfOverlays_IsDrawnForWhatRunsOnIt()
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var made = await db.Set<DefinitionRow>().Where(row => row.Version < 0).OrderBy(row => row.Id).ThenBy(row => row.Version)
            .Select(row => new { row.Id, row.Version }).FirstAsync(TestContext.Current.CancellationToken);
        using var lawyer = host.Client(Cast.Lawyer);

        var (found, drawn) = await lawyer.AskAsync(HttpMethod.Get, $"/workflow-definitions/by-id/{made.Id}@{made.Version}");
        var (_, list) = await lawyer.AskAsync(HttpMethod.Get, $"/workflow-definitions?versionOptions=&Ids={made.Id}@{made.Version}");
        var step = drawn!["root"]!["activities"]![0]!["nodeId"]!.GetValue<string>();
        var (whole, _) = await lawyer.AskAsync(HttpMethod.Get, $"/workflow-definitions/subgraph/segments/{made.Id}@{made.Version}?childNodeId={Uri.EscapeDataString(step)}");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (found, whole));
        Assert.Equal(made.Version, Assert.Single(list!["items"]!.AsArray())!["version"]!.GetValue<int>());
        Assert.Empty(drawn["links"]!.AsArray());
    }

    [Fact]
    public async Task Hub_TellsOfAStep_AndOnlyThoseWhoMaySee()
    {
        var urn = await host.OpenCaseAsync();
        var id = await host.InstanceAsync(urn);
        using var viewer = await HubTalk.OpenAsync(host.Url, Cast.Lawyer);
        using var stranger = await HubTalk.OpenAsync(host.Url, Cast.Stranger);
        await viewer.ObserveAsync(id);
        await stranger.ObserveAsync(id);
        await viewer.CalledAsync("ActivityExecutionLogUpdatedAsync");

        await CloseAsync(urn);

        Assert.Equal(id, (await viewer.CalledAsync("WorkflowInstanceUpdatedAsync"))["workflowInstanceId"]!.GetValue<string>());
        await viewer.UntilToldAsync(stats => !stats.Any(stat => stat!["isBlocked"]!.GetValue<bool>()))
            .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.True(await stranger.IsSilentAsync());
    }

    [Fact]
    public async Task Hub_TellsWhoeverComesLater_HowItStands_ThoughNothingMoved()
    {
        var id = await host.InstanceAsync(await host.OpenCaseAsync());
        using var first = await HubTalk.OpenAsync(host.Url, Cast.Lawyer);
        using var second = await HubTalk.OpenAsync(host.Url, Cast.Lawyer);
        await first.ObserveAsync(id);
        await first.CalledAsync("ActivityExecutionLogUpdatedAsync");

        await second.ObserveAsync(id);

        var stats = await second.CalledAsync("ActivityExecutionLogUpdatedAsync").WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.NotEmpty(stats["stats"]!.AsArray());
    }

    [Fact]
    public async Task Hub_TellsAgain_WhoeverMayNotHaveListenedYet()
    {
        var id = await host.InstanceAsync(await host.OpenCaseAsync());
        using var viewer = await HubTalk.OpenAsync(host.Url, Cast.Lawyer);
        await viewer.ObserveAsync(id);
        await viewer.CalledAsync("ActivityExecutionLogUpdatedAsync");

        var again = await viewer.CalledAsync("ActivityExecutionLogUpdatedAsync").WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.NotEmpty(again["stats"]!.AsArray());
    }

    [Fact]
    public async Task Hub_EndsTheConnectionOfWhoeverMayNoLonger()
    {
        var urn = await host.OpenCaseAsync();
        using var viewer = await HubTalk.OpenAsync(host.Url, Cast.Lawyer);
        await viewer.ObserveAsync(await host.InstanceAsync(urn));
        await viewer.CalledAsync("ActivityExecutionLogUpdatedAsync");

        await CloseAsync(urn, seals: true);

        Assert.True(await viewer.IsEndedAsync());
    }

    [Theory]
    [InlineData(Cast.Lawyer, "http://elsewhere.example")]
    [InlineData(null, null)]
    public async Task Hub_FromAnotherSite_OrWithoutSignIn_IsRefused(string? subject, string? origin) =>
        await Assert.ThrowsAsync<WebSocketException>(() => HubTalk.OpenAsync(host.Url, subject, origin));

    [Theory]
    [InlineData("/designer/workflows/instances")]
    [InlineData("/designer/workflows/definitions")]
    [TestsPage("/designer/workflows/instances", PageCase.NoRole, PageCase.WrongRole, PageCase.HappyPath)]
    [TestsPage("/designer/workflows/definitions", PageCase.NoRole, PageCase.WrongRole, PageCase.HappyPath)]
    public async Task List_OnAPage_AllowsWhatStudioNeeds_AndOnlyPeopleWhoMayLook(string path)
    {
        using var lawyer = host.Client(Cast.Lawyer);
        using var roleless = host.Client(Cast.Roleless);
        using var officer = host.Client(Cast.OtherPrivacyOfficer);

        using var shown = await lawyer.GetAsync(path, TestContext.Current.CancellationToken);
        using var refused = await roleless.GetAsync(path, TestContext.Current.CancellationToken);
        using var wrong = await officer.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (shown.StatusCode, refused.StatusCode, wrong.StatusCode));
        Assert.Contains("'wasm-unsafe-eval'", shown.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("wasm", refused.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    [TestsPage("/designer/workflows/instances/{instanceId}/view", PageCase.NoRole, PageCase.WrongRole, PageCase.UnknownId, PageCase.WrongState, PageCase.HappyPath)]
    public async Task View_OfAnInstance_IsForThoseWhoMaySeeItsCase()
    {
        var urn = await host.OpenCaseAsync();
        var path = $"/designer/workflows/instances/{await host.InstanceAsync(urn)}/view";

        var before = await StatusesAsync(path, Cast.Lawyer, Cast.Stranger, Cast.Roleless);
        var unknown = await StatusesAsync("/designer/workflows/instances/none/view", Cast.Lawyer);
        await SealAsync(urn);
        var whenSealed = await StatusesAsync(path, Cast.Lawyer);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.Forbidden], before);
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound], [.. unknown, .. whenSealed]);
    }

    private async Task<List<HttpStatusCode>> StatusesAsync(string path, params IReadOnlyList<string> subjects)
    {
        List<HttpStatusCode> statuses = [];
        foreach (var subject in subjects)
        {
            using var client = host.Client(subject);
            using var shown = await client.GetAsync(path, TestContext.Current.CancellationToken);
            statuses.Add(shown.StatusCode);
        }

        return statuses;
    }

    private async Task SealAsync(string urn)
    {
        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        await db.Cases.Where(file => file.Urn == urn).ExecuteUpdateAsync(file => file.SetProperty(row => row.Sealed, true).SetProperty(row => row.SealEpoch, 1));
    }

    /// <summary>A step that ends the instance.</summary>
    private async Task CloseAsync(string urn, bool seals = false)
    {
        if (seals)
        {
            await SealAsync(urn);
        }

        await using var db = host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();
        var id = await db.Cases.Where(file => file.Urn == urn).Select(file => file.Id).SingleAsync();
        await host.Host.Services.GetRequiredService<UnitRunner>().RunAsync(db, new UnitCommand
        {
            RequestId = Guid.NewGuid().ToString("n"),
            Caller = "tests",
            BodyDigest = "",
            Actor = "tests",
            Now = DateTimeOffset.UtcNow,
            Unit = UnitAddress.Existing(id),
            Steps = [new CancelStep()],
        }, TestContext.Current.CancellationToken);
    }

    private static async Task<List<JsonNode>> FoundAsync(HttpClient client, JsonObject search)
    {
        var (status, body) = await client.AskAsync(HttpMethod.Post, "/workflow-instances", search);
        Assert.Equal(HttpStatusCode.OK, status);
        return [.. body!["items"]!.AsArray().Select(item => item!)];
    }

    private static async Task<IEnumerable<string>> ZipAsync(HttpClient client, params string[] ids)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Post, "/elsa/api/bulk-actions/export/workflow-instances")
        {
            Content = new StringContent(new JsonObject { ["ids"] = new JsonArray([.. ids.Select(id => JsonValue.Create(id))]) }.ToJsonString(), null, "application/json"),
        };
        asked.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await client.SendAsync(asked, TestContext.Current.CancellationToken);
        await using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        return [.. zip.Entries.Select(entry => entry.FullName)];
    }
}
