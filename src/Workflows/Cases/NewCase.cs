using System.Text.Json.Nodes;

namespace Assize.Workflows.Cases;

/// <summary>Everything that a case begins with, read from an accepted prosecution.</summary>
/// <param name="OwnerAgency">The agency whose prosecution it is.</param>
/// <param name="FirstHearingOn">The day that the prosecutor reserved at the court; null: the court finds one.</param>
/// <param name="FirstHearingAt">The time reserved with it, on London's clock.</param>
public sealed record NewCase(
    string Urn, string OwnerAgency, string ProsecutingAuthority, string CourtOu, string CourtName, string Area, DateOnly LegalDate,
    DateOnly? FirstHearingOn, CaseAgencies Agencies, IReadOnlyList<NewDefendant> Defendants, bool Practice = false,
    TimeOnly? FirstHearingAt = null);

/// <param name="Detail">The particulars as the prosecutor sent them.</param>
public sealed record NewDefendant(string Name, bool IsYouth, string BailStatus, JsonObject Detail, IReadOnlyList<NewOffence> Offences);

/// <param name="ModeOfTrial">"summary", "either-way" or "indictable-only".</param>
/// <param name="Value">What was stolen or damaged, in pounds, where the charge says so.</param>
public sealed record NewOffence(
    int Sequence, string Code, string Title, string Wording, string ModeOfTrial, DateOnly? StartDate, JsonObject Detail, decimal? Value = null);

/// <summary>Which agency plays which part in a case.</summary>
public sealed record CaseAgencies(string Police, string Prosecutor, string Court, string Defence)
{
    public const string EnforcementPart = "enforcement";

    /// <summary>Fines enforcement is one agency for all courts.</summary>
    public const string Enforcement = "hmcts-enforcement";

    /// <summary>The agencies that serve a court; the police part is the sender's.</summary>
    public static CaseAgencies For(string sender, string courtOu) => courtOu.StartsWith("B05", StringComparison.Ordinal)
        ? new(sender, "cps-mersey-cheshire", "liverpool-magistrates", "harbour-defence")
        : new(sender, $"prosecutor-{Area(courtOu)}", $"court-{Lower(courtOu)}", $"duty-defence-{Area(courtOu)}");

    public JsonObject ToJson() => new()
    {
        ["police"] = Police,
        ["prosecutor"] = Prosecutor,
        ["court"] = Court,
        ["defence"] = Defence,
        [EnforcementPart] = Enforcement,
    };

    private static string Area(string courtOu) => courtOu.Length > 2 ? Lower(courtOu[1..3]) : "unknown";

    private static string Lower(string text) => text.ToLowerInvariant();
}
