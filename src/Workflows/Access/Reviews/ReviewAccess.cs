using System.Text.Json;
using Assize.Engine.Commands;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Access.Reviews;

/// <summary>A privacy officer says whether an access was justified; one that was not ends at once where it still runs.</summary>
public sealed class ReviewAccess(UnitRunner runner, IAccessEvaluator access, TimeProvider clock)
{
    public const string Justified = "justified";
    public const string NotJustified = "not-justified";

    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, string reviewId, string finding, string note, CancellationToken ct) =>
        runner.RunAsync(db, AccessCommand.Of(caller, requestId, UnitAddress.ByRow("access_review", reviewId), $"review {reviewId} {finding} {note}", clock.GetUtcNow()) with
        {
            Reason = note,
            Load = load =>
            {
                AccessLoad.Add(load, caller, AccessTarget.None, clock.GetUtcNow());
                load.One<AccessReview>("t.id = @review", ("@review", reviewId));
                load.One<AccessGrant>("t.id = (SELECT grant_id FROM access_review WHERE id = @review)", ("@review", reviewId));
                load.One<Person>("t.subject = (SELECT g.consented_by FROM access_grant g JOIN access_review r ON r.grant_id = g.id WHERE r.id = @review)", ("@review", reviewId));
            },
            Check = (session, _) => AccessCommand.Said(Check(session, caller, finding)),
            Record = (session, _) => AccessCommand.Done(AccessCommand.Answer(reviewId, Review(session, caller, finding, note))),
        }, ct);

    // The case itself is not asked about: a review names it by reference only, and officers look at cases they have no part in.
    private Rejection? Check(UnitSession session, Caller caller, string finding)
    {
        AccessReview review = session.One<AccessReview>()!;
        AccessGrant? grant = session.One<AccessGrant>();
        AccessFacts facts = AccessLoad.Facts(session);
        return review.Agency != caller.Agency
            ? AccessCommand.Absent
            : AccessCommand.Refusal(access, caller, AccessActions.ReviewAccess, facts, AccessTarget.None)
                ?? (caller.Subject == review.Subject || facts.Person!.PersonId == grant?.PersonId || HasConsented(session, caller, facts, grant) ? AccessCommand.SamePerson : null)
                ?? (finding is Justified or NotJustified ? null : new Rejection("finding-unknown", $"Expected {Justified} or {NotJustified}. Nothing was changed."))
                ?? (review.ReviewedAt is null ? null : new Rejection("reviewed-already", "Expected an access that nobody of your agency has reviewed yet. Nothing was changed."));
    }

    // By whichever account of theirs.
    private static bool HasConsented(UnitSession session, Caller caller, AccessFacts facts, AccessGrant? grant) =>
        caller.Subject == grant?.ConsentedBy || (session.One<Person>() is { } consenter && facts.Person!.PersonId == (consenter.PersonId ?? consenter.Subject));

    private static string Review(UnitSession session, Caller caller, string finding, string note)
    {
        AccessReview review = session.One<AccessReview>()!;
        review.ReviewedAt = session.RecordedAt;
        review.ReviewedBy = caller.Subject;
        review.Finding = finding;
        review.Note = note;
        session.Write(review);
        AuditLog.Record(session, caller, AccessActions.ReviewAccess, "review", review.Id, JsonSerializer.Serialize(new { review.GrantId, finding }), note);
        if (finding == NotJustified && session.One<AccessGrant>() is { State: GrantState.Live } grant)
        {
            EndGrant.End(session, caller, grant, note);
        }
        return finding;
    }
}
