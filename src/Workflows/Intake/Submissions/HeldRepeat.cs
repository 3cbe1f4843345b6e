using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Cases;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Intake.Submissions;

/// <summary>A prosecution that repeats a sealed case: its sender hears nothing of the case, and a task goes to those who have it.</summary>
internal static class HeldRepeat
{
    public const string Title = "A prosecution repeats a sealed case";
    private const string Form = "sealed-repeat";

    /// <summary>Null where no sealed case has the reference; otherwise the reply whose task the step waits for.</summary>
    public static async Task<JsonObject?> FindAsync(UnitSession session, Submission submission, CancellationToken ct)
    {
        var found = await session.Db.Set<CaseFile>().Where(file => file.Urn == submission.Urn && file.Sealed)
            .Select(file => new { file.Id, file.OwnerAgency, file.SealEpoch }).SingleOrDefaultAsync(ct);
        if (found is null)
        {
            return null;
        }
        (string agency, string role) = await LaneAsync(session, found.Id, found.OwnerAgency, found.SealEpoch, ct);
        return new JsonObject
        {
            ["task"] = new JsonObject
            {
                ["agency"] = agency,
                ["role"] = role,
                ["instructions"] = "A message with this case's reference came in. Its sender was told that it was received, and nothing more. Read it, and note what is to be done.",
                ["form"] = Form,
                ["formVersion"] = 1,
                ["outcomes"] = new JsonArray("Noted"),
                ["priority"] = 1,
                ["statutory"] = false,
                ["caseId"] = found.Id,
                ["submissionId"] = submission.Id,
            },
        };
    }

    /// <summary>Of those who have the case now the owner's people first: a seal may name another agency's only, and then the task is of use to none but them.</summary>
    private static async Task<(string Agency, string Role)> LaneAsync(UnitSession session, string caseId, string owner, int epoch, CancellationToken ct)
    {
        DateTimeOffset real = session.RecordedAt;
        var named = await session.Db.Set<AccessGrant>()
            .Where(grant => grant.CaseId == caseId && grant.SealEpoch == epoch && grant.LiveAt <= real && (grant.From == null || grant.From <= real)
                && grant.EndedAt == null && (grant.To == null || grant.To > real) && (grant.RecertifyBy == null || grant.RecertifyBy > real))
            .Where(grant => session.Db.Set<Person>().Any(person => person.Subject == grant.Subject && person.Agency == grant.Agency && person.Status == DirectoryStatus.Active))
            .Where(grant => grant.Kind == GrantKind.Cross || grant.Agency == owner
                || session.Db.Set<CaseParticipant>().Any(part => part.CaseId == caseId && part.Agency == grant.Agency && part.WithdrawnAt == null))
            .OrderBy(grant => grant.Agency == owner ? 0 : 1).ThenBy(grant => grant.LiveAt).ThenBy(grant => grant.Id)
            .Select(grant => new { grant.Agency, grant.Role }).FirstOrDefaultAsync(ct);
        return named is null ? (owner, Roles.CaseBuilder) : (named.Agency, named.Role);
    }
}
