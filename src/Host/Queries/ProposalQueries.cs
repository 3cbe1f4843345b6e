using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Access.Seals;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <param name="Agency">The agency to be brought in, where it is that.</param>
/// <param name="IsOwn">The asker proposed it, and so does not confirm it.</param>
/// <param name="Effect">What it would do to access; null where it lets one named person in.</param>
public sealed record ProposalView(
    string Id, string Urn, string Kind, string State, string Reason, string ProposedBy, DateTimeOffset ProposedAt,
    IReadOnlyList<(string Who, string Role)> Named, string? Classification, string? Agency, bool IsOwn, SimulatedChange? Effect);

/// <summary>One proposal about a case of the asker's agency that the asker has access to.</summary>
public sealed class ProposalQueries(CaseDatabase database, IAccessEvaluator access)
{
    public async Task<ProposalView?> FindAsync(Caller caller, string id, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        if (await db.Set<AccessProposal>().AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, ct) is not { } proposal
            || !(await access.CheckAsync(db, caller, AccessActions.ProtectCase, AccessTarget.Case(proposal.UnitId), ct)).Allowed
            || await db.Cases.AsNoTracking().SingleOrDefaultAsync(known => known.Id == proposal.UnitId && known.OwnerAgency == caller.Agency, ct) is not { } file)
        {
            return null;
        }

        var content = proposal.Read();
        var subjects = content.Named.Select(named => named.Subject).Append(proposal.ProposedBy).ToList();
        var known = await db.Set<Person>().AsNoTracking().Where(person => subjects.Contains(person.Subject)).ToListAsync(ct);
        var agency = content.Agency is null ? null : await db.Set<Agency>().Where(x => x.Id == content.Agency).Select(x => x.Name).SingleOrDefaultAsync(ct) ?? content.Agency;
        // Who confirms a seal must know whom it lets in; another agency's people appear as the proposer typed them, by account.
        string Name(string subject) => known.FirstOrDefault(person => person.Subject == subject) is not { } person ? subject
            : person.Agency == caller.Agency ? person.Name : person.Subject;
        return new ProposalView(
            proposal.Id, file.Urn, proposal.Kind, proposal.State, proposal.Reason, Name(proposal.ProposedBy), proposal.ProposedAt,
            [.. content.Named.Select(named => (Name(named.Subject), named.Role))], content.Classification, agency, proposal.ProposedBy == caller.Subject, Effect(file.Urn, proposal.Kind, content));
    }

    private static SimulatedChange? Effect(string urn, string kind, ProtectionContent content) => kind switch
    {
        ProposalKind.Seal or ProposalKind.Reseal => new SimulatedChange { Urn = urn, Seal = content.Named },
        ProposalKind.Unseal => new SimulatedChange { Urn = urn, Unseal = true },
        ProposalKind.Reclassify => new SimulatedChange { Urn = urn, Classification = content.Classification },
        ProposalKind.AddAgency => new SimulatedChange { Urn = urn, AddAgency = content.Agency },
        _ => null,
    };
}
