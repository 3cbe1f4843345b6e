using System.Globalization;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Workflows.Activities;
using Assize.Workflows.Hearings;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Listing;

/// <summary>Vacates a listed hearing, for one defendant or for all. A day only gains room by it, so its lock is not needed.</summary>
internal static class SlotRelease
{
    public const string Vacated = "Vacated";

    public static Performer Performer { get; } = new(VacateHearing.Kind, ReleaseAsync);

    private static async Task<JsonNode?> ReleaseAsync(UnitSession session, JsonObject payload, InstanceState instance, CancellationToken ct)
    {
        string? id = (string?)payload["hearingId"];
        if (id is null || await FindAsync(session, id, ct) is not var (hearing, parts) || hearing.State != HearingState.Initialised)
        {
            return new JsonObject { ["nothingListed"] = true };
        }
        string? defendant = (string?)payload["defendantId"];
        foreach (HearingDefendant part in parts.Where(x => x.Ordered is null && (defendant is null || x.DefendantId == defendant)))
        {
            SessionCase.Changing(session, "part", part);
            part.Ordered = Vacated;
            session.Write(part);
        }
        if (parts.All(x => x.Ordered == Vacated))
        {
            SessionCase.Changing(session, "hearing", hearing);
            hearing.State = HearingState.Vacated;
            session.Write(hearing);
        }
        return new JsonObject
        {
            ["hearingId"] = hearing.Id,
            ["hearingType"] = hearing.HearingType,
            ["courtName"] = hearing.CourtName,
            ["startsAt"] = hearing.StartsAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        };
    }

    private static async Task<(Hearing Hearing, List<HearingDefendant> Parts)?> FindAsync(UnitSession session, string id, CancellationToken ct)
    {
        var found = await session.Db.Set<Hearing>().AsNoTracking().Where(x => x.Id == id)
            .Select(x => new { Hearing = x, Parts = session.Db.Set<HearingDefendant>().Where(part => part.HearingId == x.Id).ToList() })
            .SingleOrDefaultAsync(ct);
        return found is null ? null : (found.Hearing, found.Parts);
    }
}
