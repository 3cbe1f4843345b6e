using System.Text.RegularExpressions;

namespace Assize.Workflows.Rules;

/// <summary>A form, decision table, calendar or code list by kind and id, written as an instance pins it: "table:offence-class". Drafts and requests of it are kept under that name.</summary>
public sealed partial record RuleName(string Kind, string Id)
{
    public const string Form = "form";
    public const string Table = "table";
    public const string Calendar = "calendar";
    public const string List = "list";

    public static IReadOnlyList<string> Kinds { get; } = [Form, Table, Calendar, List];

    /// <summary>Null where there is no such kind, or the id could be no file's name.</summary>
    public static RuleName? Of(string? kind, string? id) =>
        kind is not null && Kinds.Contains(kind) && id is not null && Id_().IsMatch(id) ? new RuleName(kind, id) : null;

    /// <summary>Null where the key is a workflow's.</summary>
    public static RuleName? Parse(string key) => key.Split(':') is [var kind, var id] ? Of(kind, id) : null;

    public override string ToString() => $"{Kind}:{Id}";

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,79}$")]
    private static partial Regex Id_();
}
