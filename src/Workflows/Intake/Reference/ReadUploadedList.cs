using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Operations;
using Assize.Workflows.Rules;
using Assize.Workflows.Rules.Editing;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Intake.Reference;

/// <summary>Makes an uploaded table the draft. What the draft says besides its codes stays, and the same table again is the same draft.</summary>
public sealed class ReadUploadedList(CaseDatabase database, ReferenceStore reference, ReplaceDraft replace)
{
    public const string Name = "code-list-upload";

    public OperationKind Kind => new(Name, AdvanceAsync, (_, _, _) => Task.CompletedTask);

    private async Task<OperationProgress> AdvanceAsync(CaseDb db, TrackedOperation operation, CancellationToken ct)
    {
        UploadSettings settings = JsonSerializer.Deserialize<UploadSettings>(operation.Settings, JsonSerializerOptions.Web)!;
        RuleName rule = new(RuleName.List, settings.List);
        List<ReferenceItem> known = [.. (await reference.CurrentAsync(db, ct)).List(settings.List)];
        JsonObject file = await BeforeAsync(db, rule, ct);
        try
        {
            file["items"] = CodeListTable.Read(settings.Table, known.Select(x => x.Detail));
        }
        catch (InvalidDataException unreadable)
        {
            throw new OperationFailed($"{unreadable.Message} The draft is as it was. Correct the file and upload it again.");
        }
        // In a context of its own: the draft is another transaction's, and saving it twice is saving it once.
        await using CaseDb own = database.CreateDbContext();
        Caller caller = new(operation.StartedBy, operation.Agency, [], operation.StartedByName, false, "operations");
        if (await replace.RunAsync(own, caller, new SentRule(rule, file, settings.Revision), ct) is DraftRefused refused)
        {
            throw new OperationFailed(refused.Message);
        }
        int count = file["items"]!.AsArray().Count;
        return new OperationProgress(null, count, count, JsonSerializer.Serialize(new Dictionary<string, int> { [settings.List] = count }));
    }

    private static async Task<JsonObject> BeforeAsync(CaseDb db, RuleName rule, CancellationToken ct)
    {
        string key = rule.ToString();
        string? text = await db.Drafts.AsNoTracking().Where(x => x.DefinitionId == key).Select(x => x.Text).SingleOrDefaultAsync(ct)
            ?? await PublishedVersions.TextAsync(db, key, await PublishedVersions.NewestAsync(db, key, ct), ct);
        return text is null ? RuleText.Empty(RuleName.List, rule.Id) : RuleJson.Read(text)!;
    }
}
