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

/// <param name="RequestId">The caller's own id for the request; without one it is the message's id and digest.</param>
public sealed record ProsecutionReceived(
    Caller Caller, ReadOnlyMemory<byte> Body, string? ContentType, string? Initiation, string? RequestId, DateTimeOffset Now);

/// <summary>Keeps a message that can be read, checks it, and makes a case of it if it may, all in one transaction.</summary>
public sealed class ReceiveProsecution(UnitRunner runner, IAccessEvaluator access, ReferenceStore reference, IntakeLimits limits)
{
    public const string Workflow = "intake";

    public async Task<IntakeAnswer> RunAsync(CaseDb db, ProsecutionReceived request, CancellationToken ct)
    {
        ReadProsecution read;
        try
        {
            read = ProsecutionReader.Read(request.Body, ProsecutionReader.FormatOf(request.ContentType, request.Initiation), limits);
        }
        catch (IntakeUnreadable unreadable)
        {
            return await RefuseAsync(db, request, unreadable, ct);
        }

        return await KeepAsync(db, request, read, ct);
    }

    // Who may not send is told so before being told what is wrong with the message.
    private async Task<IntakeAnswer> RefuseAsync(CaseDb db, ProsecutionReceived request, IntakeUnreadable unreadable, CancellationToken ct)
    {
        AccessDecision decision = await access.CheckAsync(db, request.Caller, AccessActions.SubmitProsecution, AccessTarget.None, ct);
        return decision.Allowed
            ? new Unreadable(unreadable.Code, unreadable.Status, unreadable.Pointer, unreadable.Message)
            : new Forbidden(decision.Code, decision.Reason, decision.LooksAbsent);
    }

    private async Task<IntakeAnswer> KeepAsync(CaseDb db, ProsecutionReceived request, ReadProsecution read, CancellationToken ct)
    {
        string digest = Digest(request.Body.Span);
        string requestId = string.IsNullOrWhiteSpace(request.RequestId) ? $"{read.MessageId}:{digest}" : request.RequestId;
        string id = IdSource.Derive(requestId, $"prosecution|{request.Caller.Agency}|{request.Caller.Subject}", 0);
        AccessDecision? denied = null;
        UnitCommand command = new()
        {
            RequestId = requestId,
            Caller = $"{request.Caller.Agency}/{request.Caller.Subject}/prosecution",
            BodyDigest = Digest(Encoding.UTF8.GetBytes($"{read.Format}|{digest}")),
            Actor = request.Caller.Subject,
            Now = request.Now,
            Unit = UnitAddress.New(id),
            Check = async (session, token) =>
            {
                AccessDecision decision = await access.CheckAsync(session.Db, request.Caller, AccessActions.SubmitProsecution, AccessTarget.None, token);
                denied = decision.Allowed ? null : decision;
                SessionSubmission.Set(session, New(id, request, read));
                if (!decision.Allowed)
                {
                    return new Rejection(decision.Code, decision.Reason);
                }

                ReferenceData lists = await reference.OfAsync(session, token, new Charge(read.Canonical).LegalDate);
                return SenderAuthority.Problem(lists, reference.TakesUnlistedAuthorities, request.Caller.Agency, read.Authority) is { } problem ? new Rejection(SenderAuthority.Code, problem) : null;
            },
            Steps = [new StartStep(Workflow, Input(id, request, read), InstanceId: id)],
            Record = async (session, token) =>
            {
                Submission submission = await SessionSubmission.GetAsync(session, token);
                session.Insert(Message(id, request, digest));
                session.Write(submission);
                AuditLog.Record(session, request.Caller, AccessActions.SubmitProsecution, "submission", id, $$"""{"format":"{{read.Format}}"}""");
                return new JsonObject { ["id"] = id, ["state"] = submission.State };
            },
        };
        return Answer(await runner.RunAsync(db, command, ct), denied);
    }

    private static IntakeAnswer Answer(CommandAnswer answer, AccessDecision? denied) => answer switch
    {
        Completed done => new Taken(done.Body!["id"]!.GetValue<string>(), done.Body["state"]!.GetValue<string>(), done.Replayed),
        Refused { Code: SenderAuthority.Code } refused => new Unreadable(refused.Code, 403, SenderAuthority.Pointer, refused.Message),
        Refused refused => new Forbidden(refused.Code, refused.Message, denied?.LooksAbsent ?? false),
        _ => new RequestIdReused(),
    };

    private static Submission New(string id, ProsecutionReceived request, ReadProsecution read) => new()
    {
        Id = id,
        Sender = request.Caller.Agency,
        SentBy = request.Caller.ClientId,
        Authority = read.Authority,
        Urn = read.Urn,
        MessageId = read.MessageId.Length <= 200 ? read.MessageId : read.MessageId[..200],
        Format = read.Format.ToString(),
        Canonical = SubmissionJson.Write(read.Canonical),
        Unmapped = SubmissionJson.Write(read.Unmapped),
        Corrections = "[]",
        Problems = "[]",
        State = SubmissionState.Pending,
        ReceivedAt = request.Now,
        ChangedAt = request.Now,
    };

    private static ReceivedMessage Message(string id, ProsecutionReceived request, string digest) => new()
    {
        SubmissionId = id,
        Bytes = request.Body.ToArray(),
        ContentType = request.ContentType ?? "",
        Digest = digest,
        ReceivedAt = request.Now,
    };

    // No personal data: the instance works with the submission's id, and the sender's agency for the lane of its task.
    private static JsonObject Input(string id, ProsecutionReceived request, ReadProsecution read) => new()
    {
        ["submissionId"] = id,
        ["urn"] = read.Urn,
        ["agencies"] = new JsonObject { ["police"] = request.Caller.Agency },
    };

    private static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
