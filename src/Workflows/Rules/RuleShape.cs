using System.Text.Json.Nodes;

namespace Assize.Workflows.Rules;

/// <summary>What a kind of file is made of, as people read and fill it in: its own fields, and lists of parts with fields of theirs.</summary>
/// <param name="Noun">"decision table".</param>
public sealed record RuleShape(string Kind, string Noun, string Plural, IReadOnlyList<RuleField> Fields, IReadOnlyList<RulePart> Parts)
{
    /// <summary>"Decision table".</summary>
    public string Name => char.ToUpperInvariant(Noun[0]) + Noun[1..];

    public RulePart? Part(string member) => Parts.FirstOrDefault(x => x.Member == member);

    public static RuleShape Of(string kind) => kind switch
    {
        RuleName.Table => TableShape.Shape,
        RuleName.Form => FormShape.Shape,
        RuleName.Calendar => CalendarShape.Shape,
        RuleName.Overlay => OverlayShape.Shape,
        _ => ListShape.Shape,
    };
}

/// <summary>A list within a file: rules, questions, days, codes.</summary>
/// <param name="Keys">The members that tell one from the others; where several do, all together.</param>
public sealed record RulePart(string Member, string Noun, string Plural, IReadOnlyList<string> Keys, IReadOnlyList<RuleField> Fields)
{
    /// <summary>A list within each entry: the choices of a question.</summary>
    public RulePart? Inner { get; init; }

    /// <summary>After how many of the fields those come that depend on the rest of the file.</summary>
    public int MoreAfter { get; init; } = int.MaxValue;

    /// <summary>Fields that depend on the rest of the file: a condition for every input, the details that a list has.</summary>
    public Func<JsonObject, IReadOnlyList<RuleField>>? More { get; init; }

    /// <summary>False where the order of the entries says nothing.</summary>
    public bool IsOrdered { get; init; } = true;

    /// <summary>The members by which an entry is shown in a list, besides its keys.</summary>
    public IReadOnlyList<string> Shown { get; init; } = [];

    /// <summary>Members that an entry must have even where nothing is in them.</summary>
    public IReadOnlyList<string> Objects { get; init; } = [];

    public IReadOnlyList<RuleField> FieldsIn(JsonObject file) => More is null ? Fields : [.. Fields.Take(MoreAfter), .. More(file), .. Fields.Skip(MoreAfter)];

    /// <summary>"Add a rule", "Add an operation".</summary>
    public string Adding => $"Add {("aeiou".Contains(Noun[0], StringComparison.Ordinal) ? "an" : "a")} {Noun}";

    public string Finding => $"Find {Adding["Add ".Length..]}";

    public string NameOf(JsonObject entry) => string.Join(" ", Keys.Select(x => RuleJson.Text(entry, x)).Where(x => !string.IsNullOrEmpty(x)));
}

/// <param name="Member">Where it stands, with dots between: "title.en".</param>
public sealed record RuleField(string Member, string Label, RuleFieldKind Kind = RuleFieldKind.Text)
{
    public string? Hint { get; init; }
    public bool Required { get; init; }

    /// <summary>A draft may lack it, and a publication may not.</summary>
    public bool Owed { get; init; }

    /// <summary>Of a flag: what its absence means.</summary>
    public bool Default { get; init; }

    /// <summary>Written as null where it is empty: the format wants it said.</summary>
    public bool SaysNull { get; init; }

    /// <summary>Value and words of each choice that never changes.</summary>
    public IReadOnlyList<(string Value, string Words)> Choices { get; init; } = [];

    /// <summary>What can be chosen in this file, such as the outcomes of its table.</summary>
    public Func<JsonObject, IEnumerable<string>>? Offered { get; init; }

    /// <summary>Whether the code lists can be chosen.</summary>
    public bool OffersLists { get; init; }

    /// <summary>Of a condition: the type of the input that it tests.</summary>
    public string? Tests { get; init; }
}

public enum RuleFieldKind { Text, LongText, Choice, Flag, Day, Number, Lines, Pairs, Condition, Any }
