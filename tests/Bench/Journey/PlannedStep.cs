using System.Text.Json.Nodes;
using Assize.Workflows.Access;

namespace Assize.Bench.Journey;

/// <summary>One step that every journey repeats: somebody completes the task of an activity, or a system acknowledges its messages.</summary>
internal sealed record PlannedStep(string? ActivityId, Caller Caller, string Outcome, JsonObject Fields, DateTimeOffset At)
{
    public bool IsAcknowledgement => ActivityId is null;
}
