using Assize.Engine.Commands;
using Assize.Engine.Moments;
using Assize.Engine.Storage;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Cases;
using Assize.Workflows.Drafting;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Erasure;
using Assize.Workflows.Exchange;
using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Migrating;
using Assize.Workflows.Operations;
using Assize.Workflows.Overlays;
using Assize.Workflows.Practice;
using Assize.Workflows.Rehearsing;
using Assize.Workflows.Releasing;
using Assize.Workflows.Simulating;
using Assize.Workflows.Tasks;
using Assize.Workflows.Verifying;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Assize.Workflows.Storage;

/// <summary>Everything of this project, registered in one place. The caller brings the access evaluator and the real clock.</summary>
public static class WorkflowServices
{
    public static IServiceCollection AddWorkflows(this IServiceCollection services, Func<CaseDatabase> open)
    {
        services.AddSingleton(_ => open());
        services.AddSingleton<IDbContextFactory<CaseDb>>(provider => provider.GetRequiredService<CaseDatabase>());
        services.AddSingleton(_ => new DefinitionCatalog(CaseActivities.Table, PracticeDefinitions.TextAsync));
        services.AddSingleton<RuleCatalog>().AddSingleton<ReferenceStore>().AddSingleton(IntakeLimits.Default);
        services.AddSingleton<IUnitOwner>(provider => new CaseOwner(
            provider.GetRequiredService<RuleCatalog>(), [.. CasePerformers.All, .. IntakePerformers.All(provider.GetRequiredService<ReferenceStore>())]));
        services.AddSingleton<UnitRunner>().AddSingleton<TimerPump>().AddSingleton<StartPump>();
        services.AddSingleton(provider => new OutboxDispatcher(provider.GetRequiredService<UnitRunner>(), RefuseUnknown));
        services.AddSingleton<PublishDefinitions>();
        services.AddSingleton<ClaimTask>().AddSingleton<ReleaseTask>().AddSingleton<CompleteTask>().AddSingleton<ReinstateTask>();
        services.AddSingleton<RequestErasure>().AddSingleton<DecideErasure>();
        services.AddSingleton<UnitMoments>();
        services.AddSingleton<CloseCaseInError>().AddSingleton<RetryIncident>().AddSingleton<AcknowledgeMessage>();
        services.AddSingleton<ReceiveProsecution>().AddSingleton<CorrectProsecution>().AddSingleton<SubmissionQueries>();
        services.AddSingleton<DraftingRights>().AddSingleton<AdministeredRights>().AddSingleton<AskDraftingRight>().AddSingleton<DecideDraftingRight>().AddSingleton<EndDraftingRight>().AddSingleton<AskOwnerChange>().AddSingleton<DecideOwnerChange>().AddSingleton<SaveDraft>().AddSingleton<BegunDraft>().AddSingleton<RequestPublication>().AddSingleton<DecidePublication>()
            .AddSingleton<DiscardDraft>().AddSingleton<RetractVersion>().AddSingleton<ReplaceDraft>().AddSingleton<RevertDraft>().AddSingleton<KeepUnreadable>();
        services.AddSingleton<BeginRehearsal>().AddSingleton<RehearseCases>().AddSingleton(provider => provider.GetRequiredService<RehearseCases>().Kind);
        services.AddSingleton<UploadCodeList>().AddSingleton<ReadUploadedList>().AddSingleton(provider => provider.GetRequiredService<ReadUploadedList>().Kind);
        services.AddSingleton<BeginMigration>().AddSingleton<MigrateCases>().AddSingleton(provider => provider.GetRequiredService<MigrateCases>().Kind);
        services.AddSingleton<RunOperations>().AddSingleton<SteerOperation>().AddSingleton<VisibleOperations>();
        services.AddSingleton<StartPractice>().AddSingleton<AnswerPractice>().AddSingleton<CancelPractice>().AddSingleton<DeletePractice>();
        services.AddSingleton<SimulateYear>().AddSingleton<SoundnessVerdicts>(_ => new()).AddSingleton<TraceVerdicts>(_ => new()).AddSingleton<OverlaySetCheck>().AddSingleton<RetireOverlay>().AddSingleton<OverlayCheck>().AddSingleton<DefinitionCheck>().AddSingleton<RuleCheck>().AddSingleton<DraftCheck>().AddSingleton<PublishRequested>().AddSingleton<ReturnRelease>().AddSingleton<RequestRelease>().AddSingleton<WatchReleases>().AddSingleton<FollowReleases>().AddSingleton<TermsCheck>().AddSingleton<CatalogWatch>();
        return services.AddAccess();
    }

    // Messages to agencies wait in mailboxes; nothing is sent anywhere yet, so a row of another kind is somebody's mistake.
    private static Task RefuseUnknown(OutboxMessage message, CancellationToken ct) =>
        throw new InvalidOperationException($"Expected somebody to deliver '{message.Kind}', but nobody does.");
}
