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
    private const string Window = "X-Assize-Window";

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
        HttpContext http, SaveDraft save, KeepUnreadable keep, RequestPublication request, DraftQueries drafts, CaseDatabase database, CancellationToken ct)
    {
        if (await StudioBody.ReadAsync(http, ct) is not { } body || body["model"] is not JsonObject model)
        {
            return StudioAnswers.Said("This is not what the designer sends. Nothing was stored.");
        }

        model["definitionId"] ??= await drafts.NewIdAsync(model.TextOf("name") ?? "workflow", ct);
        var saved = await StoreAsync(model, http, save, keep, database, ct);
        return saved is DraftSaved { Draft: var draft }
            ? body.FlagOf("publish") ? await PublishAsync(draft.DefinitionId, http.Caller(), request, database, ct) : StudioAnswers.Saved(draft)
            : StudioAnswers.Refused((DraftRefused)saved);
    }

    // The body of an import is the model itself; Studio puts the open definition's id into it.
    private static async Task<IResult> ImportAsync(
        HttpContext http, SaveDraft save, KeepUnreadable keep, DraftQueries drafts, DefinitionCheck check, CaseDatabase database, CancellationToken ct)
    {
        if (await StudioBody.ReadAsync(http, ct) is not { } model)
        {
            return StudioAnswers.Said("This file is no JSON. Nothing was stored.");
        }

        var id = model.TextOf("definitionId") ?? await drafts.NewIdAsync(model.TextOf("name") ?? "workflow", ct);
        model["definitionId"] = id;
        SetRevision(model, (await drafts.FindAsync(id, http.Caller(), ct))?.Revision);
        var answer = await StoreAsync(model, http, save, keep, database, ct);
        if (answer is DraftRefused refused)
        {
            return StudioAnswers.Refused(refused);
        }

        var draft = ((DraftSaved)answer).Draft;
        await SayLackingAsync(http, draft, check, database, ct);
        return StudioAnswers.Answer(StudioDefinitions.Whole(draft, mayDraft: true));
    }

    /// <summary>What a file from elsewhere lacks here is said at once, step by step, and not only when it is to be published.</summary>
    private static async Task SayLackingAsync(HttpContext http, WorkflowDraft draft, DefinitionCheck check, CaseDatabase database, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        if ((await check.RunAsync(db, DefinitionReader.Read(draft.Text), ct)).Problems is { Count: > 0 } problems)
        {
            StudioAnswers.Say(http, ["It is taken in as a draft. Before it can be published:", .. problems.Select(problem => problem.Message)]);
        }
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
        JsonObject model, HttpContext http, SaveDraft save, KeepUnreadable keep, CaseDatabase database, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var text = model.ToJsonString();
        try
        {
            var answer = await save.RunAsync(db, http.Caller(), DefinitionReader.Read(text), ct, http.Request.Headers[Window].ToString() is { Length: > 0 and <= 64 } window ? window : null);
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

    private static void SetRevision(JsonObject model, int? revision)
    {
        if (model["root"] is JsonObject root)
        {
            var custom = root["customProperties"] as JsonObject ?? [];
            root["customProperties"] = custom;
            custom.Remove("revision");
            if (revision is { } number)
            {
                custom["revision"] = number;
            }
        }
    }
}
