using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Cases;
using Assize.Workflows.Intake.Submissions;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Erasure;

/// <summary>What was received about the people of a case: the messages' bytes, what was read from them, corrections and faults.</summary>
internal sealed class EraseSubmissions(DbContext db, CaseFile file, IReadOnlyList<Defendant> people, bool everybody, Redaction redaction)
{
    private readonly HashSet<int> _places = [.. people.Select(x => x.Ordinal - 1)];

    public async Task<int> RunAsync(DateTimeOffset recordedAt, CancellationToken ct)
    {
        // A refused duplicate says the same things about the same people.
        List<Submission> submissions = await db.Set<Submission>().Where(x => x.CaseId == file.Id || (x.Sender == file.OwnerAgency && x.Urn == file.Urn)).ToListAsync(ct);
        List<string> ids = [.. submissions.Select(x => x.Id)];
        foreach (Submission submission in submissions)
        {
            Erase(submission);
            await PersonalValues.EraseAsync(db, submission.Id, _ => everybody, redaction.Names, x => redaction.Of(x), recordedAt, ct);
        }
        // Bytes cannot be taken apart: they go for one defendant as for all.
        foreach (ReceivedMessage message in await db.Set<ReceivedMessage>().Where(x => ids.Contains(x.SubmissionId)).ToListAsync(ct))
        {
            message.Bytes = [];
        }
        return submissions.Count;
    }

    private void Erase(Submission submission)
    {
        bool whole = everybody || submission.CaseId != file.Id;
        submission.Canonical = whole ? Redaction.Whole : redaction.Of(Redaction.Change(submission.Canonical, root =>
        {
            JsonArray defendants = root["defendants"] as JsonArray ?? [];
            foreach (int place in _places.Where(x => x < defendants.Count))
            {
                defendants[place] = new JsonObject { ["$erased"] = true };
            }
        }));
        submission.Corrections = List(submission.Corrections, whole, item => item["value"] = PersonalValues.Erased);
        submission.Problems = List(submission.Problems, whole, Fault);
        submission.Unmapped = List(submission.Unmapped, whole, Fault);
    }

    private static void Fault(JsonObject fault)
    {
        fault["value"] = null;
        fault["message"] = "What it was about has been erased.";
    }

    private string List(string json, bool whole, Action<JsonObject> erase) => Redaction.Change(redaction.Of(json), root =>
    {
        foreach (JsonObject item in (root as JsonArray ?? []).OfType<JsonObject>().Where(x => whole || IsTheirs((string?)x["pointer"] ?? "")))
        {
            erase(item);
        }
    });

    private bool IsTheirs(string pointer) => pointer.Split('/') is ["", "defendants", var place, ..]
        && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && _places.Contains(index);
}
