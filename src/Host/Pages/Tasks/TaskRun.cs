using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Host.Operations;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;

namespace Assize.Host.Pages.Tasks;

/// <summary>The commands of the task pages, at business time. A page's request id is drawn when the page is shown, so a second click repeats it.</summary>
public sealed class TaskRun(CaseDatabase database, BusinessClock clock, IServiceProvider services)
{
    public async Task<CommandAnswer> ClaimAsync(Caller caller, string request, string id, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await services.GetRequiredService<ClaimTask>().RunAsync(db, caller, request, clock.GetUtcNow(), id, ct);
    }

    public async Task<CommandAnswer> ReleaseAsync(Caller caller, string request, string id, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await services.GetRequiredService<ReleaseTask>().RunAsync(db, caller, request, clock.GetUtcNow(), id, ct);
    }

    public async Task<CommandAnswer> CompleteAsync(Caller caller, string request, string id, string outcome, JsonObject fields, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await services.GetRequiredService<CompleteTask>().RunAsync(db, caller, request, clock.GetUtcNow(), id, outcome, fields, ct);
    }

    public async Task<CommandAnswer> ReinstateAsync(Caller caller, string request, string id, string reason, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await services.GetRequiredService<ReinstateTask>().RunAsync(db, caller, request, clock.GetUtcNow(), id, reason, ct);
    }
}
