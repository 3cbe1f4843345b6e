using Microsoft.EntityFrameworkCore;

namespace Assize.Identity.Administration;

/// <summary>A role that one admin asks for and a second must approve before it is given.</summary>
public sealed class RoleRequest
{
    public required string Id { get; init; }

    /// <summary>Whose admins decide: the beneficiary's agency, or the platform for an agency's first admin.</summary>
    public required string AgencyId { get; init; }
    public required string Subject { get; init; }

    /// <summary>JSON text of the role with its scope.</summary>
    public required string Gift { get; init; }
    public required string Role { get; init; }
    public required string RequestedBy { get; init; }
    public required DateTimeOffset RequestedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public required string Reason { get; init; }

    /// <summary>One of <see cref="RequestStatus"/>.</summary>
    public string Status { get; set; } = RequestStatus.Requested;
    public string? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
}

public static class RequestStatus
{
    public const string Requested = "requested";
    public const string Approved = "approved";
    public const string Refused = "refused";
}

/// <summary>What a write answered: the same key from the same caller is answered the same without doing anything.</summary>
public sealed class StoredAnswer
{
    public required string Caller { get; init; }
    public required string Key { get; init; }

    /// <summary>Of method, path and body.</summary>
    public required string Digest { get; init; }
    public required int Status { get; init; }
    public required string Body { get; init; }
    public required DateTimeOffset At { get; init; }
}

internal static class AdministrationMapping
{
    public static void Configure(ModelBuilder model)
    {
        model.Entity<RoleRequest>(request =>
        {
            request.ToTable("role_request").HasKey(x => x.Id);
            request.HasIndex(x => new { x.AgencyId, x.Status, x.RequestedAt });
            request.HasIndex(x => x.Subject);
        });
        model.Entity<StoredAnswer>(answer =>
        {
            answer.ToTable("stored_answer").HasKey(x => new { x.Caller, x.Key });
            answer.HasIndex(x => x.At);
        });
    }
}
