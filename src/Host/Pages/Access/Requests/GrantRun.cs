using Assize.Engine.Commands;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Storage;

namespace Assize.Host.Pages.Access.Requests;

/// <summary>The commands of the pages of one grant.</summary>
public sealed class GrantRun(CaseDatabase database, IServiceProvider services)
{
    public async Task<CommandAnswer> SponsorAsync(Caller caller, string request, string id, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await services.GetRequiredService<SponsorCross>().RunAsync(db, caller, request, id, ct);
    }

    public async Task<CommandAnswer> ConsentAsync(Caller caller, string request, string id, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await services.GetRequiredService<ConsentCross>().RunAsync(db, caller, request, id, ct);
    }

    public async Task<CommandAnswer> RefuseAsync(Caller caller, string request, string id, string reason, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await services.GetRequiredService<RefuseCross>().RunAsync(db, caller, request, id, reason, ct);
    }

    public async Task<CommandAnswer> CertifyAsync(Caller caller, string request, string id, string reason, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await services.GetRequiredService<CertifyGrant>().RunAsync(db, caller, request, id, reason, ct);
    }

    public async Task<CommandAnswer> GiveAsync(Caller caller, string request, CaseRoleGiven given, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await services.GetRequiredService<GiveCaseRole>().RunAsync(db, caller, request, given, ct);
    }

    public async Task<CommandAnswer> ChangeAsync(Caller caller, string request, CrossChanged change, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await services.GetRequiredService<ChangeCross>().RunAsync(db, caller, request, change, ct);
    }
}
