using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Cases;
using Assize.Workflows.Intake.Reading;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Intake.Submissions;

/// <summary>Whether another prosecution has the reference already.</summary>
internal static class TakenReference
{
    public const string Pointer = "/prosecutionSubmissionDetails/urn";

    public static Task<bool> IsAsync(DbContext db, string urn, string submissionId, CancellationToken ct) => Others(db, urn, submissionId).AnyAsync(ct);

    /// <summary>Of a corrected message: null where its reference is as before, or free, or a sealed case's, of which nobody is told.</summary>
    public static async Task<CorrectionFault?> FaultAsync(UnitSession session, Submission submission, JsonObject corrected, CancellationToken ct)
    {
        string? urn = JsonText.Of((corrected["prosecutionSubmissionDetails"] as JsonObject)?["urn"])?.Trim();
        if (urn is null || urn == submission.Urn)
        {
            return null;
        }

        List<bool> others = await Others(session.Db, urn, submission.Id).ToListAsync(ct);
        return others.Count == 0 || others.Contains(true)
            ? null
            : new CorrectionFault(Pointer, "reference-taken",
                $"Expected a reference that is free, but there is a prosecution with {ProsecutionReader.Shorten(urn)} already. Give this one's own reference, or withdraw it and go on with that one.");
    }

    // Of each other prosecution, whether it is a sealed case.
    private static IQueryable<bool> Others(DbContext db, string urn, string submissionId) =>
        db.Set<CaseFile>().Where(file => file.Urn == urn).Select(file => file.Sealed)
            .Concat(db.Set<Submission>().Where(other => other.OpenUrn == urn && other.Id != submissionId).Select(_ => false));
}
