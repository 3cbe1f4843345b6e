using Assize.Engine.Definitions;
using Assize.Host.Operations;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting;
using Assize.Workflows.Releasing;
using Assize.Workflows.Storage;
using Assize.Workflows.Verifying;

namespace Assize.Host.Pages.Designer.Publications;

/// <summary>Runs what people ask on the pages of publications and releases.</summary>
public sealed class PublicationRun(CaseDatabase database, DecidePublication decide, DraftCheck check, ReturnRelease back, BusinessClock clock)
{
    public async Task<DraftAnswer> ApproveAsync(Caller caller, string id, string hash, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await decide.ApproveAsync(db, caller, id, hash, ct, clock.GetUtcNow());
    }

    public async Task<DraftAnswer> RefuseAsync(Caller caller, string id, string reason, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await decide.RefuseAsync(db, caller, id, reason, ct);
    }

    public async Task<DraftAnswer> ReturnAsync(Caller caller, string definitionId, int number, string reason, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await back.RunAsync(db, caller, definitionId, number, reason, ct, clock.GetUtcNow());
    }

    /// <summary>What would be said of what is asked for today.</summary>
    public async Task<Verification> VerifyAsync(PublicationRequest asked, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await check.RunAsync(db, asked.DefinitionId, asked.Text, ct);
    }

    public async Task<Verification> VerifyAsync(WorkflowDefinition definition, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await check.RunAsync(db, definition.DefinitionId, definition.Json.ToJsonString(), ct);
    }
}
