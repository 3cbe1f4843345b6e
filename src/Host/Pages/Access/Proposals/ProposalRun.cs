using Assize.Engine.Commands;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Access.Seals;
using Assize.Workflows.Storage;

namespace Assize.Host.Pages.Access.Proposals;

/// <summary>The commands of the pages about a case's protection, and about who takes part in it, which a seal makes a matter of two.</summary>
public sealed class ProposalRun(CaseDatabase database, ProposeProtection propose, ConfirmProposal confirm, RefuseProposal refuse, AddAgency add)
{
    public async Task<CommandAnswer> ProposeAsync(Caller caller, string request, ProtectionProposed asked, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await propose.RunAsync(db, caller, request, asked, ct);
    }

    public async Task<CommandAnswer> BringInAsync(Caller caller, string request, string urn, string agency, string reason, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await add.RunAsync(db, caller, request, urn, agency, reason, ct);
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
