using System.Security.Claims;

namespace Assize.Identity.Federation;

/// <summary>What an upstream has proved about somebody who comes from it.</summary>
/// <param name="Issuer">With <paramref name="Subject"/> the only thing that says who it is: an OpenID provider's issuer, or a tenant's id.</param>
/// <param name="Email">For display. It proves nothing: tenants let people choose it.</param>
internal sealed record Arrival(string UpstreamId, string Issuer, string Subject, string? Name, string? Email)
{
    public string? Acr { get; init; }

    public IReadOnlyList<string> Amr { get; init; } = [];

    /// <summary>Of a tenant: the authentication contexts whose policies this sign-in satisfied (<c>acrs</c>).</summary>
    public IReadOnlyList<string> Contexts { get; init; } = [];

    /// <summary>A second factor was asked for, so that one factor is not enough.</summary>
    public bool NeedsTwoFactors { get; init; }

    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>The upstream's own session, where it names one.</summary>
    public string? Session { get; init; }

    /// <summary>The signed identity token, for what one upstream alone says.</summary>
    public ClaimsPrincipal Token { get; init; } = new();

    /// <summary>The same as it came, by which the provider knows whom to sign out.</summary>
    public string? RawToken { get; init; }
}

/// <summary>Who came in, how well proved, and since when.</summary>
internal sealed record Admission(string Subject, string Agency, int Acr, DateTimeOffset AuthenticatedAt, Arrival Arrival);

/// <summary>Why somebody whose sign-in at home was in order is not let in here.</summary>
internal sealed record Refusal(int Status, string Title, string What);
