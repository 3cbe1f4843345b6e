using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Administration.Erasures;

/// <summary>That what is personal of somebody who left be erased: one administrator asks, another decides.</summary>
public sealed class PersonErasure
{
    public required string Id { get; init; }
    public required string AgencyId { get; init; }
    public required string Subject { get; init; }
    public required string RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public required string Reason { get; init; }

    /// <summary>One of <see cref="RequestStatus"/>.</summary>
    public string Status { get; set; } = RequestStatus.Requested;
    public string? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }

    internal static void Configure(ModelBuilder model) => model.Entity<PersonErasure>(erasure =>
    {
        erasure.ToTable("person_erasure").HasKey(x => x.Id);
        erasure.HasIndex(x => new { x.AgencyId, x.Status });
    });
}
