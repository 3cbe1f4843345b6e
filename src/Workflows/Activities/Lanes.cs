using Assize.Workflows.Access;

namespace Assize.Workflows.Activities;

/// <summary>Whose work a step is: an agency of the case and a role in it.</summary>
public static class Lanes
{
    /// <summary>The parts that agencies play in a case; the case says which agency plays each.</summary>
    public static IReadOnlyList<(string Text, string Value)> Agencies { get; } =
    [
        ("Police", "police"), ("Prosecutor", "prosecutor"), ("Court", "court"), ("Defence", "defence"), ("Fines enforcement", "enforcement"),
    ];

    /// <summary>Who a message can go to: the parts, and agencies that take no part but must hear of orders.</summary>
    public static IReadOnlyList<(string Text, string Value)> Recipients { get; } = [.. Agencies, ("Enforcement of money orders", "hmcts-enforcement")];

    public static IReadOnlyList<(string Text, string Value)> People { get; } =
    [
        .. Roles.OfPeople.Select(role => (char.ToUpperInvariant(role[0]) + role[1..].Replace('-', ' '), role)),
    ];
}
