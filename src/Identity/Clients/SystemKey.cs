using Assize.Identity.Directory;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Clients;

/// <summary>A public key by which an agency's system proves who it is. It counts from when a second administrator approved it until it is removed.</summary>
public sealed class SystemKey
{
    public required string Id { get; init; }

    /// <summary>The system: its client id, which is its account's subject.</summary>
    public required string Subject { get; init; }

    /// <summary>Of RFC 7638, to compare with what the system's makers read out.</summary>
    public required string Thumbprint { get; init; }

    /// <summary>The JSON Web Key, of public members only.</summary>
    public required string Jwk { get; init; }

    /// <summary>Such as "RSA 3072" or "P-256".</summary>
    public required string Kind { get; init; }
    public required string AddedBy { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public required string Reason { get; init; }
    public string? ApprovedBy { get; set; }
    public DateTimeOffset? ApprovedAt { get; set; }
    public string? RemovedBy { get; set; }
    public DateTimeOffset? RemovedAt { get; set; }

    public bool Works => ApprovedAt is not null && RemovedAt is null;

    internal static void Configure(ModelBuilder model) => model.Entity<SystemKey>(key =>
    {
        key.ToTable("system_key").HasKey(x => x.Id);
        key.HasOne<Account>().WithMany().HasForeignKey(x => x.Subject);
        key.Ignore(x => x.Works);
    });
}
