using Assize.Identity.Directory;
using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Scim;

/// <summary>What an agency's provisioning signs in with. The token itself is shown once and kept nowhere.</summary>
public sealed class ScimToken
{
    public required string Id { get; init; }
    public required string AgencyId { get; init; }
    public required string Label { get; init; }

    /// <summary>SHA-256 of the secret part, in hexadecimal.</summary>
    public required string Hash { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>Whoever is in the group holds the role.</summary>
public sealed class ScimMapping
{
    public required string Id { get; init; }
    public required string AgencyId { get; init; }

    /// <summary>The group's display name, or its external id.</summary>
    public required string Group { get; init; }
    public required string Role { get; init; }

    /// <summary>JSON text of the role with its scope, as an admin was allowed to give it.</summary>
    public required string Gift { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

internal static class ScimModel
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<ScimToken>(token =>
        {
            token.ToTable("scim_token").HasKey(x => x.Id);
            token.HasOne<Agency>().WithMany().HasForeignKey(x => x.AgencyId);
        });
        model.Entity<ScimMapping>(mapping =>
        {
            mapping.ToTable("scim_mapping").HasKey(x => x.Id);
            mapping.HasOne<Agency>().WithMany().HasForeignKey(x => x.AgencyId);
        });
    }
}
