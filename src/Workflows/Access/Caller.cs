using Assize.Workflows.Access.Deciding;

namespace Assize.Workflows.Access;

/// <summary>Who asks: a signed-in person or an agency's system, as its token says.</summary>
/// <param name="Subject">The subject in the directory; of a system, its client id.</param>
/// <param name="Agency">The home agency's id; empty where the token names none.</param>
/// <param name="Roles">What the token said, for display. Decisions read the directory's copy, never this.</param>
/// <param name="ClientId">The client that the token was issued to; request ids are scoped to it and the subject.</param>
public sealed record Caller(
    string Subject, string Agency, IReadOnlyList<string> Roles, string DisplayName, bool IsSystem, string ClientId)
{
    /// <summary>The server-side session of a signed-in person; null for a system.</summary>
    public string? SessionId { get; init; }

    /// <summary>"1", or "2" where a second factor was proved; null for a system.</summary>
    public string? Acr { get; init; }

    /// <summary>When the person proved who they are, by the real clock; null for a system.</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>Assize itself, for what no person asked for: timers, deliveries, seeding. No evaluator is asked about it.</summary>
    public static Caller Assize { get; } = new("system", "", [], "Assize", true, "assize");

    public bool HasRole(string role) => Roles.Contains(role, StringComparer.Ordinal);

    internal Assurance Assurance => new(Acr == "2" ? 2 : 1, AuthenticatedAt, IsSystem);
}
