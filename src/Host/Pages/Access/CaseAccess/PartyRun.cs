using Assize.Engine.Commands;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Participants;
using Assize.Workflows.Storage;

namespace Assize.Host.Pages.Access.CaseAccess;

/// <summary>The commands of the pages about parties with accounts.</summary>
public sealed class PartyRun(CaseDatabase database, RecordParty record, EndParty end)
{
    public async Task<CommandAnswer> RecordAsync(Caller caller, string request, string urn, string subject, string part, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await record.RunAsync(db, caller, request, urn, subject, part, ct);
    }

    public async Task<CommandAnswer> EndAsync(Caller caller, string request, string urn, KnownParty party, string reason, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await end.RunAsync(db, caller, request, urn, party.Subject, party.Part, reason, ct);
    }
}
