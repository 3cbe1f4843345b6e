using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Workflows.Cases;
using Assize.Workflows.Forms;
using Assize.Workflows.Hearings;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Tasks;

/// <summary>Writes what a form declares into the case record, in the transaction of the completion.</summary>
internal static class CaseUpdates
{
    public static async Task ApplyAsync(UnitSession session, Completion completion, InstanceState instance, ReferenceData? reference, CancellationToken ct)
    {
        foreach (CaseUpdate update in completion.Form!.Updates ?? [])
        {
            if (FormEvaluation.Applies(completion.Form, update.When, completion.Answers, completion.Context!))
            {
                await ApplyAsync(session, completion, update, ct);
                Charge(session, completion, update, instance, reference);
            }
        }
    }

    private static async Task ApplyAsync(UnitSession session, Completion completion, CaseUpdate update, CancellationToken ct)
    {
        JsonNode? answer = update.From is { } from ? completion.Answers[from] : JsonValue.Create(update.Value);
        if (answer is null)
        {
            return;
        }
        if (update.Set is CaseUpdateTargets.OffenceLaid or CaseUpdateTargets.OffenceWithdrawn)
        {
            return;
        }
        if (update.Set.StartsWith("offence.", StringComparison.Ordinal))
        {
            Offences(session, update, answer, completion.Context!.Today);
        }
        else if (update.Set == CaseUpdateTargets.DefendantBailStatus && session.One<Defendant>() is { } loaded)
        {
            Defendant defendant = await SessionCase.DefendantAsync(session, loaded.Id, ct);
            defendant.BailStatus = (string)answer!;
            session.Write(defendant);
        }
        else if (session.One<HearingDefendant>() is { } part)
        {
            Hearing(session, completion, update, answer, part);
        }
    }

    private static void Charge(UnitSession session, Completion completion, CaseUpdate update, InstanceState instance, ReferenceData? reference)
    {
        if (update.Set is not (CaseUpdateTargets.OffenceLaid or CaseUpdateTargets.OffenceWithdrawn) || (string?)completion.Answers[update.From!] is not { } named)
        {
            return;
        }
        Offence original = AlternativeCharge.Find(session, instance, named);
        if (update.Set == CaseUpdateTargets.OffenceLaid)
        {
            AlternativeCharge.Lay(session, update, completion.Answers, original, reference!);
        }
        else
        {
            AlternativeCharge.Withdraw(session, original);
        }
        completion.ChangesCharges = true;
    }

    private static void Offences(UnitSession session, CaseUpdate update, JsonNode answer, DateOnly today)
    {
        foreach (Offence offence in session.Many<Offence>().Where(x => x.WithdrawnOn is null))
        {
            JsonNode? own = answer is JsonObject each ? each[offence.Sequence.ToString(CultureInfo.InvariantCulture)] : answer;
            if ((string?)own is { } value)
            {
                Set(offence, update.Set, value, today);
                session.Write(offence);
            }
        }
    }

    private static void Set(Offence offence, string target, string value, DateOnly today)
    {
        switch (target)
        {
            case CaseUpdateTargets.OffencePlea:
                offence.Plea = value;
                break;
            case CaseUpdateTargets.OffenceVerdict:
                offence.Verdict = value;
                break;
            case CaseUpdateTargets.OffenceModeOfTrial:
                offence.ModeOfTrial = value;
                break;
            case CaseUpdateTargets.OffenceCode:
                offence.Code = value;
                break;
            case CaseUpdateTargets.OffenceTitle:
                offence.Title = value;
                break;
            default:
                offence.Wording = value;
                break;
        }
        // A guilty plea or verdict convicts on its day; without either there is no conviction.
        bool convicted = offence.Plea is "GUILTY" or "INDICATED_GUILTY" || offence.Verdict is "G" or "NA";
        offence.ConvictionDate = convicted ? offence.ConvictionDate ?? today : null;
    }

    private static void Hearing(UnitSession session, Completion completion, CaseUpdate update, JsonNode answer, HearingDefendant part)
    {
        if (update.Set == CaseUpdateTargets.HearingAttendance)
        {
            part.Attendance = (string)answer!;
        }
        else
        {
            part.Results = answer.ToJsonString();
            part.Ordered = completion.Outcome;
            part.SharedAt = session.Now;
            if (session.One<Hearing>() is { } hearing)
            {
                hearing.State = HearingState.Shared;
                hearing.Version++;
                session.Write(hearing);
            }
        }
        session.Write(part);
    }
}
