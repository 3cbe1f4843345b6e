namespace Assize.Identity.Administration.People;

/// <summary>A role to give. Whose, since when it is known and when it must be certified are not the giver's to say.</summary>
/// <param name="From">From now on where absent; never in the past.</param>
/// <param name="To">The first instant without it; for good where absent.</param>
/// <param name="Jurisdiction">"criminal" where absent.</param>
/// <param name="Agency">The home agency where neither it, an area nor a court is named.</param>
/// <param name="MaxClassification">"public", "private" or "restricted"; the role's usual one where absent.</param>
internal sealed record RoleGift(
    string? Role, DateTimeOffset? From = null, DateTimeOffset? To = null, string? Jurisdiction = null, string? Agency = null, string? Area = null,
    string? Court = null, string? MaxClassification = null, IReadOnlyList<string>? Authorisations = null);

/// <summary>Exactly these roles from now on. With a process and a reference only what they gave before is replaced, otherwise everything.</summary>
internal sealed record RolesChange(IReadOnlyList<RoleGift>? Roles, string? Reason, string? Process = null, string? Reference = null);

internal sealed record RoleAddition(RoleGift? Role, string? Reason);

internal sealed record ReasonOnly(string? Reason);

internal sealed record StatusChange(string? Status, string? Reason);

/// <param name="Subjects">At most 20.</param>
internal sealed record Suspensions(IReadOnlyList<string>? Subjects, string? Reason);

/// <param name="Roles">At most 20.</param>
/// <param name="Review">From the list of what is due: says since when it has been looked at.</param>
internal sealed record Certifications(IReadOnlyList<RoleName>? Roles, string? Reason, string? Review);

internal sealed record RoleName(string? Subject, string? Role);

/// <param name="Decide">"approve" or "refuse".</param>
internal sealed record Decision(string? Decide, string? Reason);
