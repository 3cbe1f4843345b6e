using Assize.Engine.Definitions;
using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Overlays;
using Assize.Workflows.Releasing;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Assize.Workflows.Verifying;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting;

/// <summary>Does what an approved request asks for, in the transaction of the approval: publishes the version, and enters its release.</summary>
public sealed class PublishRequested(DraftCheck check, OverlayCheck overlays)
{
    /// <summary>What is to be said of the text today; null for a release, whose version is published.</summary>
    internal async Task<Verification?> VerifyAsync(CaseDb db, PublicationRequest request, bool waits, CancellationToken ct) => request.IsRelease ? null
        : waits ? await check.RunAsync(db, request.DefinitionId, request.Text, ct) : await check.RunWithoutWaitAsync(db, request.DefinitionId, request.Text, ct);

    /// <param name="business">Business now: a release whose terms name no day begins on its day.</param>
    internal async Task<DraftRefused?> RunAsync(CaseDb db, PublicationRequest request, Caller approver, DateTimeOffset now, DateTimeOffset business, CancellationToken ct)
    {
        if (RuleName.Parse(request.DefinitionId) is { } rule)
        {
            return rule.Kind == RuleName.Overlay ? await PublishOverlayAsync(db, request, now, ct) : await PublishAsync(db, request, rule, now, ct);
        }
        if ((request.IsRelease ? await StandsAsync(db, request, ct) : await PublishAsync(db, request, now, business, ct)) is { } refused)
        {
            return refused;
        }
        if (await WithOverlaysAsync(db, DefinitionReader.Read(request.Text), now, ct) is { } unfit)
        {
            return unfit;
        }
        ReleaseBook book = await ReleaseBook.OpenAsync(db, request.DefinitionId, ct);
        ReleaseAsked asked = new(
            request.Version, ReleaseTerms.Read(request.Terms), request.Id, request.Note, request.RequestedByName, approver.DisplayName, now);
        if (book.Enter(asked, London.Day(business)).Refusal is { } refusal)
        {
            return new DraftRefused("release-tied", $"{refusal} Nothing was published.");
        }
        await PublishedVersions.BeginAsync(db, request.DefinitionId, book.Plan, business, ct);
        return null;
    }

    private static async Task<DraftRefused?> StandsAsync(CaseDb db, PublicationRequest request, CancellationToken ct) =>
        (await PublishedVersions.LiveNumbersAsync(db, request.DefinitionId, ct)).Contains(request.Version)
            ? null
            : new DraftRefused("version-retracted", $"Version {request.Version} was retracted meanwhile, so no new case can take it.");

    private async Task<DraftRefused?> PublishAsync(CaseDb db, PublicationRequest request, DateTimeOffset now, DateTimeOffset business, CancellationToken ct)
    {
        WorkflowDefinition definition = DefinitionReader.Read(request.Text);
        if (await InvalidAsync(db, request, ct) is { } invalid)
        {
            return invalid;
        }
        string text = DraftText.Store(definition, request.DefinitionId, request.Version, revision: null);
        if (await PublishedVersions.PublishAsync(db, text, request.RequestedBy, now, business, ct) is not null)
        {
            return NumberTaken(request);
        }
        await FollowAsync(db, request, ct);
        return null;
    }

    private async Task<DraftRefused?> PublishAsync(CaseDb db, PublicationRequest request, RuleName rule, DateTimeOffset now, CancellationToken ct)
    {
        if (await InvalidAsync(db, request, ct) is { } invalid)
        {
            return invalid;
        }
        if (await PublishedVersions.NewestAsync(db, request.DefinitionId, ct) >= request.Version)
        {
            return NumberTaken(request);
        }
        db.Add(new PublishedResource
        {
            Kind = rule.Kind,
            Id = rule.Id,
            Version = request.Version,
            Hash = request.Hash,
            Text = request.Text,
            PublishedAt = now,
            EffectiveFrom = PublishDefinitions.Effective(RuleCatalog.Parse(rule.Kind, request.Text)),
        });
        if (rule.Kind == RuleName.List)
        {
            await ReferenceVersion.RaiseAsync(db, ct);
        }
        await FollowAsync(db, request, ct);
        return null;
    }

    private async Task<DraftRefused?> PublishOverlayAsync(CaseDb db, PublicationRequest request, DateTimeOffset now, CancellationToken ct)
    {
        if (await InvalidAsync(db, request, ct) is { } invalid)
        {
            return invalid;
        }
        if (await PublishedVersions.NewestAsync(db, request.DefinitionId, ct) >= request.Version)
        {
            return NumberTaken(request);
        }
        Overlay overlay = Overlay.Read(request.Text);
        db.Add(PublishedOverlay.Of(overlay, request.Hash, request.Text, now));
        await FollowAsync(db, request, ct);
        return Unmade(await EffectiveVersions.MakeAsync(
            db, overlay.Workflow, await OverlayBook.BaselinesAsync(db, overlay.Workflow, ct), [.. await OverlayBook.OnAsync(db, overlay.Workflow, ct), overlay], now, ct));
    }

    // A case of a force or area takes the version with its overlay: it has to be there before any case can come.
    private async Task<DraftRefused?> WithOverlaysAsync(CaseDb db, WorkflowDefinition baseline, DateTimeOffset now, CancellationToken ct)
    {
        CheckLine? fit = await overlays.FitAsync(db, baseline, waits: false, ct);
        return fit is null ? null
            : DraftRefused.Of(new Verification([fit]), "Overlays of forces or areas no longer fit it, so nothing was published.")
                ?? Unmade(await EffectiveVersions.MakeAsync(db, baseline.DefinitionId, [baseline], await OverlayBook.OnAsync(db, baseline.DefinitionId, ct), now, ct));
    }

    private static DraftRefused? Unmade(OverlayProblem? problem) => problem is null ? null : new DraftRefused(problem.Code, $"{problem.Words} Nothing was published.");

    private async Task<DraftRefused?> InvalidAsync(CaseDb db, PublicationRequest request, CancellationToken ct) => DraftRefused.Of(
        await check.RunWithoutWaitAsync(db, request.DefinitionId, request.Text, ct), "What it refers to has changed since: it can no longer be published.");

    private static DraftRefused NumberTaken(PublicationRequest request) =>
        new("number-taken", $"Version {request.Version} was published from a file meanwhile. Ask for publication again: the draft gets the next number.");

    // Whoever drew on while the request waited keeps what they drew, under the next number.
    private static async Task FollowAsync(CaseDb db, PublicationRequest request, CancellationToken ct)
    {
        if (await db.Drafts.SingleOrDefaultAsync(x => x.DefinitionId == request.DefinitionId, ct) is not { } draft)
        {
            return;
        }
        if (DraftText.HashOf(draft.DefinitionId, draft.Text) == request.Hash)
        {
            db.Remove(draft);
            return;
        }
        draft.Version = request.Version + 1;
        draft.Text = SentDraft.Of(draft.DefinitionId, draft.Text, draft.Revision).Store(draft.Version, draft.Revision);
    }
}
