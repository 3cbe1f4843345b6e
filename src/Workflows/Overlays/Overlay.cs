using Assize.Workflows.Rules;

namespace Assize.Workflows.Overlays;

/// <summary>What a force or an area does otherwise than the baseline of a workflow: operations on its steps, never a drawing of its own.</summary>
/// <param name="Id">"merseyside-police.mags-charged": whose it is, and of which workflow.</param>
/// <param name="Owner">The id of a force's agency, or the name of an area.</param>
/// <param name="FirstBaseline">The first version of the workflow that it is made for.</param>
/// <param name="LastBaseline">The last one; null: every later one that it fits.</param>
public sealed record Overlay(
    string Id, int Version, LocalText Title, OverlayLevel Level, string Owner, string Workflow, int FirstBaseline, IReadOnlyList<OverlayOperation> Operations,
    int? LastBaseline = null, DateOnly? EffectiveFrom = null, string? LegalReference = null, string? Note = null)
{
    /// <summary>More operations than this are a process of its own, and are drawn as one.</summary>
    public const int MostOperations = 50;

    public string Key => $"{RuleName.Overlay}:{Id}";

    public bool IsFor(int baseline) => FirstBaseline <= baseline && (LastBaseline is null || baseline <= LastBaseline);

    public bool IsLawOn(DateOnly day) => EffectiveFrom is null || EffectiveFrom <= day;

    public static Overlay Read(string json) => RuleFile.Read<Overlay>(json, Problems);

    private static IEnumerable<string> Problems(Overlay overlay)
    {
        if (RuleName.Parse(overlay.Workflow) is not null || OverlayName.WorkflowOf(overlay.Workflow) is not null)
        {
            yield return $"Workflow: “{overlay.Workflow}” is an overlay or a rule. An overlay is made on a workflow, never on another overlay.";
        }
        string expected = OverlayName.Of(overlay.Level, overlay.Owner, overlay.Workflow);
        if (overlay.Id != expected)
        {
            yield return $"Expected the overlay of {overlay.Owner} on {overlay.Workflow} to be named “{expected}”, but it is “{overlay.Id}”. Begin one of that name, or correct whose it is and the workflow.";
        }
        if (overlay.FirstBaseline < 1 || overlay.LastBaseline < overlay.FirstBaseline)
        {
            yield return $"First and last version of the workflow: Expected two numbers in their order, from 1, but they are {overlay.FirstBaseline} and {overlay.LastBaseline}.";
        }
        if (overlay.Operations.Count is 0 or > MostOperations)
        {
            yield return $"Operations: Expected 1 to {MostOperations}, but there are {overlay.Operations.Count}. {(overlay.Operations.Count == 0 ? "Add one." : "What differs in more places is a workflow of its own.")}";
        }
        foreach (string id in overlay.Operations.GroupBy(x => x.Id).Where(x => x.Count() > 1).Select(x => x.Key))
        {
            yield return $"Operations: “{id}” names two of them. Give each a short name of its own.";
        }
    }
}

/// <summary>Whose overlay it is: a force's comes first, then the area's.</summary>
public enum OverlayLevel
{
    Force,
    Area,
}

/// <summary>One thing that is otherwise.</summary>
/// <param name="Id">Its short name within the overlay; an added step is known by it.</param>
/// <param name="Activity">The step of the baseline: the one that is changed, or after which a step is added.</param>
/// <param name="Port">Of an added step: the outcome on whose connection it stands.</param>
/// <param name="Type">Of an added step: which kind it is.</param>
/// <param name="Title">Of an added step: what it is called.</param>
/// <param name="Inputs">Of an added step: what it says, by input.</param>
/// <param name="Leads">Of an added step: where an outcome leads that does not go on as before.</param>
/// <param name="Input">Which input is changed.</param>
/// <param name="Value">The new value: a text, or a list with commas.</param>
public sealed record OverlayOperation(
    string Id, OverlayDoes Does, string Activity, string? Port = null, string? Type = null, string? Title = null,
    IReadOnlyDictionary<string, string>? Inputs = null, IReadOnlyDictionary<string, string>? Leads = null, string? Input = null, string? Value = null, string? Note = null)
{
    /// <summary>The input that it changes; null where it adds a step.</summary>
    public string? Member => Does switch
    {
        OverlayDoes.Queue => "agency",
        OverlayDoes.Role => "role",
        OverlayDoes.Due => "due",
        OverlayDoes.Input => Input ?? "",
        _ => null,
    };
}

public enum OverlayDoes
{
    /// <summary>Adds a step on a connection.</summary>
    Add,

    /// <summary>Changes any other input.</summary>
    Input,

    /// <summary>Gives the work to another agency's list.</summary>
    Queue,

    /// <summary>Gives the work to another role.</summary>
    Role,

    /// <summary>Changes the service level: when it is due.</summary>
    Due,
}
