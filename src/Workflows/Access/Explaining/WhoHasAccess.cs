namespace Assize.Workflows.Access.Explaining;

/// <param name="People">Of the asker's own agency.</param>
/// <param name="Others">Of other agencies.</param>
public sealed record WhoHasAccess(string Urn, DateTimeOffset At, IReadOnlyList<PersonWithAccess> People, IReadOnlyList<OthersWithAccess> Others);

public sealed record PersonWithAccess(string Subject, string Name, IReadOnlyList<AccessPath> Paths);

public sealed record OthersWithAccess(string Agency, string AgencyName, string Role, int Count);

/// <param name="Status">The account's at the instant.</param>
public sealed record WhatIsHeld(string Subject, string Name, string Status, DateTimeOffset At, IReadOnlyList<AccessPath> Grants);
