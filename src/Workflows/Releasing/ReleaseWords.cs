using System.Globalization;

namespace Assize.Workflows.Releasing;

/// <summary>Releases as messages name them.</summary>
public static class ReleaseWords
{
    /// <summary>Such as "Release 3 (version 2, court B05PK, from 1 May 2026)".</summary>
    public static string Name(WorkflowRelease release) => $"Release {release.Number} (version {release.Version}, {Where(release.Scope)}, {From(release.EffectiveFrom)})";

    public static string Where(ReleaseScope scope) => scope == ReleaseScope.Everywhere ? "everywhere" : string.Join(", ", Parts(scope));

    public static string From(DateOnly? day) => day is { } first ? $"from {first.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"))}" : "without a first day";

    private static IEnumerable<string> Parts(ReleaseScope scope)
    {
        if (scope.Area is { } area)
        {
            yield return $"area {area}";
        }
        if (scope.Court is { } court)
        {
            yield return $"court {court}";
        }
        if (scope.Force is { } force)
        {
            yield return $"force {force}";
        }
    }
}
