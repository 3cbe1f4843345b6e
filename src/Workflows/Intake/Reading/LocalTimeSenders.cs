using Assize.Workflows.Intake.Reference;

namespace Assize.Workflows.Intake.Reading;

/// <summary>Forces that send their own clock instead of UTC, by the force code in the reference or the organisation.</summary>
internal static class LocalTimeSenders
{
    public static bool Includes(string? urn, string? organisation) => IsLocal(Leading(urn, 0)) ?? IsLocal(Leading(organisation, 1)) ?? false;

    private static bool? IsLocal(string? force) =>
        force is not null && EmbeddedReference.Data.Find(ReferenceLists.Force, force) is { } item && !item.Flag("shared") ? item.Flag("localTime") : null;

    private static string? Leading(string? text, int from) => text?.Length >= from + 2 ? text.Substring(from, 2) : null;
}
