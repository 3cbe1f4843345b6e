using Assize.Engine.Instances;
using Assize.Workflows.Access;
using Assize.Workflows.Migrating;
using Assize.Workflows.Storage;

namespace Assize.Host.Pages.Designer.Migrating;

/// <summary>Begins what people ask for on pages.</summary>
public sealed class MigrationRun(CaseDatabase database, BeginMigration begin)
{
    public async Task<MigrationAnswer> BeginAsync(Caller caller, string rehearsalId, StepMapping mapping, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await begin.RunAsync(db, caller, rehearsalId, mapping, ct);
    }

    public async Task<MigrationAnswer> ReverseAsync(Caller caller, string migrationId, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await begin.ReverseAsync(db, caller, migrationId, ct);
    }
}
