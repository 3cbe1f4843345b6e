using System.Text.Json.Nodes;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Assize.Workflows.Verifying;

namespace Assize.Host.Pages.Designer.Rules;

/// <summary>Says what is wrong with a file as it stands today.</summary>
public sealed class RuleChecking(CaseDatabase database, RuleCheck check)
{
    public async Task<Verification> RunAsync(RuleName rule, JsonObject file, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await check.RunAsync(db, rule, file, ct);
    }
}
