namespace Assize.Workflows.Releasing;

/// <summary>The cases that a release is for: each part that is named must be the case's.</summary>
public sealed record ReleaseScope(string? Area, string? Court, string? Force)
{
    public static ReleaseScope Everywhere { get; } = new(null, null, null);

    /// <summary>How many parts are named.</summary>
    public int Narrowness => Parts.Count(part => part is not null);

    private string?[] Parts => [Area, Court, Force];

    public bool Covers(NewInstance asked) => Fits(Area, asked.Area) && Fits(Court, asked.Court) && Fits(Force, asked.Force);

    /// <summary>True where every case of this scope is one of the other's.</summary>
    public bool IsWithin(ReleaseScope other) => Parts.Zip(other.Parts).All(pair => pair.Second is null || pair.First == pair.Second);

    /// <summary>The cases of both; null where a case cannot be of both.</summary>
    public ReleaseScope? And(ReleaseScope other) => Parts.Zip(other.Parts).Any(pair => pair.First is not null && pair.Second is not null && pair.First != pair.Second)
        ? null
        : new ReleaseScope(Area ?? other.Area, Court ?? other.Court, Force ?? other.Force);

    private static bool Fits(string? named, string? actual) => named is null || named == actual;
}

/// <summary>What the release of a new instance is chosen by.</summary>
/// <param name="Day">The case's legal date; business now where there is no case.</param>
/// <param name="UnitId">The case's id: the same case is in or out of a share for good.</param>
public sealed record NewInstance(DateOnly Day, string? Area, string? Court, string? Force, string UnitId);
