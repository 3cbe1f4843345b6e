using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Definitions;
using Assize.Host.Access;
using Assize.Host.Api;
using Assize.Host.Api.Problems;
using Assize.Host.Operations;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Practice;
using Assize.Workflows.Storage;

namespace Assize.Host.Designer;

/// <summary>Run, cancel and delete, as Studio offers them: for practice cases. A real case is begun by a prosecution and ended by its own steps, and Studio is told so.</summary>
internal static class PracticeRoutes
{
    private const string OnlyPractice = "Only practice cases are cancelled or deleted here. A real case goes its way, and is closed on its own page.";
    private const string NoAlterations = "Cases are moved to another version on purpose and by plan, under Releases; Studio's alterations are not offered here. Nothing was changed.";

    public static void MapPractice(this RouteGroupBuilder studio)
    {
        studio.MapPost("/workflow-definitions/{id}/execute", ExecuteAsync).Needs(AccessActions.RunPractice);
        studio.MapPost("/workflow-definitions/{id}/dispatch", ExecuteAsync).Needs(AccessActions.RunPractice);
        studio.MapPost("/cancel/workflow-instances/{id}", (string id, HttpContext http, CancellationToken ct) => CancelAsync(http, [id], ct)).Needs(AccessActions.RunPractice);
        studio.MapDelete("/workflow-instances/{id}", (string id, HttpContext http, CancellationToken ct) => DeleteAsync(http, [id], ct)).Needs(AccessActions.RunPractice);
        studio.MapPost("/bulk-actions/delete/workflow-instances/by-id", async (HttpContext http, CancellationToken ct) =>
            await DeleteAsync(http, Ids(await StudioBody.ReadAsync(http, ct) ?? []), ct)).Needs(AccessActions.RunPractice);
        studio.MapPost("/bulk-actions/cancel/workflow-instances", CancelManyAsync).Needs(AccessActions.RunPractice);
        studio.MapPost("/bulk-actions/import/workflow-instances", (HttpContext http) => Nothing(http, "count",
            "An instance is the record of a case, so none is taken in from a file. Nothing was changed.")).DisableAntiforgery().Needs(AccessActions.RunPractice);
        foreach (var route in (string[])["/alterations/submit", "/alterations/run", "/alterations/dry-run"])
        {
            studio.MapPost(route, () => Problem.Conflict("not-offered", NoAlterations)).Needs(AccessActions.RunPractice);
        }

        studio.MapPost("/tests/activities", () => StudioAnswers.Answer(new JsonObject
        {
            ["activityState"] = new JsonObject(),
            ["payload"] = new JsonObject(),
            ["outputs"] = new JsonObject(),
            ["exception"] = Instances.StudioExecutions.Exception("not-offered", "A step is not tried by itself, since it needs a case around it. Run the workflow: that begins a practice case."),
            ["status"] = "Faulted",
        })).Needs(AccessActions.RunPractice);
    }

    private static async Task<IResult> ExecuteAsync(string id, HttpContext http, StartPractice start, BusinessClock clock, CaseDatabase database, CancellationToken ct)
    {
        var body = await StudioBody.ReadAsync(http, ct) ?? [];
        await using var db = database.CreateDbContext();
        var answer = await start.RunAsync(
            db, http.Caller(), Guid.NewGuid().ToString("n"), clock.GetUtcNow(), id, body.TextOf("triggerActivityId"), body["input"] as JsonObject, ct);
        if (answer is not Completed { Body: { } begun })
        {
            http.Response.Headers["x-elsa-workflow-cannot-start"] = "true";
            StudioAnswers.Say(http, answer is Refused refused ? refused.Message : "It could not be run. Nothing was changed.");
            return StudioAnswers.Answer([]);
        }

        http.Response.Headers["x-elsa-workflow-instance-id"] = (string)begun["instanceId"]!;
        return StudioAnswers.Answer([]);
    }

    /// <summary>The list of instances names those that are meant, the list of workflows a version, whose practice is the caller's own.</summary>
    private static async Task<IResult> CancelManyAsync(HttpContext http, CancellationToken ct)
    {
        var body = await StudioBody.ReadAsync(http, ct) ?? [];
        if (body.TextOf("definitionVersionId") is not { Length: > 0 } versionId)
        {
            return await CancelAsync(http, Ids(body), ct);
        }

        var practices = http.RequestServices.GetRequiredService<PracticeQueries>();
        var cancelled = StudioDefinitions.Split(versionId) is var (definitionId, version)
            ? await CancelCasesAsync(http, await practices.OnVersionAsync(http.Caller(), definitionId, version, ct), ct)
            : 0;
        StudioAnswers.Say(http, cancelled == 1 ? "1 practice case of yours is cancelled." : $"{cancelled} practice cases of yours are cancelled.", OnlyPractice);
        return StudioAnswers.Answer(new JsonObject { ["cancelled"] = cancelled });
    }

    private static async Task<IResult> CancelAsync(HttpContext http, IReadOnlyList<string> instances, CancellationToken ct) =>
        Told(http, "cancelled", await CancelCasesAsync(http, await CasesAsync(http, instances, ct), ct), instances.Count);

    private static async Task<int> CancelCasesAsync(HttpContext http, IReadOnlyList<string> cases, CancellationToken ct)
    {
        var services = http.RequestServices;
        var cancelled = 0;
        foreach (var caseId in cases)
        {
            await using var db = services.GetRequiredService<CaseDatabase>().CreateDbContext();
            cancelled += await services.GetRequiredService<CancelPractice>()
                .RunAsync(db, http.Caller(), Guid.NewGuid().ToString("n"), services.GetRequiredService<BusinessClock>().GetUtcNow(), caseId, ct) is Completed ? 1 : 0;
        }

        return cancelled;
    }

    private static async Task<IResult> DeleteAsync(HttpContext http, IReadOnlyList<string> instances, CancellationToken ct)
    {
        var services = http.RequestServices;
        var deleted = 0;
        foreach (var caseId in await CasesAsync(http, instances, ct))
        {
            await using var db = services.GetRequiredService<CaseDatabase>().CreateDbContext();
            deleted += await services.GetRequiredService<DeletePractice>().RunAsync(db, http.Caller(), caseId, ct) ? 1 : 0;
        }

        return Told(http, "deleted", deleted, instances.Count);
    }

    private static IResult Told(HttpContext http, string member, int done, int asked)
    {
        if (done < asked)
        {
            StudioAnswers.Say(http, OnlyPractice);
        }

        return StudioAnswers.Answer(new JsonObject { [member] = done });
    }

    private static IResult Nothing(HttpContext http, string member, string why)
    {
        StudioAnswers.Say(http, why);
        return StudioAnswers.Answer(new JsonObject { [member] = 0 });
    }

    /// <summary>The practice cases that the instances belong to.</summary>
    private static async Task<IReadOnlyList<string>> CasesAsync(HttpContext http, IReadOnlyList<string> instances, CancellationToken ct) =>
        await http.RequestServices.GetRequiredService<PracticeQueries>().CasesAsync(http.Caller(), instances, ct);

    private static IReadOnlyList<string> Ids(JsonObject body) =>
        [.. body.ArrayOf("ids").Select(item => item.AsText()).OfType<string>().Distinct()];
}
