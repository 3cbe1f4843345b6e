namespace Assize.Workflows.Access;

/// <summary>Home roles of the directory; names as in the lanes of definitions.</summary>
public static class Roles
{
    public const string CaseBuilder = "case-builder";
    public const string OfficerInCase = "officer-in-case";
    public const string WarrantsOfficer = "warrants-officer";
    public const string ParalegalOfficer = "paralegal-officer";
    public const string ReviewingLawyer = "reviewing-lawyer";
    public const string Advocate = "advocate";
    public const string ListingOfficer = "listing-officer";
    public const string CourtAdministrator = "court-administrator";
    public const string LegalAdviser = "legal-adviser";
    public const string Solicitor = "solicitor";

    /// <summary>Draws workflows, forms and tables, and approves what another one drew.</summary>
    public const string ProcessOwner = "process-owner";

    /// <summary>An agency's own system: it sends, corrects and reads its own, pulls messages, and completes no task.</summary>
    public const string CaseSystem = "case-system";

    /// <summary>Administers the agency's people.</summary>
    public const string AgencyAdmin = "agency-admin";

    /// <summary>Enrols agencies; sees no case.</summary>
    public const string PlatformAdmin = "platform-admin";

    /// <summary>Reviews challenged and emergency access.</summary>
    public const string PrivacyOfficer = "privacy-officer";

    /// <summary>Sponsors and consents to access across agencies.</summary>
    public const string AccessApprover = "access-approver";

    public static IReadOnlyList<string> OfPeople { get; } =
        [CaseBuilder, OfficerInCase, WarrantsOfficer, ParalegalOfficer, ReviewingLawyer, Advocate, ListingOfficer, CourtAdministrator, LegalAdviser, Solicitor, ProcessOwner];

    public static IReadOnlyList<string> All { get; } = [.. OfPeople, CaseSystem];

    /// <summary>With those that administer access and open no case.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. All, AgencyAdmin, PlatformAdmin, PrivacyOfficer, AccessApprover];
}
