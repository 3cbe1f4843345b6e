using System.Xml;
using Assize.Host.Api.Contracts;
using Assize.Host.Api.Problems;
using Assize.Host.Operations;
using Assize.Workflows.Access;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assize.Host.Api.Demonstration;

/// <summary>Mapped in a demonstration only: elsewhere these addresses do not exist.</summary>
internal static class ClockEndpoints
{
    // Police messages that are still shown around are of 2004.
    private static readonly TimeSpan s_furthest = TimeSpan.FromDays(366 * 40);

    public static void MapClock(this RouteGroupBuilder api)
    {
        var clock = api.MapGroup("/demonstration/clock").WithTags("Demonstration");
        clock.MapGet("", Read).Needs(AccessActions.ReadClock).WithName("GetClock").WithSummary("Business time");
        clock.MapPut("", ShiftAsync).Needs(AccessActions.SetClock).WithName("ShiftClock").WithSummary("Shift business time; timers that have fired stay fired");
    }

    private static Results<Ok<ClockAnswer>, ProblemResult> Read(BusinessClock clock) => TypedResults.Ok(Answer(clock));

    private static async Task<Results<Ok<ClockAnswer>, ProblemResult>> ShiftAsync(ClockRequest request, BusinessClock clock, TimeProvider real, CancellationToken ct)
    {
        if ((request.Offset is null) == (request.Now is null))
        {
            return Problem.BadRequest("clock-ambiguous", "Give either an offset or an instant. The clock was not changed.");
        }

        if (Wanted(request, real.GetUtcNow()) is not { } offset || offset.Duration() > s_furthest)
        {
            return Problem.Unprocessable("clock-invalid", "The clock was not changed.", new ApiFault(
                request.Now is null ? "/offset" : "/now", "clock-invalid", "Expected a duration such as P3DT2H, or an instant, at most forty years away."));
        }

        await clock.ShiftToAsync(offset, ct);
        return TypedResults.Ok(Answer(clock));
    }

    private static TimeSpan? Wanted(ClockRequest request, DateTimeOffset real)
    {
        if (request.Now is { } now)
        {
            return now - real;
        }

        try
        {
            return XmlConvert.ToTimeSpan(request.Offset!);
        }
        catch (Exception unreadable) when (unreadable is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static ClockAnswer Answer(BusinessClock clock) => new(clock.GetUtcNow(), XmlConvert.ToString(clock.Offset));
}
