using System.Text.RegularExpressions;

namespace Assize.Workflows.Rules;

/// <summary>A form, decision table, calendar, code list or overlay by kind and id, written as an instance pins it: "table:offence-class". Drafts and requests of it are kept under that name.</summary>
public sealed partial record RuleName(string Kind, string Id)
{
    public const string Form = "form";
    public const string Table = "table";
    public const string Calendar = "calendar";
    public const string List = "list";

    /// <summary>Its id has a dot: whose it is, and of which workflow.</summary>
    public const string Overlay = "overlay";

    /// <summary>What is drafted, listed and shown together. Overlays have pages of their own.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [Form, Table, Calendar, List];

    /// <summary>Null where there is no such kind, or the id could be no file's name.</summary>
    public static RuleName? Of(string? kind, string? id) =>
        kind is not null && id is not null && (kind == Overlay ? OverlayId().IsMatch(id) : Kinds.Contains(kind) && Id_().IsMatch(id)) ? new RuleName(kind, id) : null;

    /// <summary>Null where the key is a workflow's.</summary>
    public static RuleName? Parse(string key) => key.Split(':') is [var kind, var id] ? Of(kind, id) : null;

    public override string ToString() => $"{Kind}:{Id}";

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,79}$")]
    private static partial Regex Id_();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,79}\.[A-Za-z0-9][A-Za-z0-9_-]{0,79}$")]
    private static partial Regex OverlayId();
}
