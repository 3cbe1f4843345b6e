using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Drafting;

public static class DraftMapping
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<WorkflowDraft>(draft =>
        {
            draft.ToTable("workflow_draft").HasKey(x => x.DefinitionId);
            draft.Property(x => x.Revision).IsConcurrencyToken();
        });
        model.Entity<DraftCopy>().ToTable("draft_copy").HasKey(x => new { x.DefinitionId, x.SavedBy });
        model.Entity<PublicationRequest>(request =>
        {
            request.ToTable("publication_request").HasKey(x => x.Id);
            request.Property(x => x.State).IsConcurrencyToken();
            request.Property(x => x.FirstApprovedBy).IsConcurrencyToken();
            request.Property(x => x.IsRelease).HasDefaultValue(false).ValueGeneratedNever();
            request.HasIndex(x => new { x.State, x.RequestedAt });
            request.HasIndex(x => x.DefinitionId);
        });
    }
}
