using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Intake.Rules;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Intake.Submissions;

/// <param name="RequestId">The caller's own id for the request; without one the same corrections twice are one request only until they are made.</param>
public sealed record CorrectionsSent(
    Caller Caller, string SubmissionId, IReadOnlyList<(string Pointer, JsonNode? Value)> Corrections, string? RequestId, DateTimeOffset Now);

/// <summary>Changes faulty values of a submission, and no others, and has it checked again. It ends the force's correction task.</summary>
public sealed class CorrectProsecution(UnitRunner runner, IAccessEvaluator access, ReferenceStore reference)
{
    public const string TaskActivity = "correct-prosecution";
    private const int MostCorrections = 500;
    private const int LargestValue = 16 * 1024;

    public async Task<IntakeAnswer> RunAsync(CaseDb db, CorrectionsSent request, CancellationToken ct)
    {
        AccessDecision? denied = null;
        List<CorrectionFault> faults = [];
        string digest = Digest(request);
        UnitCommand command = new()
        {
            RequestId = string.IsNullOrWhiteSpace(request.RequestId) ? $"{request.SubmissionId}:{digest}:{request.Now.UtcTicks}" : request.RequestId,
            Caller = $"{request.Caller.ClientId}/{request.Caller.Subject}",
            BodyDigest = digest,
            Actor = request.Caller.Subject,
            Now = request.Now,
            Unit = UnitAddress.Existing(request.SubmissionId),
            Load = load => load.One<Submission>($"t.id = {load.UnitId}"),
            Check = async (session, token) =>
            {
                faults.Clear();
                AccessDecision decision = await access.CheckAsync(session.Db, request.Caller, AccessActions.CorrectProsecution, AccessTarget.Submission(request.SubmissionId), token);
                if (!decision.Allowed)
                {
                    denied = decision;
                    return new Rejection(decision.Code, decision.Reason);
                }

                Submission submission = await SessionSubmission.GetAsync(session, token);
                return await ExamineAsync(session, reference, submission, request.Corrections, faults, token);
            },
            Record = (session, token) => ApplyAsync(session, request, token),
        };
        return await AnswerAsync(db, command, request, () => denied, faults, ct);
    }

    private async Task<IntakeAnswer> AnswerAsync(
        CaseDb db, UnitCommand command, CorrectionsSent request, Func<AccessDecision?> denied, List<CorrectionFault> faults, CancellationToken ct) =>
        await runner.RunAsync(db, command, ct) switch
        {
            Completed done => new Taken(request.SubmissionId, done.Body!["state"]!.GetValue<string>(), done.Replayed),
            Refused refused when denied() is { } decision => new Forbidden(refused.Code, refused.Message, decision.LooksAbsent),
            Refused { Code: "unit-not-found" } refused => new Forbidden(AccessCodes.NotFound, refused.Message, true),
            Refused refused => new CorrectionsRefused(refused.Code, refused.Message, refused.Code == "submission-not-waiting" ? 409 : 422, faults),
            _ => new RequestIdReused(),
        };

    /// <summary>Whether every correction changes a value that a problem is about, to one that this submission may have.</summary>
    internal static async Task<Rejection?> ExamineAsync(
        UnitSession session, ReferenceStore reference, Submission submission, IReadOnlyList<(string Pointer, JsonNode? Value)> corrections, List<CorrectionFault> faults, CancellationToken ct)
    {
        if (submission.State != SubmissionState.Failed)
        {
            return new Rejection("submission-not-waiting", $"Expected a submission that waits for correction (FAILED), but it is {submission.State}.");
        }

        if (corrections.Count is 0 or > MostCorrections)
        {
            return new Rejection("corrections-missing", $"Expected 1 to {MostCorrections} corrections, but there are {corrections.Count}. Nothing was changed.");
        }

        JsonObject trial = SubmissionCheck.Canonical(submission);
        faults.AddRange(FaultsOf(submission, trial, corrections, await AuthorityAsync(reference, session, submission, ct)));
        if (await TakenReference.FaultAsync(session, submission, trial, ct) is { } taken)
        {
            faults.Add(taken);
        }

        return faults.Count == 0
            ? null
            : new Rejection("corrections-refused", $"Expected one correction for each faulty value and no others, but {faults.Count} of {corrections.Count} cannot be made. Nothing was changed. First: {faults[0].Message}");
    }

    private static IEnumerable<CorrectionFault> FaultsOf(
        Submission submission, JsonObject trial, IReadOnlyList<(string Pointer, JsonNode? Value)> corrections, Func<string, string?> authority)
    {
        IReadOnlyList<Problem> problems = SubmissionJson.Problems(submission.Problems);
        HashSet<string> seen = [];
        foreach ((string pointer, JsonNode? value) in corrections)
        {
            if (!seen.Add(pointer))
            {
                yield return new CorrectionFault(pointer, "pointer-repeated", $"Expected one correction of '{ProsecutionReader.Shorten(pointer)}', but there are more. Send the right one.");
            }
            else if (Fault(problems, trial, pointer, value) is { } fault)
            {
                yield return fault;
            }
            else if (pointer == SenderAuthority.Pointer && authority(JsonText.Of(value)?.Trim() ?? "") is { } problem)
            {
                yield return new CorrectionFault(pointer, SenderAuthority.Code, problem);
            }
        }
    }

    private static async Task<Func<string, string?>> AuthorityAsync(ReferenceStore reference, UnitSession session, Submission submission, CancellationToken ct)
    {
        ReferenceData lists = await reference.OfAsync(session, ct, SubmissionCheck.LegalDate(submission));
        return authority => SenderAuthority.Problem(lists, reference.TakesUnlistedAuthorities, submission.Sender, authority);
    }

    private static CorrectionFault? Fault(IReadOnlyList<Problem> problems, JsonObject trial, string pointer, JsonNode? value)
    {
        string shown = ProsecutionReader.Shorten(pointer);
        if (!pointer.StartsWith('/') || !problems.Any(problem => problem.Opens(pointer)))
        {
            return new CorrectionFault(pointer, "value-not-faulty", $"Expected the pointer of a problem, but '{shown}' has none. Only faulty values can be corrected.");
        }

        if (value?.ToJsonString().Length > LargestValue)
        {
            return new CorrectionFault(pointer, "value-too-large", $"Expected a value of at most {LargestValue} characters for '{shown}', but it is larger.");
        }

        if (IdentityFault(pointer, value) is { } fault)
        {
            return fault;
        }

        return JsonPointer.TrySet(trial, pointer, value)
            ? null
            : new CorrectionFault(pointer, "value-not-settable", $"Expected a place for a value, but '{shown}' leads to none.");
    }

    // A correction may not make of a message what would not have been kept had it come so.
    private static CorrectionFault? IdentityFault(string pointer, JsonNode? value)
    {
        bool isText = ProsecutionReader.Identity.TryGetValue(pointer, out int longest);
        string text = JsonText.Of(value)?.Trim() ?? "";
        if (isText ? text.Length == 0 : value is null && pointer is "/prosecutionSubmissionDetails" or "/defendants")
        {
            return new CorrectionFault(pointer, "value-required", $"Expected a value for '{pointer}', but there is none. It cannot be removed.");
        }

        return isText && !ProsecutionReader.Fits(pointer, text)
            ? new CorrectionFault(pointer, "value-unfit", $"Expected at most {longest} printable characters for '{pointer}', but it is longer or has other characters.")
            : null;
    }

    private static async Task<JsonNode?> ApplyAsync(UnitSession session, CorrectionsSent request, CancellationToken ct)
    {
        Submission submission = await SessionSubmission.GetAsync(session, ct);
        Add(session, submission, request.Caller, request.Corrections);
        if (OpenTask(session) is not { } wait)
        {
            throw new InvalidOperationException($"Expected submission {submission.Id} to wait for its correction, but its workflow does not.");
        }

        JsonObject payload = new() { ["by"] = request.Caller.Subject };
        if (await session.StepAsync(new ResumeStep(wait.Id, "Corrected", payload), ct) is { } rejection)
        {
            throw new InvalidOperationException($"Expected the correction to go on, but it was rejected: {rejection.Message}");
        }

        return new JsonObject { ["state"] = submission.State };
    }

    /// <summary>Puts corrections beside what was received. The pointers are audited, the values are not.</summary>
    internal static void Add(UnitSession session, Submission submission, Caller caller, IReadOnlyList<(string Pointer, JsonNode? Value)> corrections)
    {
        Correction[] all =
        [
            .. SubmissionJson.Corrections(submission.Corrections),
            .. corrections.Select(item => new Correction(item.Pointer, item.Value?.DeepClone(), caller.Subject, session.Now)),
        ];
        submission.Corrections = SubmissionJson.Write<Correction>(all);
        JsonNode? details = SubmissionJson.Corrected(submission.Canonical, all)["prosecutionSubmissionDetails"];
        submission.Urn = JsonText.Of(details?["urn"])?.Trim() ?? submission.Urn;
        submission.Authority = JsonText.Of(details?["prosecutingAuthority"])?.Trim() ?? submission.Authority;
        session.Write(submission);
        AuditLog.Record(session, caller, AccessActions.CorrectProsecution, "submission", submission.Id,
            new JsonObject { ["pointers"] = new JsonArray([.. corrections.Select(item => JsonValue.Create(item.Pointer))]) }.ToJsonString());
    }

    private static Wait? OpenTask(UnitSession session) => session.Instances.Values
        .SelectMany(instance => instance.Waits).FirstOrDefault(wait => wait.Kind == WaitKind.Task && wait.ActivityId == TaskActivity);

    private static string Digest(CorrectionsSent request) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        request.SubmissionId + string.Concat(request.Corrections.Select(item => $"\n{item.Pointer}={item.Value?.ToJsonString() ?? "null"}")))));
}
