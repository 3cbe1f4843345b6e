using Assize.Engine.Commands;

namespace Assize.Workflows.Access.Reviews;

/// <summary>An access that somebody took and that nobody reviewed in time, and who can see to it.</summary>
internal static class OverdueReview
{
    public static void Load(UnitLoad load, Caller caller, DateTimeOffset real)
    {
        load.One<AccessReview>("t.subject = @subject AND t.reviewed_at IS NULL AND t.due_at <= @real", ("@subject", caller.Subject), ("@real", real));
        load.Many<Person>(
            "t.status = 'active' AND t.agency = @agency AND t.subject <> @subject AND EXISTS (SELECT 1 FROM home_role r WHERE r.subject = t.subject AND r.role = 'privacy-officer'"
            + " AND r.from_at <= @real AND (r.to_at IS NULL OR r.to_at > @real) AND (r.recertify_by IS NULL OR r.recertify_by > @real))",
            ("@agency", caller.Agency), ("@subject", caller.Subject), ("@real", real));
    }

    public static bool Stands(UnitSession session) => session.One<AccessReview>() is not null;

    /// <param name="consequence">What may not be done until then, as a sentence.</param>
    public static Rejection Refusal(UnitSession session, string consequence) =>
        new("review-overdue", $"An earlier access of yours has not been reviewed in time. {consequence} {Whom(session)}");

    private static string Whom(UnitSession session) => session.Many<Person>() is { Count: > 0 } officers
        ? $"Ask your agency’s privacy officer to review it: {string.Join(", ", officers.Select(officer => officer.Name).Order(StringComparer.Ordinal))}."
        : "Your agency has no privacy officer who could review it: ask its administrator to appoint one.";
}
