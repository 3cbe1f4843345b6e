namespace Assize.Identity.Federation;

/// <summary>What an upstream's words about a sign-in are worth here. Whatever is missing or unbelievable counts as the least.</summary>
internal static class Assurance
{
    /// <summary>An age that nobody proved is never young enough for restricted or sealed cases, whose limit is an hour.</summary>
    public static readonly TimeSpan UnprovedAge = TimeSpan.FromHours(2);

    private static readonly TimeSpan s_clockSkew = TimeSpan.FromMinutes(5);

    /// <summary>2 where a row of this upstream says that the value proves two factors, else 1.</summary>
    public static int Acr(Arrival arrival, IEnumerable<UpstreamAssurance> rows) =>
        rows.Any(row => row.Claim switch
        {
            "acr" => row.Value == arrival.Acr,
            "amr" => arrival.Amr.Contains(row.Value, StringComparer.Ordinal),
            UpstreamAssurance.Context => arrival.Contexts.Contains(row.Value, StringComparer.Ordinal),
            _ => false,
        }) ? 2 : 1;

    /// <summary>When the person proved who they are; a time to come is as good as none.</summary>
    public static DateTimeOffset AuthenticatedAt(DateTimeOffset? said, DateTimeOffset now) =>
        said is not { } at || at > now + s_clockSkew ? now - UnprovedAge : at > now ? now : at;
}
