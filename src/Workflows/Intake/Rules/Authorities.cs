using Assize.Workflows.Intake.Reference;

namespace Assize.Workflows.Intake.Rules;

/// <summary>Prosecuting authorities by their organisation-unit code, in words.</summary>
public static class Authorities
{
    /// <summary>The name of the prosecutor, force or CPS area; the code itself where no list names it.</summary>
    public static string Name(ReferenceData lists, string organisation) =>
        lists.Find(ReferenceLists.Prosecutor, organisation)?.Text("name")
        ?? (Force(lists, ProsecutorRecognised.ForceOf(organisation)) is { } force ? Police(force) : null)
        ?? (Force(lists, ProsecutorRecognised.CpsForceOf(organisation)) is { } area ? $"Crown Prosecution Service, {area.Text("cpsArea") ?? area.Text("name")}" : null)
        ?? organisation;

    /// <summary>The agency of the platform that the authority is; null where none is listed.</summary>
    public static string? AgencyOf(ReferenceData lists, string organisation) =>
        (lists.Find(ReferenceLists.AuthorityAgency, organisation)
        ?? (ProsecutorRecognised.ForceOf(organisation) is { } force ? lists.Find(ReferenceLists.AuthorityAgency, $"force-{force}") : null)
        ?? (ProsecutorRecognised.CpsForceOf(organisation) is { } area ? lists.Find(ReferenceLists.AuthorityAgency, $"cps-{area}") : null))?.Text("agency");

    private static ReferenceItem? Force(ReferenceData lists, string? code) => code is null ? null : lists.Find(ReferenceLists.Force, code);

    // Territorial forces are listed by their area alone; only they have a CPS area.
    private static string? Police(ReferenceItem force) => force.Text("name") is not { } name ? null
        : force.Text("cpsArea") is null || name.Contains("Police", StringComparison.Ordinal) ? name : $"{name} Police";
}
