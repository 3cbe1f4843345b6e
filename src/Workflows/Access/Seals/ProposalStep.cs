using System.Text.Json;
using Assize.Engine.Commands;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;

namespace Assize.Workflows.Access.Seals;

/// <summary>What confirming and refusing share.</summary>
internal static class ProposalStep
{
    public static void Load(UnitLoad load, Caller caller, string proposalId, DateTimeOffset real)
    {
        string content = load.IsPostgres ? "CAST(p.content AS json)" : "p.content";
        string names = load.IsPostgres
            ? $"SELECT n ->> 'subject' FROM access_proposal p, json_array_elements({content} -> 'named') n WHERE p.id = @proposal"
            : $"SELECT json_extract(n.value, '$.subject') FROM access_proposal p, json_each({content}, '$.named') n WHERE p.id = @proposal";
        string agency = load.IsPostgres ? $"{content} ->> 'agency'" : $"json_extract({content}, '$.agency')";
        AccessLoad.AddCase(load, caller, real);
        load.One<AccessProposal>("t.id = @proposal", ("@proposal", proposalId));
        load.One<Agency>($"t.id = (SELECT {agency} FROM access_proposal p WHERE p.id = @proposal) AND t.status = 'active' AND t.kind <> 'platform'", ("@proposal", proposalId));
        load.One<CaseParticipant>(
            $"t.case_id = {load.UnitId} AND t.agency = (SELECT {agency} FROM access_proposal p WHERE p.id = @proposal)", ("@proposal", proposalId));
        load.Many<Person>($"t.subject IN ({names})", ("@proposal", proposalId));
    }

    public static Rejection? Check(UnitSession session, IAccessEvaluator access, Caller caller)
    {
        AccessProposal proposal = session.One<AccessProposal>()!;
        AccessFacts facts = AccessLoad.Facts(session);
        return AccessCommand.Refusal(access, caller, AccessActions.ProtectCase, facts)
            ?? (facts.Person!.Agency == facts.Case!.Owner ? null : AccessCommand.NotOwner)
            ?? (facts.Person.Subject == proposal.ProposedBy || facts.Person.PersonId == proposal.ProposedPerson ? AccessCommand.SamePerson : null)
            ?? (proposal.State == ProposalState.Open ? null : new Rejection("proposal-decided", $"Expected an open proposal, but it is {proposal.State}. Nothing was changed."));
    }

    public static void Close(UnitSession session, Caller caller, AccessProposal proposal, string state)
    {
        proposal.State = state;
        proposal.DecidedBy = caller.Subject;
        proposal.DecidedAt = session.RecordedAt;
        session.Write(proposal);
        AuditLog.Record(session, caller, AccessActions.ProtectCase, "proposal", proposal.Id, JsonSerializer.Serialize(new { proposal.Kind, state }));
    }
}
