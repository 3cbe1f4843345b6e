using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Host.Access;
using Assize.Host.Api;
using Assize.Host.Operations;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Storage;
using Assize.Workflows.Verifying;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Designer;

/// <summary>Saving, asking for publication and going back, as Studio's editor and lists ask for them.</summary>
internal static class DraftRoutes
{
    private const string Waits = "The draft is kept, and its publication has been asked for. It waits for another process owner, who finds it under Publications.";

    private const string WaitsForTwo = "The draft is kept, and its publication has been asked for. Nobody could show that it always comes to its end, so it waits for two other process owners, who find it under Publications.";

    /// <summary>Our own page says by this which window a save comes from.</summary>
    private const string WindowHeader = "X-Assize-Window";

    // The longest definition, and what stands around it in a save.
    private static readonly RequestSizeLimitAttribute LongBody = new(DefinitionReader.MaxBytes + (64 * 1024));

    public static void MapDrafts(this RouteGroupBuilder studio)
    {
        studio.MapPost("/workflow-definitions", SaveAsync).WithMetadata(LongBody).Needs(AccessActions.DraftDefinition);
        studio.MapPost("/workflow-definitions/import", ImportAsync).WithMetadata(LongBody).Needs(AccessActions.DraftDefinition);
        studio.MapPost("/workflow-definitions/{id}/publish", (string id, HttpContext http, RequestPublication request, CaseDatabase database, CancellationToken ct) =>
            PublishAsync(id, http.Caller(), request, database, ct)).Needs(AccessActions.RequestPublication);
        studio.MapPost("/workflow-definitions/{id}/revert/{version:int}", RevertAsync).Needs(AccessActions.DraftDefinition);
        studio.MapPost("/workflow-definitions/{id}/retract", RetractAsync).Needs(AccessActions.ApprovePublication);
        studio.MapDelete("/workflow-definitions/{id}", DiscardAsync).Needs(AccessActions.DraftDefinition);
        studio.MapDelete("/workflow-definition-versions/{versionId}", DiscardVersionAsync).Needs(AccessActions.DraftDefinition);
    }

    private static async Task<IResult> SaveAsync(
        HttpContext http, SaveDraft save, KeepUnreadable keep, RequestPublication request, CaseDatabase database, CancellationToken ct)
    {
        if (await StudioBody.ReadAsync(http, ct) is not { } body || body["model"] is not JsonObject model)
        {
            http.Response.Headers["x-assize-unkept"] = "true";
            return StudioAnswers.Said("This is not what the designer sends, or is nested too deep to be read. Nothing was stored, and the draft is as it was.");
        }

        model["definitionId"] ??= await NewIdAsync(http, model, database, ct);
        var saved = await StoreAsync(model, http, keep, database, (db, sent) => save.RunAsync(db, http.Caller(), sent, ct, Window(http)), ct);
        return saved is DraftSaved { Draft: var draft }
            ? body.FlagOf("publish") ? await PublishAsync(draft.DefinitionId, http.Caller(), request, database, ct) : StudioAnswers.Saved(draft)
            : StudioAnswers.Refused((DraftRefused)saved);
    }

    // The body of an import is the model itself; Studio puts the open definition's id into it. Whoever imports over a draft may not have seen what it says.
    private static async Task<IResult> ImportAsync(
        HttpContext http, ReplaceDraft replace, KeepUnreadable keep, DraftQueries drafts, DefinitionCheck check, CaseDatabase database, CancellationToken ct)
    {
        if (await StudioBody.ReadAsync(http, ct) is not { } model)
        {
            return StudioAnswers.Said("This file is no JSON. Nothing was stored.");
        }

        var id = model.TextOf("definitionId") ?? await NewIdAsync(http, model, database, ct);
        model["definitionId"] = id;
        var before = await drafts.FindAsync(id, http.Caller(), ct);
        var answer = await StoreAsync(model, http, keep, database, (db, sent) => replace.RunAsync(db, http.Caller(), id, sent, before?.Revision, ct, Window(http)), ct);
        if (answer is DraftRefused refused)
        {
            return StudioAnswers.Refused(refused);
        }

        var draft = ((DraftSaved)answer).Draft;
        await SayAsync(http, before is not null && draft.Revision > before.Revision, draft, check, database, ct);
        return StudioAnswers.Answer(StudioDefinitions.Whole(draft, mayDraft: true));
    }

    /// <summary>What a file took the place of, and what one from elsewhere lacks here, is said at once, and not only when it is to be published.</summary>
    private static async Task SayAsync(HttpContext http, bool replaced, WorkflowDraft draft, DefinitionCheck check, CaseDatabase database, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var problems = (await check.RunAsync(db, DefinitionReader.Read(draft.Text), ct)).Problems;
        StudioAnswers.Say(
            http,
            [
                .. replaced ? [ReplaceDraft.Kept] : (string[])[],
                .. problems.Count > 0 ? ["It is taken in as a draft. Before it can be published:"] : (string[])[],
                .. problems.Select(problem => problem.Message),
            ]);
    }

    private static async Task<IResult> PublishAsync(string id, Caller caller, RequestPublication request, CaseDatabase database, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await request.RunAsync(db, caller, id, note: null, ct) switch
        {
            DraftRefused refused => StudioAnswers.Refused(refused),
            PublicationRequested { NeedsAnotherApprover: true } => StudioAnswers.Said(WaitsForTwo),
            _ => StudioAnswers.Said(Waits),
        };
    }

    private static async Task<IResult> RevertAsync(string id, int version, HttpContext http, RevertDraft revert, CaseDatabase database, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await revert.RunAsync(db, http.Caller(), id, version, ct) switch
        {
            DraftSaved saved => StudioAnswers.Answer(StudioDefinitions.Whole(saved.Draft, mayDraft: true)),
            var refused => StudioAnswers.Refused((DraftRefused)refused),
        };
    }

    private static async Task<IResult> RetractAsync(
        string id, HttpContext http, RetractVersion retract, StudioDefinitions definitions, BusinessClock clock, CaseDatabase database, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await retract.RunAsync(db, http.Caller(), id, ct, clock.GetUtcNow()) is DraftRefused refused
            ? StudioAnswers.Refused(refused)
            : StudioAnswers.Answer(await definitions.ByDefinitionAsync(id, "Latest", await DesignerRoutes.UserAsync(http, ct), ct));
    }

    private static async Task<IResult> DiscardAsync(string id, HttpContext http, DiscardDraft discard, CaseDatabase database, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await discard.RunAsync(db, http.Caller(), id, ct) is DraftRefused refused
            ? StudioAnswers.Said(refused.Code == "draft-not-found" ? "A published version is never deleted; retract it, and no new case takes it." : refused.Message)
            : Results.NoContent();
    }

    private static async Task<IResult> DiscardVersionAsync(
        string versionId, HttpContext http, DiscardDraft discard, DraftQueries drafts, CaseDatabase database, CancellationToken ct) =>
        StudioDefinitions.Split(versionId) is var (id, version) && (await drafts.FindAsync(id, http.Caller(), ct))?.Version == version
            ? await DiscardAsync(id, http, discard, database, ct)
            : StudioAnswers.Said("A published version is never deleted; retract it, and no new case takes it.");

    private static async Task<DraftAnswer> StoreAsync(
        JsonObject model, HttpContext http, KeepUnreadable keep, CaseDatabase database, Func<CaseDb, WorkflowDefinition, Task<DraftAnswer>> store, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var text = model.ToJsonString();
        try
        {
            var answer = await store(db, DefinitionReader.Read(text));
            if (answer is DraftSaved { Draft: var draft })
            {
                http.RequestServices.GetRequiredService<VerdictAhead>().Saved(draft);
            }

            return answer;
        }
        catch (DefinitionUnreadable unreadable)
        {
            return await keep.RunAsync(db, http.Caller(), model.TextOf("definitionId")!, text, unreadable, ct);
        }
    }

    private static async Task<string> NewIdAsync(HttpContext http, JsonObject model, CaseDatabase database, CancellationToken ct)
    {
        var services = http.RequestServices;
        await using var db = database.CreateDbContext();
        return await services.GetRequiredService<BegunDraft>().IdAsync(db, http.Caller(), Window(http), model, ct)
            ?? await services.GetRequiredService<DraftQueries>().NewIdAsync(model.TextOf("name") ?? "workflow", ct);
    }

    private static string? Window(HttpContext http) => http.Request.Headers[WindowHeader].ToString() is { Length: > 0 and <= 64 } window ? window : null;
}
