using System.Globalization;

namespace Assize.Host.Access;

/// <param name="After">Ask again with it; null at the end.</param>
public sealed record DirectoryList<T>(IReadOnlyList<T> Items, string? After = null);

/// <summary>One of the administrator's own people, in a list.</summary>
/// <param name="Status">"pending", "active", "suspended" or "left".</param>
/// <param name="Roles">Those that are live.</param>
/// <param name="NextDue">When the first of them falls asleep unless it is certified.</param>
public sealed record PersonLine(string Subject, string Name, string? Title, string Status, IReadOnlyList<string> Roles, DateTimeOffset? NextDue);

/// <summary>One of the administrator's own people, with everything that the directory believes of them.</summary>
/// <param name="IsErased">Who they were is erased; the account stays for what it did.</param>
public sealed record PersonDetail(
    PersonRecord Person, string? Title, string? UserName, string? ExternalId, string? Email, DateTimeOffset? CreatedAt,
    IReadOnlyList<HeldRole> Roles, IReadOnlyList<RoleRequest> Requests, bool IsErased);

/// <param name="PersonId">The human: the same for all their accounts.</param>
/// <param name="Teams">Ids.</param>
public sealed record PersonRecord(
    string Subject, string PersonId, string Name, string Agency, string Status, DateTimeOffset? MovedAt, DateTimeOffset? LeftAt,
    IReadOnlyList<GivenRole> Roles, IReadOnlyList<string> Teams);

/// <summary>A role from one instant (inclusive) to another (exclusive), and until it must be certified.</summary>
public sealed record GivenRole(
    string Role, DateTimeOffset From, DateTimeOffset? To, string? Jurisdiction, string? Agency, string? Area, string? Court,
    string MaxClassification, IReadOnlyList<string> Authorisations, DateTimeOffset? RecertifyBy, string Process, string? GivenBy)
{
    /// <summary>Its name within the account.</summary>
    public string Id => $"{Role}~{(From.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond}";
}

/// <param name="Id">Its name within the account.</param>
/// <param name="State">"live", "later", "ended" or "overdue".</param>
public sealed record HeldRole(string Id, string State, GivenRole Role);

/// <summary>A role that one administrator asked for and a second decides about.</summary>
/// <param name="Status">"requested", "approved" or "refused".</param>
public sealed record RoleRequest(
    string Id, string Subject, string Role, string Status, string RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset ExpiresAt, string Reason,
    string? DecidedBy, DateTimeOffset? DecidedAt)
{
    /// <summary>Whom it is for.</summary>
    public string? Name { get; init; }
    public string? RequestedByName { get; init; }
    public string? DecidedByName { get; init; }

    /// <summary>The role as it would be given.</summary>
    public required GivenRole Gift { get; init; }
}

/// <summary>The roles that the administrator may give, and the highest classification with them.</summary>
public sealed record RoleCatalogue(string MostClassification, IReadOnlyList<RoleKind> Roles);

/// <param name="NeedsSecond">A second administrator has to approve it.</param>
public sealed record RoleKind(string Role, string Name, int AdminLevel, string MaxClassification, int RecertifyDays, bool NeedsSecond);

/// <param name="Provisioned">It comes from the agency's own provisioning, and is changed there.</param>
public sealed record TeamLine(string Id, string Name, string Status, int Members, bool Provisioned);

/// <summary>One of the administrator's own people, with what they hold by its names, for changing several people at once.</summary>
public sealed record ChosenPerson(string Subject, string Name, string Status, IReadOnlyList<HeldName> Held);

public sealed record HeldName(string Id, string Role);

/// <summary>What a change of roles came to or, rehearsed, would come to.</summary>
/// <param name="Moved">It is a change of post, which suspends what other agencies granted for the old one.</param>
/// <param name="Requests">What a second administrator must approve before it is given.</param>
public sealed record RolesOutcome(PersonRecord Person, bool Moved, IReadOnlyList<string> Requests);

public sealed record SeveralOutcome(IReadOnlyList<RolesOutcome> People);

public sealed record AgencyLine(string Id, string Kind, string Name, string? Area, string Status);

/// <param name="Roles">How many active people hold each role now.</param>
public sealed record AgencyDetail(AgencyLine Agency, IReadOnlyList<RoleCount> Roles);

public sealed record RoleCount(string Role, int People);

/// <param name="Own">The reader's own: somebody else certifies it.</param>
public sealed record DueRole(string Subject, string Name, string Id, string Role, DateTimeOffset RecertifyBy, bool Overdue, bool Own)
{
    /// <summary>When it began, which its name says.</summary>
    public DateTimeOffset From => DateTimeOffset.UnixEpoch.AddMicroseconds(long.Parse(Id[(Id.LastIndexOf('~') + 1)..], CultureInfo.InvariantCulture));
}

/// <param name="Review">Says since when the list has been looked at; sent with certifying several.</param>
public sealed record DueRoles(IReadOnlyList<DueRole> Items, string? After, string Review);

public sealed record CertifiedSeveral(int Certified, int Seconds);

/// <param name="Acr">"1", or "2" where a second factor was proved.</param>
/// <param name="Provider">The issuer that vouched for the person; null where the name was chosen from a demonstration's list.</param>
public sealed record SessionEntry(
    string Id, string Subject, string Name, DateTimeOffset StartedAt, DateTimeOffset SeenAt, DateTimeOffset ExpiresAt, DateTimeOffset? EndedAt,
    string? EndedBecause, string Acr, string? Network, string? Provider, IReadOnlyList<string> Clients);

public sealed record EndedSessions(int Ended);

/// <summary>A token of the agency's provisioning, without the token.</summary>
public sealed record TokenLine(string Id, string Label, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt);

/// <param name="Token">Told once; null where the same form is answered again.</param>
public sealed record IssuedToken(string? Token, TokenLine Line);

/// <summary>Which of the agency's own groups gives which role.</summary>
public sealed record MappingLine(string Id, string Group, GivenRole Role);

/// <summary>The mappings as they are from then on, and whose roles change with them.</summary>
public sealed record MappingsOutcome(IReadOnlyList<MappingLine> Items, IReadOnlyList<GroupMove> People);

/// <param name="Moved">Whoever loses a role by it has changed posts.</param>
public sealed record GroupMove(string Subject, string Name, IReadOnlyList<GivenRole> Gets, IReadOnlyList<GivenRole> Loses, bool Moved);

/// <summary>A record of the identity server's log of the agency's accounts.</summary>
/// <param name="Name">Of who did it, where it was an account of the agency.</param>
/// <param name="AboutName">Of whom it was done to, where they are of the agency.</param>
/// <param name="Said">What somebody wrote, unless it was erased.</param>
public sealed record AccountRecord(
    long Sequence, DateTimeOffset At, string Actor, string? Name, string Action, string About, string? AboutName, string? Said, bool Erased);
