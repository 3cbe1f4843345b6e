using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Workflows.Activities;
using Assize.Workflows.Hearings;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Listing;

/// <summary>Lists a hearing on the first of the proposed days on which the court has room.</summary>
internal static class SlotAllocation
{
    public static Performer Performer { get; } = new(ListHearing.Kind, AllocateAsync);

    private static async Task<JsonNode?> AllocateAsync(UnitSession session, JsonObject payload, InstanceState instance, CancellationToken ct)
    {
        string court = (string)payload["courtOu"]!;
        List<DateTimeOffset> days = [.. payload["days"]!.AsArray().Select(x => DateTimeOffset.Parse((string)x!, CultureInfo.InvariantCulture))];
        if (days.Count == 0 || await FirstWithRoomAsync(session, court, days, payload, ct) is not { } startsAt)
        {
            return new JsonObject { ["noSlot"] = true };
        }
        Hearing hearing = new()
        {
            Id = session.NewId(),
            CaseId = session.UnitId,
            CourtOu = court,
            CourtName = (string?)payload["courtName"] ?? court,
            HearingType = (string)payload["hearingType"]!,
            StartsAt = startsAt,
            State = HearingState.Initialised,
            Version = 0,
        };
        session.Write(hearing);
        SessionCase.Listed(session, hearing);
        foreach (JsonNode? defendant in payload["defendants"]!.AsArray())
        {
            session.Write(new HearingDefendant { HearingId = hearing.Id, DefendantId = (string)defendant! });
        }
        return new JsonObject { ["hearingId"] = hearing.Id, ["startsAt"] = startsAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) };
    }

    private static async Task<DateTimeOffset?> FirstWithRoomAsync(
        UnitSession session, string court, List<DateTimeOffset> days, JsonObject payload, CancellationToken ct)
    {
        if ((bool?)payload["overbook"] == true)
        {
            return days[0];
        }
        Dictionary<DateTime, int> booked = await CourtDays.HoldAsync(session, court, days, ct);
        int room = (int?)payload["perDay"] ?? 40;
        return days.Where(day => booked.GetValueOrDefault(day.UtcDateTime.Date) < room).Select(x => (DateTimeOffset?)x).FirstOrDefault();
    }
}
