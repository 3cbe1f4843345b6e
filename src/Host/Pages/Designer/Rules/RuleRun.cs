using System.Text.Json.Nodes;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Operations;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;

namespace Assize.Host.Pages.Designer.Rules;

/// <summary>Runs the commands on drafts of forms, tables, calendars and code lists.</summary>
public sealed class RuleRun(CaseDatabase database, SaveDraft save, ReplaceDraft replace, RevertDraft revert, UploadCodeList upload)
{
    /// <param name="revision">What the page was made from; null where it begins a draft.</param>
    public async Task<DraftAnswer> SaveAsync(Caller caller, RuleName rule, JsonObject file, int? revision, CancellationToken ct, DefinitionOwner? owner = null)
    {
        await using var db = database.CreateDbContext();
        return await save.RunAsync(db, caller, new SentRule(rule, file, revision), ct, owner: owner);
    }

    /// <summary>A file in the place of the whole draft.</summary>
    public async Task<DraftAnswer> ReplaceAsync(Caller caller, RuleName rule, JsonObject file, int? revision, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await replace.RunAsync(db, caller, new SentRule(rule, file, revision), ct);
    }

    public async Task<DraftAnswer> RevertAsync(Caller caller, RuleName rule, int version, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await revert.RunAsync(db, caller, rule.ToString(), version, ct);
    }

    public async Task<(TrackedOperation? Operation, string? Code, string? Refusal)> UploadAsync(Caller caller, RuleName rule, int? revision, string table, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await upload.RunAsync(db, caller, rule, revision, table, ct);
    }
}
