namespace Assize.Identity.Directory;

/// <summary>A role that there is: whom it fits, and who may give it.</summary>
public sealed class RoleDefinition
{
    public required string Role { get; init; }
    public required string Name { get; set; }

    /// <summary>Kinds of agency whose people may hold it, separated by spaces.</summary>
    public required string Kinds { get; set; }

    /// <summary>An agency's own admin may give it.</summary>
    public bool Delegable { get; set; }

    /// <summary>0: no admin. A giver of an equal or higher level than their own needs a second admin.</summary>
    public int AdminLevel { get; set; }
    public string MaxClassification { get; set; } = Classification.Private;

    /// <summary>How long a giving lasts before somebody must certify it.</summary>
    public int RecertifyDays { get; set; }

    internal RoleDefinition Copy() => (RoleDefinition)MemberwiseClone();

    public bool Fits(string kind) => Kinds.Split(' ').Contains(kind, StringComparer.Ordinal);
}

/// <summary>The roles of every deployment, in the order of the lanes.</summary>
public static class RoleCatalogue
{
    public const string AgencyAdmin = "agency-admin";
    public const string PlatformAdmin = "platform-admin";
    public const string PrivacyOfficer = "privacy-officer";
    public const string AccessApprover = "access-approver";
    public const string CaseSystem = "case-system";

    public const int AdminDays = 90;
    public const int HomeDays = 180;

    private const string Everybody = "police prosecutor court defence";

    public static IReadOnlyList<RoleDefinition> All { get; } =
    [
        Lane("case-builder", "Case builder", AgencyKind.Police),
        Lane("officer-in-case", "Officer in the case", AgencyKind.Police),
        Lane("warrants-officer", "Warrants officer", AgencyKind.Police),
        Lane("paralegal-officer", "Paralegal officer", AgencyKind.Prosecutor),
        Lane("reviewing-lawyer", "Reviewing lawyer", AgencyKind.Prosecutor),
        Lane("advocate", "Advocate", AgencyKind.Prosecutor),
        Lane("listing-officer", "Listing officer", AgencyKind.Court),
        Lane("court-administrator", "Court administrator", AgencyKind.Court),
        Lane("legal-adviser", "Legal adviser", AgencyKind.Court),
        Lane("solicitor", "Solicitor", AgencyKind.Defence),
        Lane("process-owner", "Process owner", $"{AgencyKind.Police} {AgencyKind.Prosecutor} {AgencyKind.Court}"),
        new() { Role = CaseSystem, Name = "Case system", Kinds = Everybody, RecertifyDays = 0 },
        Admin(AccessApprover, "Access approver", 1),
        Admin(PrivacyOfficer, "Privacy officer", 1),
        Admin(AgencyAdmin, "Agency administrator", 2, Classification.Restricted),
        new() { Role = PlatformAdmin, Name = "Platform administrator", Kinds = AgencyKind.Platform, Delegable = true, AdminLevel = 3, RecertifyDays = AdminDays },
    ];

    public static RoleDefinition? Find(string role) => All.FirstOrDefault(known => known.Role == role);

    private static RoleDefinition Lane(string role, string name, string kinds) =>
        new() { Role = role, Name = name, Kinds = kinds, Delegable = true, RecertifyDays = HomeDays };

    // An administrator's classification opens no case: it bounds what they may give.
    private static RoleDefinition Admin(string role, string name, int level, string most = Classification.Private) =>
        new() { Role = role, Name = name, Kinds = Everybody, Delegable = true, AdminLevel = level, MaxClassification = most, RecertifyDays = AdminDays };
}
