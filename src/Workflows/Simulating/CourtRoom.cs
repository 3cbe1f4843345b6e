using System.Text.Json.Nodes;
using Assize.Engine.Instances;
using Assize.Workflows.Activities;
using Assize.Workflows.Practice;

namespace Assize.Workflows.Simulating;

/// <summary>Answers what simulated cases ask: a slot on the first day with room, and yes to the rest.</summary>
internal sealed class CourtRoom
{
    private readonly Dictionary<(string Court, string Day), int> _listed = [];
    private int _hearings;

    public JsonNode? Reply(Request request) =>
        request.Kind == ListHearing.Kind ? List(request.Payload) : PracticePerformers.Reply(request.Kind, request.WaitId);

    private JsonObject List(JsonObject payload)
    {
        string court = payload["courtOu"]?.ToString() ?? "";
        int room = payload["overbook"]?.GetValue<bool>() == true ? int.MaxValue : payload["perDay"]?.GetValue<int>() ?? 40;
        foreach (string day in (payload["days"] as JsonArray ?? []).Select(x => x!.ToString()))
        {
            (string, string) place = (court, day[..10]);
            int taken = _listed.GetValueOrDefault(place);
            if (taken < room)
            {
                _listed[place] = taken + 1;
                return new JsonObject { ["hearingId"] = $"hearing-{++_hearings}", ["startsAt"] = day };
            }
        }
        return new JsonObject { ["noSlot"] = true };
    }
}
