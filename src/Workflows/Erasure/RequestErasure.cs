using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;

namespace Assize.Workflows.Erasure;

/// <summary>Asks that the personal data of a case, or of one defendant in it, be erased. Nothing is erased until another person approves.</summary>
public sealed class RequestErasure(UnitRunner runner, IAccessEvaluator access)
{
    private const int ShortestReason = 20;

    /// <summary>Why the law lets or makes us: the code, and its words.</summary>
    public static IReadOnlyDictionary<string, string> LegalBases { get; } = new Dictionary<string, string>
    {
        ["dpa2018-s47"] = "Data Protection Act 2018, section 47: the person's right to erasure",
        ["dpa2018-s39"] = "Data Protection Act 2018, section 39: the time for keeping it is over",
        ["ukgdpr-17"] = "UK GDPR, Article 17: the person's right to erasure",
        ["court-order"] = "Order of a court",
    };

    public Task<CommandAnswer> RunAsync(CaseDb db, Caller caller, string requestId, DateTimeOffset now, ErasureAsked asked, CancellationToken ct) =>
        runner.RunAsync(db, new UnitCommand
        {
            RequestId = requestId,
            Caller = $"{caller.ClientId}/{caller.Subject}",
            BodyDigest = TaskRequest.Digest($"erase {asked}"),
            Actor = caller.Subject,
            Now = now,
            Unit = UnitAddress.Existing(asked.CaseId),
            Load = load => load.Many<Defendant>($"t.case_id = {load.UnitId}"),
            Check = (session, cancel) => CheckAsync(session, caller, asked, cancel),
            Record = (session, _) => Task.FromResult<JsonNode?>(Record(session, caller, asked)),
        }, ct);

    private async Task<Rejection?> CheckAsync(UnitSession session, Caller caller, ErasureAsked asked, CancellationToken ct)
    {
        AccessDecision decision = await access.CheckAsync(session.Db, caller, AccessActions.RequestErasure, AccessTarget.Case(asked.CaseId), ct);
        if (!decision.Allowed)
        {
            return TaskRequest.Refusal(decision);
        }
        CaseFile file = SessionCase.Of(session)!;
        Defendant? one = session.Many<Defendant>().FirstOrDefault(x => x.Id == asked.DefendantId);
        return file.OwnerAgency != caller.Agency
            ? new Rejection("not-owner", "Expected a case that your agency owns, but it is another agency's: only the owner decides on erasure. Nothing was changed.")
            : asked.DefendantId is not null && one is null
            ? new Rejection("defendant-unknown", "Expected a defendant of the case, but there is none of that id. Nothing was changed.")
            : !LegalBases.ContainsKey(asked.LegalBasis)
            ? new Rejection("legal-basis-unknown", $"Expected a legal basis ({string.Join(", ", LegalBases.Keys)}), but it is \u2018{asked.LegalBasis}\u2019. Nothing was changed.")
            : asked.Reason.Count(x => !char.IsWhiteSpace(x)) < ShortestReason
            ? new Rejection("reason-short", $"Expected a reason of at least {ShortestReason} letters, but it is shorter. Nothing was changed.")
            : Ended(file, one);
    }

    // Work on a case needs its people's names until the end.
    internal static Rejection? Ended(CaseFile file, Defendant? one) => file.Status != CaseStatus.Active || one?.Outcome is not null
        ? null
        : new Rejection("case-open", "Expected a case that has ended, or a defendant whose part has, but it is worked on. Close it first. Nothing was changed.");

    private static JsonObject Record(UnitSession session, Caller caller, ErasureAsked asked)
    {
        ErasureRequest request = new()
        {
            Id = session.NewId(),
            CaseId = asked.CaseId,
            DefendantId = asked.DefendantId,
            Agency = caller.Agency,
            Reason = asked.Reason.Trim(),
            LegalBasis = asked.LegalBasis,
            RequestedBy = caller.Subject,
            RequestedAt = session.RecordedAt,
            State = ErasureState.Requested,
        };
        session.Insert(request);
        AuditLog.Record(session, caller, AccessActions.RequestErasure, "erasure", request.Id, JsonSerializer.Serialize(new { asked.LegalBasis, asked.DefendantId }, JsonSerializerOptions.Web));
        return new JsonObject { ["id"] = request.Id, ["state"] = request.State };
    }
}

/// <param name="DefendantId">Null: everybody in the case.</param>
/// <param name="LegalBasis">A code of <see cref="RequestErasure.LegalBases"/>.</param>
/// <param name="Reason">Why, without naming anybody: it is kept.</param>
public sealed record ErasureAsked(string CaseId, string? DefendantId, string LegalBasis, string Reason);
