using Assize.Engine.Commands;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Seals;
using Assize.Workflows.Storage;

namespace Assize.Host.Pages.Access.Proposals;

/// <summary>The commands of the pages about a case's protection.</summary>
public sealed class ProposalRun(CaseDatabase database, ProposeProtection propose, ConfirmProposal confirm, RefuseProposal refuse)
{
    public async Task<CommandAnswer> ProposeAsync(Caller caller, string request, ProtectionProposed asked, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await propose.RunAsync(db, caller, request, asked, ct);
    }

    public async Task<CommandAnswer> ConfirmAsync(Caller caller, string request, string id, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await confirm.RunAsync(db, caller, request, id, ct);
    }

    public async Task<CommandAnswer> RefuseAsync(Caller caller, string request, string id, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await refuse.RunAsync(db, caller, request, id, ct);
    }
}
