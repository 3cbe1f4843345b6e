using System.Text.Json;
using Assize.Identity.Administration;

namespace Assize.Identity.Federation.Enrolment;

/// <summary>Why a step may not be taken now.</summary>
internal sealed record NotNow(int Status, string Code, string Detail);

/// <summary>The steps from a draft to use. Nobody takes an agency in alone: one administrator proposes, another approves, and the agency has signed.</summary>
internal sealed class EnrolmentDesk(EnrolmentJournal journal, UpstreamChecks checks, PlatformAdmins admins, EnrolmentActivation activation, TimeProvider clock)
{
    public async Task<NotNow?> CheckAsync(UpstreamEnrolment enrolment, PlatformAdmin by, CancellationToken ct)
    {
        if (enrolment.Stage is not (EnrolmentStage.Draft or EnrolmentStage.Checked))
        {
            return WrongStage(enrolment, "checked");
        }
        await LookAsync(enrolment, ct);
        await journal.SaveAsync(enrolment, by, "check", ct);
        return null;
    }

    public async Task<NotNow?> ProveAsync(UpstreamEnrolment enrolment, string proof, Uri server, PlatformAdmin by, CancellationToken ct)
    {
        if (enrolment.Stage is not (EnrolmentStage.Draft or EnrolmentStage.Checked))
        {
            return WrongStage(enrolment, "proved");
        }
        if (!checks.IsAsSigned(enrolment))
        {
            return await VoidAsync(enrolment, by, ct);
        }
        if (!await AgencyProof.IsGoodAsync(proof, enrolment, server, clock.GetUtcNow()))
        {
            return new NotNow(StatusCodes.Status400BadRequest, "bad_proof", "The proof is not the agency's: its key, the challenge, the audience or the date is another. Nothing was kept. Ask the agency to sign this enrolment's challenge again.");
        }
        enrolment.ProvedAt = clock.GetUtcNow();
        await journal.SaveAsync(enrolment, by, "prove", ct);
        return null;
    }

    /// <summary>Makes a link by which somebody of the agency tries the sign-in; a new one closes the one before.</summary>
    public async Task<NotNow?> OfferTestAsync(UpstreamEnrolment enrolment, Action<UpstreamEnrolment> issue, PlatformAdmin by, CancellationToken ct)
    {
        if (enrolment.Stage != EnrolmentStage.Checked)
        {
            return WrongStage(enrolment, "tried");
        }
        issue(enrolment);
        await journal.SaveAsync(enrolment, by, "offer-test", ct);
        return null;
    }

    public async Task<NotNow?> ProposeAsync(UpstreamEnrolment enrolment, string? untestedReason, PlatformAdmin by, CancellationToken ct)
    {
        if (enrolment.Stage != EnrolmentStage.Checked)
        {
            return WrongStage(enrolment, "proposed");
        }
        if (enrolment.ProvedAt is null)
        {
            return new NotNow(StatusCodes.Status409Conflict, "not_proved", "The agency has not signed the challenge yet. Nothing was changed.");
        }
        bool seen = enrolment.IsSeenToWork();
        if (!seen && Words.ReasonProblem(untestedReason) is { } unreasoned)
        {
            return new NotNow(StatusCodes.Status409Conflict, "not_tested",
                $"A sign-in through it, or the provider's message about signing out, was not seen to work. Try both, or say why it goes on without. {unreasoned} Nothing was changed.");
        }
        (enrolment.Stage, enrolment.ProposedBy, enrolment.UntestedReason) = (EnrolmentStage.Proposed, by.Subject, seen ? null : untestedReason);
        await journal.SaveAsync(enrolment, by, "propose", ct, enrolment.UntestedReason);
        return null;
    }

    public async Task<NotNow?> ApproveAsync(UpstreamEnrolment enrolment, PlatformAdmin by, CancellationToken ct)
    {
        if (enrolment.Stage != EnrolmentStage.Proposed)
        {
            return WrongStage(enrolment, "approved");
        }
        if (!checks.IsAsSigned(enrolment))
        {
            return await VoidAsync(enrolment, by, ct);
        }
        PlatformAdmin? proposer = await admins.FindAsync(enrolment.ProposedBy, ct);
        if (proposer is null || proposer.Person == by.Person || await admins.HumanOfAsync(enrolment.DraftedBy, ct) == by.Person)
        {
            return new NotNow(StatusCodes.Status409Conflict, "second_admin_needed", "Another platform administrator than the one who drafted and proposed this has to approve it. Nothing was changed.");
        }
        (enrolment.Stage, enrolment.ApprovedBy) = (EnrolmentStage.Approved, by.Subject);
        await journal.SaveAsync(enrolment, by, "approve", ct);
        return null;
    }

    // Both must still be entitled when it takes effect, and the provider must still be what it was.
    public async Task<NotNow?> ActivateAsync(UpstreamEnrolment enrolment, PlatformAdmin by, CancellationToken ct)
    {
        if (enrolment.Stage != EnrolmentStage.Approved)
        {
            return WrongStage(enrolment, "put to use");
        }
        if (!checks.IsAsSigned(enrolment))
        {
            return await VoidAsync(enrolment, by, ct);
        }
        if (await admins.FindAsync(enrolment.ProposedBy, ct) is not { } proposer || await admins.FindAsync(enrolment.ApprovedBy, ct) is not { } approver
            || proposer.Person == approver.Person || await admins.HumanOfAsync(enrolment.DraftedBy, ct) == approver.Person)
        {
            enrolment.Stage = EnrolmentStage.Checked;
            await journal.SaveAsync(enrolment, by, "lapse", ct);
            return new NotNow(StatusCodes.Status409Conflict, "approval_lapsed", "Those who proposed and approved this are no longer two platform administrators. It has to be proposed again; the checks and the proof were kept.");
        }
        if (!await LookAsync(enrolment, ct))
        {
            await journal.SaveAsync(enrolment, by, "check", ct);
            return new NotNow(StatusCodes.Status409Conflict, "checks_failed", "The provider no longer passes its checks. The report says why; nobody can sign in with it yet.");
        }
        return await activation.ApplyAsync(enrolment, by, ct);
    }

    public async Task<NotNow?> AbandonAsync(UpstreamEnrolment enrolment, PlatformAdmin by, CancellationToken ct)
    {
        if (enrolment.Stage is EnrolmentStage.Active or EnrolmentStage.Abandoned)
        {
            return WrongStage(enrolment, "abandoned");
        }
        enrolment.Stage = EnrolmentStage.Abandoned;
        await journal.SaveAsync(enrolment, by, "abandon", ct);
        return null;
    }

    // What was signed, proposed or approved was something else, so none of it counts for this.
    private async Task<NotNow> VoidAsync(UpstreamEnrolment enrolment, PlatformAdmin by, CancellationToken ct)
    {
        (enrolment.Stage, enrolment.ProvedAt, enrolment.ProposedBy, enrolment.ApprovedBy) = (EnrolmentStage.Draft, null, null, null);
        await journal.SaveAsync(enrolment, by, "void", ct);
        return new NotNow(StatusCodes.Status409Conflict, "settings_changed", "A setting is another than when the agency was asked to sign, so neither its signature nor an approval counts. Nobody can sign in with it. Abandon this enrolment and draft it anew.");
    }

    private async Task<bool> LookAsync(UpstreamEnrolment enrolment, CancellationToken ct)
    {
        IReadOnlyList<CheckResult> report = await checks.RunAsync(enrolment, ct);
        bool good = report.All(result => result.Outcome != CheckResult.Failed);
        enrolment.Report = JsonSerializer.Serialize(report, JsonSerializerOptions.Web);
        enrolment.Stage = !good ? EnrolmentStage.Draft : enrolment.Stage == EnrolmentStage.Draft ? EnrolmentStage.Checked : enrolment.Stage;
        return good;
    }

    private static NotNow WrongStage(UpstreamEnrolment enrolment, string verb) =>
        new(StatusCodes.Status409Conflict, "wrong_stage", $"An enrolment that is {enrolment.Stage} cannot be {verb}. Nothing was changed.");
}
