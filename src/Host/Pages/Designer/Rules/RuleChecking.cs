using System.Text.Json.Nodes;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Assize.Workflows.Verifying;

namespace Assize.Host.Pages.Designer.Rules;

/// <summary>Says what is wrong with a file as it stands today, asks for its publication, or discards it.</summary>
public sealed class RuleChecking(CaseDatabase database, RuleCheck check, RequestPublication ask, DiscardDraft discard)
{
    public async Task<Verification> RunAsync(RuleName rule, JsonObject file, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await check.RunAsync(db, rule, file, ct);
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
