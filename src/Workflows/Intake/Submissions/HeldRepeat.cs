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
        var found = await session.Db.Set<CaseFile>().Where(file => file.Urn == submission.Urn && file.Sealed).Select(file => new
        {
            file.Id,
            file.OwnerAgency,
            Role = session.Db.Set<AccessGrant>()
                .Where(grant => grant.CaseId == file.Id && grant.SealEpoch == file.SealEpoch && grant.Agency == file.OwnerAgency && grant.EndedAt == null)
                .OrderBy(grant => grant.LiveAt).ThenBy(grant => grant.Id).Select(grant => grant.Role).FirstOrDefault(),
        }).SingleOrDefaultAsync(ct);
        return found is null ? null : new JsonObject
        {
            ["task"] = new JsonObject
            {
                ["agency"] = found.OwnerAgency,
                ["role"] = found.Role ?? Roles.CaseBuilder,
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
}
