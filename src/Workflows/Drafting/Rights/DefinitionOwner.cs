using Assize.Workflows.Releasing;

namespace Assize.Workflows.Drafting.Rights;

/// <summary>To whom a workflow, form, decision table, calendar or code list belongs: to the national baseline, to an agency or to an area. Drafting rights are held there.</summary>
/// <param name="Agency">The agency's id; null where it belongs to none.</param>
/// <param name="Area">The area of courts, as their list names it; null where it belongs to none.</param>
public sealed record DefinitionOwner(string? Agency, string? Area)
{
    internal const string OfAgencies = "agency:";
    private const string OfAreas = "area:";
    private const string Baseline = "national";

    /// <summary>What every case can take. All that came with the software belongs to it.</summary>
    public static DefinitionOwner National { get; } = new(null, null);

    public bool IsNational => this == National;

    /// <summary>The cases that its releases may be for. Those of an agency are the cases that it sent.</summary>
    public ReleaseScope Scope => new(Area, null, Agency);

    /// <summary>As messages name it.</summary>
    public string Words => Agency is not null ? $"the agency {Agency}" : Area is not null ? $"the area {Area}" : "the national baseline";

    public static DefinitionOwner OfAgency(string id) => new(id, null);

    public static DefinitionOwner OfArea(string area) => new(null, area);

    /// <summary>Null where the text names no owner.</summary>
    public static DefinitionOwner? Parse(string? text) => text switch
    {
        Baseline => National,
        not null when Rest(text, OfAgencies) is { } agency => OfAgency(agency),
        not null when Rest(text, OfAreas) is { } area => OfArea(area),
        _ => null,
    };

    public override string ToString() => Agency is not null ? OfAgencies + Agency : Area is not null ? OfAreas + Area : Baseline;

    private static string? Rest(string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length ? text[prefix.Length..] : null;
}
