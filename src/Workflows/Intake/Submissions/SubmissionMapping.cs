using Assize.Workflows.Intake.Reference;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Intake.Submissions;

public static class SubmissionMapping
{
    public const string OpenUrnIndex = "ux_submission_open_urn";

    public static void Configure(ModelBuilder model)
    {
        model.Entity<Submission>(submission =>
        {
            submission.ToTable("submission").HasKey(x => x.Id);
            submission.HasIndex(x => x.OpenUrn).IsUnique().HasDatabaseName(OpenUrnIndex);
            submission.HasIndex(x => new { x.Sender, x.ReceivedAt, x.Id }).HasDatabaseName("ix_submission_sender");
            submission.HasIndex(x => x.CaseId).HasDatabaseName("ix_submission_case");
        });
        model.Entity<ReceivedMessage>(message => message.ToTable("received_message").HasKey(x => x.SubmissionId));
        model.Entity<ReferenceRow>(row => row.ToTable("reference_item").HasKey(x => new { x.List, x.Code, x.FromDay }));
        model.Entity<StagedReferenceRow>(row => row.ToTable("reference_staged").HasKey(x => new { x.OperationId, x.List, x.Code, x.FromDay }));
        model.Entity<ReferenceVersion>(version =>
        {
            version.ToTable("reference_version").HasKey(x => x.Id);
            version.Property(x => x.Id).ValueGeneratedNever();
        });
    }
}
