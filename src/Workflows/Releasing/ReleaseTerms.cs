using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assize.Workflows.Releasing;

/// <summary>What is asked for: which new cases, from which day, how many of them, and what stops it.</summary>
public sealed record ReleaseTerms
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    /// <summary>What asking in the designer means: every case charged on or after the day of the approval.</summary>
    public static ReleaseTerms Usual { get; } = new() { TakesPlace = true };

    /// <summary>The same for the cases of one owner.</summary>
    public static ReleaseTerms UsualFor(ReleaseScope scope) => Usual with { Area = scope.Area, Court = scope.Court, Force = scope.Force };

    /// <summary>Null: the day on which it is approved.</summary>
    public DateOnly? From { get; init; }
    public string? Area { get; init; }
    public string? Court { get; init; }
    public string? Force { get; init; }

    /// <summary>Zero stands for all.</summary>
    public int Share { get; init; }
    public int? IncidentLimit { get; init; }
    public int? LateLimit { get; init; }

    /// <summary>Whether it ends a release for the same cases from the same day; without it the two tie, and it is refused.</summary>
    public bool TakesPlace { get; init; }

    [JsonIgnore]
    public ReleaseScope Scope => new(Area, Court, Force);

    [JsonIgnore]
    public int Percent => Share is 0 ? 100 : Share;

    public string Write() => JsonSerializer.Serialize(this, s_json);

    /// <summary>A request that an older build wrote has no terms: the usual ones were meant.</summary>
    public static ReleaseTerms Read(string? text) => text is null ? Usual : JsonSerializer.Deserialize<ReleaseTerms>(text, s_json)!;
}
