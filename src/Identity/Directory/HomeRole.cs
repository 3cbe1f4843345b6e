using System.Globalization;

namespace Assize.Identity.Directory;

/// <summary>A role in the home agency, from one instant (inclusive) to another (exclusive), as the directory believes it now.</summary>
public sealed class HomeRole
{
    public const string UsualJurisdiction = "criminal";

    public required string Subject { get; init; }
    public required string Role { get; init; }
    public required DateTimeOffset From { get; set; }
    public DateTimeOffset? To { get; set; }

    /// <summary>A role without a jurisdiction, or with neither agency, area nor court, opens nothing: absent is not "any".</summary>
    public string? Jurisdiction { get; set; }
    public string? Agency { get; set; }
    public string? Area { get; set; }
    public string? Court { get; set; }

    /// <summary>"public", "private" or "restricted".</summary>
    public string MaxClassification { get; set; } = Classification.Private;

    /// <summary>JSON array of names.</summary>
    public string Authorisations { get; set; } = "[]";

    /// <summary>From then on the role is asleep until somebody else certifies it.</summary>
    public DateTimeOffset? RecertifyBy { get; set; }

    /// <summary>What gave the role; a later giving by the same process and reference replaces it.</summary>
    public string Process { get; set; } = "";
    public string Reference { get; set; } = "";
    public string? GivenBy { get; set; }

    /// <summary>Since when the directory believes exactly this.</summary>
    public DateTimeOffset? RecordedFrom { get; set; }

    /// <summary>Names the row among its account's.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{Role}~{(From.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond}");

    /// <summary>Whether somebody ended it, rather than that it runs out: it is over then, whatever the clock says.</summary>
    public bool WasEnded => To <= RecordedFrom;

    public bool IsLive(DateTimeOffset at) => From <= at && (To is null || at < To) && !WasEnded && (RecertifyBy is null || at < RecertifyBy);

    /// <summary>A role with the scope that one has unless its giver says otherwise.</summary>
    public static HomeRole Usual(Account account, string role, DateTimeOffset from, DateTimeOffset? certifiedAt = null) => new()
    {
        Subject = account.Subject,
        Role = role,
        From = from,
        Jurisdiction = UsualJurisdiction,
        Agency = account.AgencyId,
        MaxClassification = RoleCatalogue.Find(role)?.MaxClassification ?? Classification.Private,
        RecertifyBy = RoleCatalogue.Find(role) is { RecertifyDays: > 0 and int days } ? (certifiedAt ?? from).AddDays(days) : null,
        Process = "directory",
        Reference = role,
    };

    /// <summary>Whether both say the same of the same role, whenever they were given and are to be certified.</summary>
    public bool SaysTheSame(HomeRole other) =>
        (Role, To, Jurisdiction, Agency, Area, Court, MaxClassification, Authorisations)
        == (other.Role, other.To, other.Jurisdiction, other.Agency, other.Area, other.Court, other.MaxClassification, other.Authorisations);

    /// <summary>The row as it is believed until <paramref name="now"/>, to be kept when it changes.</summary>
    public FormerRole Superseded(DateTimeOffset now) => new()
    {
        Subject = Subject,
        Role = Role,
        From = From,
        To = To,
        Jurisdiction = Jurisdiction,
        Agency = Agency,
        Area = Area,
        Court = Court,
        MaxClassification = MaxClassification,
        Authorisations = Authorisations,
        RecertifyBy = RecertifyBy,
        Process = Process,
        Reference = Reference,
        GivenBy = GivenBy,
        RecordedFrom = RecordedFrom ?? From,
        RecordedTo = now,
    };
}

/// <summary>What the directory believed of a home role until it learned otherwise: the past is asked about with it.</summary>
public sealed class FormerRole
{
    public required string Subject { get; init; }
    public required string Role { get; init; }
    public required DateTimeOffset From { get; init; }
    public DateTimeOffset? To { get; init; }
    public string? Jurisdiction { get; init; }
    public string? Agency { get; init; }
    public string? Area { get; init; }
    public string? Court { get; init; }
    public required string MaxClassification { get; init; }
    public required string Authorisations { get; init; }
    public DateTimeOffset? RecertifyBy { get; init; }
    public required string Process { get; init; }
    public required string Reference { get; init; }
    public string? GivenBy { get; init; }
    public required DateTimeOffset RecordedFrom { get; init; }
    public required DateTimeOffset RecordedTo { get; init; }
}

public static class Classification
{
    public const string Public = "public";
    public const string Private = "private";
    public const string Restricted = "restricted";

    private static readonly string[] s_rising = [Public, Private, Restricted];

    public static IReadOnlyList<string> Rising => s_rising;

    /// <summary>Its place among them; below all where it is none.</summary>
    public static int Rank(string? classification) => Array.IndexOf(s_rising, classification);

    public static bool IsKnown(string? classification) => Rank(classification) >= 0;

    public static bool Within(string asked, string most) => IsKnown(asked) && Rank(asked) <= Rank(most);
}
