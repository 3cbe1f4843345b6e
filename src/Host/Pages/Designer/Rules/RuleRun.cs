using System.Text.Json.Nodes;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;

namespace Assize.Host.Pages.Designer.Rules;

/// <summary>Runs the commands on drafts of forms, tables, calendars and code lists.</summary>
public sealed class RuleRun(CaseDatabase database, SaveDraft save, RevertDraft revert, DiscardDraft discard, RequestPublication ask)
{
    /// <param name="revision">What the page was made from; null where it begins a draft.</param>
    public async Task<DraftAnswer> SaveAsync(Caller caller, RuleName rule, JsonObject file, int? revision, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await save.RunAsync(db, caller, new SentRule(rule, file, revision), ct);
    }

    public async Task<DraftAnswer> RevertAsync(Caller caller, RuleName rule, int version, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await revert.RunAsync(db, caller, rule.ToString(), version, ct);
    }

    public async Task<DraftAnswer> DiscardAsync(Caller caller, RuleName rule, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await discard.RunAsync(db, caller, rule.ToString(), ct);
    }

    public async Task<DraftAnswer> AskAsync(Caller caller, RuleName rule, string? note, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await ask.RunAsync(db, caller, rule.ToString(), note, ct);
    }
}
