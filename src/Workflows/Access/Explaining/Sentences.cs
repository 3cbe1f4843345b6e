using System.Globalization;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Grants;

namespace Assize.Workflows.Access.Explaining;

/// <summary>Says grants and verdicts in plain English. The names are those of the asker's own people; others appear as somebody of their agency.</summary>
internal sealed class Sentences(IReadOnlyDictionary<string, string> people, IReadOnlyDictionary<string, string> agencies, IReadOnlyDictionary<string, AccessGrant> rows)
{
    private static readonly TimeZoneInfo s_london = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    public string Agency(string id) => agencies.GetValueOrDefault(id) ?? id;

    public AccessPath Path(GrantFacts grant)
    {
        DateTimeOffset? until = grant.End is { } end && !(grant.RecertifyBy < end) ? end : grant.RecertifyBy;
        string sentence = grant.Type == GrantType.Home ? Home(grant) : rows.TryGetValue(grant.Id, out AccessGrant? row) ? Of(row) : $"By a grant as {Role(grant.Role)}";
        return new AccessPath(grant.Id, grant.Type.ToString().ToLowerInvariant(), grant.Role, $"{sentence}{Ends(grant)}.", until);
    }

    public static string Stopped(DroppedGrant dropped) => $"{Kind(dropped.Grant)} as {Role(dropped.Grant.Role)} does not do: {dropped.Why}.";

    public static string Summary(string name, Verdict verdict, string what) => verdict switch
    {
        { Allowed: true, Code: AccessCodes.GrantedChallenged } => $"{name} may {what}, only by access that they took themselves.",
        { Outcome: Outcome.Allow } => $"{name} may {what}.",
        { Outcome: Outcome.StepUp } => $"{name} may {what} after a fresh sign-in with a second factor.",
        { Code: AccessCodes.PartyConflict } => $"{name} may not {what}: they are a party to the case, which no role overrides.",
        { Code: AccessCodes.Excluded } => $"{name} may not {what}: a conflict of interest is recorded, which no role overrides.",
        { Code: AccessCodes.CallerInactive } => $"{name} may not {what}: the account was not active.",
        { Code: AccessCodes.AgencyInactive } => $"{name} may not {what}: their agency was suspended.",
        { Code: AccessCodes.NoStanding } => $"{name} may not {what}: their agency took no part in the case, and no cross-agency grant was live.",
        { Hint: Hint.Challenge } => $"{name} may not {what}: their role stops short only by area or court, so they could take challenged access.",
        _ => $"{name} may not {what}: none of their grants reaches it.",
    };

    private string Home(GrantFacts grant)
    {
        string where = grant switch
        {
            { Court: { } court } => $" at the court {court}",
            { Area: { } area } => $" in the area {area}",
            { Agency: { } agency } => $" for cases of {Agency(agency)}",
            _ => "",
        };
        string by = grant.Requested is { } giver && people.TryGetValue(giver.Subject, out string? name) ? $" by {name}" : grant.Requested is not null || string.IsNullOrEmpty(grant.Reason) ? "" : $" through {grant.Reason}";
        return $"By the standing role {Role(grant.Role)}{where}, given{by} from {Day(grant.Begin)}";
    }

    private string Of(AccessGrant row) => row.Kind switch
    {
        GrantKind.Cross => $"By a cross-agency grant as {Role(row.Role)}, asked for by {Person(row.RequestedBy)} of {Agency(row.RequestedAgency)} on {Day(row.RequestedAt)}"
            + $"{Approved("sponsored", row.SponsoredBy, row.SponsoredAgency, row.SponsoredAt)}{Approved("consented to", row.ConsentedBy, row.ConsentedAgency, row.ConsentedAt)}{Because(row.Reason)}",
        GrantKind.Challenged => $"By access as {Role(row.Role)} that they took themselves on {Moment(row.RequestedAt)} ({Words(row.Category ?? "challenged")}){Because(row.Reason)}",
        _ => $"By the case role {Role(row.Role)}, given by {Giver(row)} on {Day(row.RequestedAt)}{Approved("confirmed", row.ConsentedBy, row.ConsentedAgency, row.ConsentedAt)}{Because(row.Reason)}",
    };

    private string Approved(string step, string? by, string? agency, DateTimeOffset? at) => by is null
        ? ""
        : $", {step} by {Person(by)}{(agency is null ? "" : $" of {Agency(agency)}")}{(at is { } when ? $" on {Day(when)}" : "")}";

    private static string Ends(GrantFacts grant) =>
        (grant.End is { } end ? $", until {Moment(end)}" : ", without an end") + (grant.RecertifyBy is { } due ? $", and to be certified by {Day(due)}" : "");

    private static string Because(string reason) => $", because “{reason.Trim()}”";

    private string Giver(AccessGrant row) => people.GetValueOrDefault(row.RequestedBy) ?? $"somebody of {Agency(row.RequestedAgency)}";

    private string Person(string subject) => people.GetValueOrDefault(subject) ?? "somebody";

    private static string Kind(GrantFacts grant) => grant.Type switch
    {
        GrantType.Home => "The standing role",
        GrantType.Case => "The case role",
        GrantType.Cross => "The cross-agency grant",
        GrantType.Challenged => "The access they took themselves",
        _ => "The basic grant",
    };

    private static string Role(string role) => Words(role);

    private static string Words(string id) => id.Replace('-', ' ');

    private static string Day(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, s_london).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, s_london).ToString("d MMMM yyyy 'at' HH:mm", CultureInfo.InvariantCulture);
}
