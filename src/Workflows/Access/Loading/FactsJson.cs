using System.Globalization;
using System.Text.Json;
using Assize.Workflows.Access.Deciding;
using Assize.Workflows.Access.Grants;

namespace Assize.Workflows.Access.Loading;

/// <summary>Reads the text of <see cref="FactsSql"/>.</summary>
internal static class FactsJson
{
    public static AccessFacts Read(string text, DateTimeOffset at)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement root = document.RootElement;
        return new AccessFacts
        {
            Person = Present(root, "person") is { } person ? Person(person) : null,
            Case = Present(root, "case") is { } file ? File(file) : null,
            Grants = [.. List(root, "home").Select(Home), .. List(root, "grants").Select(Grant)],
            Exclusions = [.. List(root, "exclusions").Select(row => Exclusion(row, at))],
            Task = Present(root, "task") is { } task ? Task(task) : null,
            OwnedBy = Text(root, "ownedBy"),
            CaseId = Text(root, "caseId"),
            At = at,
        };
    }

    private static PersonFacts Person(JsonElement row) => new(
        Required(row, "subject"), Required(row, "personId"), Required(row, "agency"), Required(row, "status"), Required(row, "agencyStatus"), Flag(row, "isSystem"));

    private static CaseFacts File(JsonElement row) => new()
    {
        Id = Required(row, "id"),
        Owner = Required(row, "owner"),
        OwnerStatus = Required(row, "ownerStatus"),
        Jurisdiction = Required(row, "jurisdiction"),
        Area = Text(row, "area"),
        Court = Text(row, "court"),
        Classification = Required(row, "classification"),
        Sealed = Flag(row, "sealed"),
        SealEpoch = row.GetProperty("sealEpoch").GetInt32(),
        NeedsAuthorisation = Text(row, "needsAuthorisation"),
        Participants = Set(row, "participants"),
        Parties = Set(row, "parties"),
    };

    private static GrantFacts Home(JsonElement row) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"home:{Required(row, "role")}:{Instant(row, "from")!.Value.ToUnixTimeMilliseconds()}"),
        Type = GrantType.Home,
        Role = Required(row, "role"),
        Jurisdiction = Text(row, "jurisdiction"),
        Agency = Text(row, "agency"),
        Area = Text(row, "area"),
        Court = Text(row, "court"),
        MaxClassification = Required(row, "max"),
        Authorisations = Names(Text(row, "authorisations")),
        Begin = Instant(row, "from")!.Value,
        End = Instant(row, "to"),
        RecertifyBy = Instant(row, "recertifyBy"),
        Reason = Text(row, "reason"),
        Requested = Text(row, "requestedBy") is { } giver ? new Approval(giver, giver, "") : null,
    };

    private static GrantFacts Grant(JsonElement row)
    {
        DateTimeOffset live = Instant(row, "liveAt")!.Value;
        return new GrantFacts
        {
            Id = Required(row, "id"),
            Type = Required(row, "kind") switch
            {
                GrantKind.Case => GrantType.Case,
                GrantKind.Cross => GrantType.Cross,
                GrantKind.Challenged => GrantType.Challenged,
                _ => GrantType.Basic,
            },
            Role = Required(row, "role"),
            CaseId = Text(row, "caseId"),
            Jurisdiction = Text(row, "jurisdiction"),
            Agency = Text(row, "agency"),
            Area = Text(row, "area"),
            Court = Text(row, "court"),
            MaxClassification = Required(row, "max"),
            Authorisations = Names(Text(row, "authorisations")),
            SealEpoch = row.GetProperty("sealEpoch") is { ValueKind: JsonValueKind.Number } epoch ? epoch.GetInt32() : null,
            Begin = Instant(row, "from") is { } from && from > live ? from : live,
            End = Instant(row, "to"),
            EndedAt = Instant(row, "endedAt"),
            RecertifyBy = Instant(row, "recertifyBy"),
            Reason = Text(row, "reason"),
            Requested = Approval(row, "requested"),
            Sponsored = Approval(row, "sponsored"),
            Consented = Approval(row, "consented"),
        };
    }

    // What is recorded bars from then on, though the clock was put back since.
    private static ExclusionFacts Exclusion(JsonElement row, DateTimeOffset at)
    {
        DateTimeOffset from = Instant(row, "from")!.Value;
        return new ExclusionFacts(Required(row, "id"), Required(row, "subject"), Required(row, "personId"), from < at ? from : at)
        {
            End = Instant(row, "to"),
            CaseId = Text(row, "caseId"),
            Jurisdiction = Text(row, "jurisdiction"),
            Agency = Text(row, "agency"),
        };
    }

    private static TaskFacts Task(JsonElement row) => new(
        Required(row, "id"), Text(row, "caseId"), Required(row, "laneAgency"), Required(row, "laneRole"), Text(row, "assignee"),
        Names(Text(row, "notBy")).ToHashSet(StringComparer.Ordinal), Set(row, "notByPeople"));

    private static Approval? Approval(JsonElement row, string step) =>
        Text(row, step + "By") is { } by ? new Approval(by, Text(row, step + "Person") ?? by, Text(row, step + "Agency") ?? "") : null;

    private static JsonElement? Present(JsonElement row, string name) => row.GetProperty(name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    private static JsonElement.ArrayEnumerator List(JsonElement row, string name) => row.GetProperty(name).EnumerateArray();

    private static HashSet<string> Set(JsonElement row, string name) => List(row, name).Select(value => value.GetString()!).ToHashSet(StringComparer.Ordinal);

    private static string[] Names(string? text) => text is null or "[]" ? [] : JsonSerializer.Deserialize<string[]>(text) ?? [];

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    private static string Required(JsonElement row, string name) =>
        Text(row, name) ?? throw new InvalidOperationException($"Expected a {name} among the facts of a decision, but there is none.");

    // Booleans are 0 and 1, and instants microseconds, on SQLite.
    private static bool Flag(JsonElement row, string name) => row.GetProperty(name) switch
    {
        { ValueKind: JsonValueKind.Number } number => number.GetInt32() != 0,
        var value => value.GetBoolean(),
    };

    private static DateTimeOffset? Instant(JsonElement row, string name) => row.GetProperty(name) switch
    {
        { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Number } micros => DateTimeOffset.UnixEpoch.AddTicks(micros.GetInt64() * TimeSpan.TicksPerMicrosecond),
        var text => text.GetDateTimeOffset().ToUniversalTime(),
    };
}
