using System.Net;
using System.Text.Json.Nodes;
using Assize.Audit;
using Assize.Engine.Storage;
using Assize.Host.Tests.Coverage;
using Assize.Workflows.Access;
using Assize.Workflows.Practice;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Assize.Host.Tests.Designer;

[SparesPage("/designer/practice/{caseId}", PageCase.WrongState, "a wait that is over is answered by the command's own test")]
public sealed class PracticeTests(HostFixture host)
{
    private const string Route = "/designer/practice/{caseId}";

    [Fact]
    public async Task Run_OfADraft_BeginsACaseThatIsInNobodysList()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var other = host.Client(Cast.SecondOwner);
        var id = await DrawnAsync(owner, Event("done.elsewhere"));

        var (instance, _) = await RunAsync(owner, id);

        var caseId = await CaseAsync(instance!);
        var (_, list) = await owner.AskAsync(HttpMethod.Post, "/workflow-instances", new JsonObject { ["definitionId"] = id });
        var (_, versions) = await owner.AskAsync(HttpMethod.Get, $"/workflow-definitions?versionOptions=&Ids={list!["items"]![0]!["definitionVersionId"]}");
        var (_, others) = await other.AskAsync(HttpMethod.Post, "/workflow-instances", new JsonObject { ["definitionId"] = id });
        Assert.Equal(instance, Assert.Single(list["items"]!.AsArray())!["id"]!.GetValue<string>());
        Assert.Single(versions!["items"]!.AsArray());
        Assert.Empty(others!["items"]!.AsArray());
        await using var db = Db();
        var access = host.Host.Services.GetRequiredService<IAccessEvaluator>();
        foreach (var subject in (string[])[Cast.ProcessOwner, Cast.Lawyer, Cast.CourtAdministrator])
        {
            var caller = Assize.Host.Access.Callers.From(Cast.Principal(subject)!)!;
            Assert.False(await access.VisibleCases(db, caller).AnyAsync(file => file.Id == caseId, TestContext.Current.CancellationToken));
            Assert.False((await access.CheckAsync(db, caller, AccessActions.ReadCase, AccessTarget.Case(caseId), TestContext.Current.CancellationToken)).Allowed);
            Assert.False(await access.VisibleTasks(db, caller).AnyAsync(task => task.CaseId == caseId, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Run_OfAnEventThatOthersAwait_IsHeardByNobody()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var (instance, _) = await RunAsync(owner, await DrawnAsync(owner, Event("intake.practised")));

        var caseId = await CaseAsync(instance!);
        await using var db = Db();
        Assert.Equal(0, await db.Set<OutboxRow>().CountAsync(row => row.UnitId == caseId, TestContext.Current.CancellationToken));
        Assert.Equal(0, await db.Messages.CountAsync(message => message.CaseId == caseId, TestContext.Current.CancellationToken));
        Assert.Equal(0, await db.Hearings.CountAsync(hearing => hearing.CaseId == caseId, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_OfThePublishedProcess_GoesFromTaskToTask_OnThePracticePage()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var (instance, _) = await RunAsync(owner, "mags-charged");
        var path = $"/designer/practice/{await CaseAsync(instance!)}";

        using var shown = await owner.GetAsync(path, TestContext.Current.CancellationToken);
        var (before, button) = await FirstAsync(shown);
        using var asked = await owner.PostFormAsync(path, "handler=answer", ("outcome", button));
        using var viewed = await owner.GetAsync($"/designer/workflows/instances/{instance}/view", TestContext.Current.CancellationToken);

        Assert.NotEmpty(before);
        Assert.True(asked.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect, $"Expected the task to be answered or its form to be shown, but it was {asked.StatusCode}.");
        Assert.NotNull((await viewed.PageAsync()).QuerySelector("#assize-practice"));
    }

    [Fact]
    [TestsPage(Route, PageCase.HappyPath)]
    public async Task Answer_OfAnEvent_MovesTheInstanceOn_AndTheViewerIsTold()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var (instance, _) = await RunAsync(owner, await DrawnAsync(owner, Awaits("practice.goes-on")));
        using var viewer = await HubTalk.OpenAsync(host.Url, Cast.ProcessOwner);
        await viewer.ObserveAsync(instance!);
        await viewer.CalledAsync("ActivityExecutionLogUpdatedAsync");
        var path = $"/designer/practice/{await CaseAsync(instance!)}";

        using var answered = await owner.PostFormAsync(path, "handler=answer", ("outcome", ""));
        await AssertRecordedAsync(PracticeAudit.Answered, path.Split('/')[^1]);
        using var after = await owner.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, answered.StatusCode);
        Assert.Contains("It has ended", (await after.PageAsync()).QuerySelector("#practice-waits")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(instance, (await viewer.CalledAsync("WorkflowInstanceUpdatedAsync"))["workflowInstanceId"]!.GetValue<string>());
        await viewer.UntilToldAsync(stats => !stats.Any(stat => stat!["isBlocked"]!.GetValue<bool>()))
            .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Cast.Lawyer)]
    [TestsPage(Route, PageCase.NoRole)]
    public async Task Get_ByAnybodyElse_IsRefused(string? subject)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var client = host.Client(subject);
        var (instance, _) = await RunAsync(owner, await DrawnAsync(owner, Awaits("never")));

        using var shown = await client.GetAsync($"/designer/practice/{await CaseAsync(instance!)}", TestContext.Current.CancellationToken);

        Assert.True(shown.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
    }

    [Fact]
    [TestsPage(Route, PageCase.UnknownId, PageCase.WrongRole)]
    public async Task Get_OfARealCase_IsNotThere()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        await using var db = Db();
        var real = await db.Cases.Where(file => file.Urn == host.Urn).Select(file => file.Id).SingleAsync(TestContext.Current.CancellationToken);

        foreach (var id in (string[])[real, "none"])
        {
            using var shown = await owner.GetAsync($"/designer/practice/{id}", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, shown.StatusCode);
        }
    }

    [Fact]
    public async Task Delete_TakesEveryRowOfThePractice_AndNoneOfARealCase()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var (instance, _) = await RunAsync(owner, "mags-charged");
        var caseId = await CaseAsync(instance!);
        await using var db = Db();
        var real = await db.Set<InstanceRow>().Where(row => row.ParentId == null && row.DefinitionId == "mags-charged").Select(row => row.Id).FirstAsync(TestContext.Current.CancellationToken);

        var (_, both) = await owner.AskAsync(HttpMethod.Post, "/bulk-actions/delete/workflow-instances/by-id", new JsonObject { ["ids"] = new JsonArray(instance, real) });

        Assert.Equal(1, both!["deleted"]!.GetValue<int>());
        await AssertRecordedAsync(PracticeAudit.Deleted, caseId);
        Assert.True(await db.Set<InstanceRow>().AnyAsync(row => row.Id == real, TestContext.Current.CancellationToken));
        Assert.Equal(0, await db.Set<JournalRow>().CountAsync(row => row.UnitId == caseId, TestContext.Current.CancellationToken) + await db.Tasks.CountAsync(task => task.UnitId == caseId, TestContext.Current.CancellationToken)
            + await db.Cases.CountAsync(file => file.Id == caseId, TestContext.Current.CancellationToken) + await db.Set<UnitRow>().CountAsync(row => row.Id == caseId, TestContext.Current.CancellationToken)
            + await db.Participants.CountAsync(part => part.CaseId == caseId, TestContext.Current.CancellationToken) + await db.Set<PracticeCase>().CountAsync(practice => practice.CaseId == caseId, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Sweep_DeletesWhatHasHadItsDays()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var (instance, _) = await RunAsync(owner, await DrawnAsync(owner, Awaits("sweep")));
        var caseId = await CaseAsync(instance!);
        await using var db = Db();
        await db.Set<PracticeCase>().Where(practice => practice.CaseId == caseId).ExecuteUpdateAsync(
            practice => practice.SetProperty(row => row.KeptUntil, DateTimeOffset.UtcNow.AddMinutes(-1)), TestContext.Current.CancellationToken);

        await host.Host.Services.GetRequiredService<DeletePractice>().SweepAsync(db, TestContext.Current.CancellationToken);

        Assert.False(await db.Cases.AnyAsync(file => file.Id == caseId, TestContext.Current.CancellationToken));
        await AssertRecordedAsync(PracticeAudit.Deleted, caseId, Caller.Assize.Subject);
    }

    [Fact]
    public async Task Cancel_StopsAPractice_AndSaysOfARealCaseThatItDoesNot()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var (instance, _) = await RunAsync(owner, await DrawnAsync(owner, Awaits("cancel")));

        var (status, _) = await owner.AskAsync(HttpMethod.Post, $"/cancel/workflow-instances/{instance}");
        var (_, after) = await owner.AskAsync(HttpMethod.Get, $"/workflow-instances/{instance}");
        var (_, none) = await owner.AskAsync(HttpMethod.Post, "/bulk-actions/cancel/workflow-instances", new JsonObject { ["ids"] = new JsonArray("real") });

        await AssertRecordedAsync(PracticeAudit.Cancelled, await CaseAsync(instance!));
        Assert.Equal((HttpStatusCode.OK, "Cancelled", 0), (status, after!["subStatus"]!.GetValue<string>(), none!["cancelled"]!.GetValue<int>()));
    }

    [Fact]
    public async Task CancelOfAVersion_StopsTheCallersPractice_AndNobodyElses()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        using var other = host.Client(Cast.SecondOwner);
        var id = await DrawnAsync(owner, Awaits("cancel.version"));
        var (first, _) = await RunAsync(owner, id);
        var (second, _) = await RunAsync(owner, id);
        var (theirs, _) = await RunAsync(other, id);

        var (_, wrong) = await owner.AskAsync(HttpMethod.Post, "/bulk-actions/cancel/workflow-instances", new JsonObject { ["definitionVersionId"] = $"{id}@2" });
        var (status, done) = await owner.AskAsync(HttpMethod.Post, "/bulk-actions/cancel/workflow-instances", new JsonObject { ["definitionVersionId"] = $"{id}@1" });

        Assert.Equal((0, HttpStatusCode.OK, 2), (wrong!["cancelled"]!.GetValue<int>(), status, done!["cancelled"]!.GetValue<int>()));
        Assert.Equal(["Cancelled", "Cancelled", "Suspended"], [await SubStatusAsync(owner, first), await SubStatusAsync(owner, second), await SubStatusAsync(other, theirs)]);
    }

    private static async Task<string> SubStatusAsync(HttpClient client, string? instance) =>
        (await client.AskAsync(HttpMethod.Get, $"/workflow-instances/{instance}")).Body!["subStatus"]!.GetValue<string>();

    [Fact]
    public async Task Run_ByAReader_IsRefused()
    {
        using var reader = host.Client(Cast.Lawyer);

        var (status, _) = await reader.AskAsync(HttpMethod.Post, "/workflow-definitions/mags-charged/execute", new JsonObject());

        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    [Fact]
    public async Task Run_OfADraftThatNamesAnUnpublishedForm_SaysWhy()
    {
        using var owner = host.Client(Cast.ProcessOwner);
        var id = await DrawnAsync(owner, Step("task", "Assize.CaseTask", ("form", "never-published"), ("agency", "court"), ("role", "listing-officer")));

        var (instance, answer) = await RunAsync(owner, id);

        Assert.Null(instance);
        Assert.Contains("never-published", Uri.UnescapeDataString(answer.Headers.GetValues("x-assize-said").Single()), StringComparison.Ordinal);
    }

    private async Task AssertRecordedAsync(string action, string caseId, string by = Cast.ProcessOwner)
    {
        await using var db = Db();
        var entry = await db.Set<AuditEntry>().SingleAsync(row => row.Action == action && row.SubjectId == caseId, TestContext.Current.CancellationToken);
        Assert.Equal((by, "liverpool-magistrates"), (entry.Actor, entry.Agency));
    }

    private CaseDb Db() => host.Host.Services.GetRequiredService<CaseDatabase>().CreateDbContext();

    private async Task<string> CaseAsync(string instance)
    {
        await using var db = Db();
        return await db.Set<InstanceRow>().Where(row => row.Id == instance).Select(row => row.UnitId).SingleAsync();
    }

    /// <summary>Runs a workflow as Studio does: only the headers of the answer say anything.</summary>
    private static async Task<(string? Instance, HttpResponseMessage Answer)> RunAsync(HttpClient client, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/elsa/api/workflow-definitions/{id}/execute")
        {
            Content = new StringContent("""{"correlationId":null,"triggerActivityId":null,"versionOptions":"Latest","input":null}""", null, "application/json"),
        };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (answer.Headers.TryGetValues("x-elsa-workflow-instance-id", out var values) ? values.Single() : null, answer);
    }

    /// <summary>A new draft: a start and one step after it.</summary>
    private static async Task<string> DrawnAsync(HttpClient owner, JsonObject step)
    {
        using var begun = await owner.PostFormAsync("/designer", "", ("name", $"Practice {Guid.NewGuid():n}"));
        var id = begun.Headers.Location!.OriginalString.Split('/')[^1];
        var model = await owner.LoadAsync(id);
        model["root"]!["activities"]!.AsArray().Add(step);
        model["root"]!["connections"]!.AsArray().Add(new JsonObject
        {
            ["source"] = new JsonObject { ["activity"] = "start", ["port"] = "Done" },
            ["target"] = new JsonObject { ["activity"] = step["id"]!.GetValue<string>(), ["port"] = "In" },
        });
        var (status, _) = await owner.SaveAsync(model);
        Assert.Equal(HttpStatusCode.OK, status);
        return id;
    }

    private static JsonObject Event(string name) => Step("tell", "Elsa.PublishEvent", ("eventName", name));

    private static JsonObject Awaits(string name) => Step("wait", "Assize.AwaitEvent", ("eventName", name));

    private static JsonObject Step(string id, string type, params (string Member, string Value)[] inputs)
    {
        var step = new JsonObject { ["id"] = id, ["type"] = type, ["version"] = 1, ["name"] = id };
        foreach (var (member, value) in inputs)
        {
            step[member] = new JsonObject { ["typeName"] = "String", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = value } };
        }

        return step;
    }

    private static async Task<(string Title, string Outcome)> FirstAsync(HttpResponseMessage shown)
    {
        var card = (await shown.PageAsync()).QuerySelector("#practice-waits .govuk-summary-card")!;
        return (card.QuerySelector("h2")!.TextContent, card.QuerySelector("button[name=outcome]")!.GetAttribute("value")!);
    }
}
