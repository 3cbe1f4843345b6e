using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Exchange;

public static class MessageMapping
{
    public static void Configure(ModelBuilder model) => model.Entity<AgencyMessage>(message =>
    {
        message.ToTable("message").HasKey(x => x.Id);
        // The case is the message's unit of consistency; commands find a row's unit by this column.
        message.Property(x => x.CaseId).HasColumnName("unit_id");
        message.HasIndex(x => new { x.Agency, x.CreatedAt, x.Id }).HasDatabaseName("ix_message_mailbox");
        message.HasIndex(x => x.CaseId).HasDatabaseName("ix_message_case");
    });
}
