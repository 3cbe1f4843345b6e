using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Exchange;

public static class MessageMapping
{
    public static void Configure(ModelBuilder model) => model.Entity<AgencyMessage>(message =>
    {
        message.ToTable("message").HasKey(x => x.Id);
        message.HasIndex(x => new { x.Agency, x.CreatedAt, x.Id }).HasDatabaseName("ix_message_mailbox");
        message.HasIndex(x => x.CaseId).HasDatabaseName("ix_message_case");
    });
}
