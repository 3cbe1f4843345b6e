using Assize.Engine.Commands;
using Assize.Workflows.Access.Deciding;

namespace Assize.Workflows.Access.Grants;

/// <summary>What a grant may say, whoever gives it.</summary>
internal static class GrantTerms
{
    public static Rejection RoleUnknown { get; } = new("role-not-delegable", "Expected a role of people who work on cases. Nothing was changed.");

    public static Rejection ClassTooHigh { get; } = new("classification-too-high", "Expected a classification no higher than your own reaches. Nothing was changed.");

    public static Rejection EndPassed { get; } = new("end-passed", "Expected an end that is still to come. Nothing was changed.");

    /// <summary>Only roles of people who work on cases are handed on: administering access is not.</summary>
    public static bool IsDelegable(string role) => Roles.OfPeople.Contains(role);

    /// <summary>Null where a cross-agency grant may run as long as that.</summary>
    public static Rejection? CrossTooLong(DateTimeOffset to, string classification, bool isSealed, DateTimeOffset real)
    {
        int days = AccessPolicy.At(real).CrossLongestDays[isSealed ? "sealed" : classification];
        return to <= real ? EndPassed
            : to > real.AddDays(days) ? new Rejection("end-too-late", $"Expected an end within {days} days. Nothing was changed.")
            : null;
    }
}
