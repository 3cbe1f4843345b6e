using Assize.Host.Api.Problems;
using Assize.Workflows.Access;
using Assize.Workflows.Access.Explaining;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Assize.Host.Api.Access;

internal static class ExplainEndpoints
{
    public static void MapExplanations(this RouteGroupBuilder access)
    {
        access.MapGet("/why", WhyAsync).Needs(AccessActions.ExplainAccess).WithName("WhyAccess").WithSummary("Why somebody may or may not do something, now or at a past instant");
        access.MapGet("/who", WhoAsync).Needs(AccessActions.ExplainAccess).WithName("WhoHasAccess").WithSummary("Who can see a case: your agency's people by name, others as agency, role and count");
        access.MapGet("/what", WhatAsync).Needs(AccessActions.ExplainAccess).WithName("WhatAccess").WithSummary("What one of your people holds");
        access.MapPost("/simulate", SimulateAsync).Needs(AccessActions.ExplainAccess).WithName("SimulateAccess").WithSummary("What access a change would give and take; nothing is changed");
    }

    private static async Task<Results<Ok<Explanation>, ProblemResult>> WhyAsync(
        string? subject, [FromQuery(Name = "case")] string? urn, string? action, DateTimeOffset? at, Caller caller, ExplainAccess explain, CaseDatabase database, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await explain.WhyAsync(db, caller, subject ?? "", action ?? AccessActions.ReadCase, urn ?? "", at?.ToUniversalTime(), ct) is { } answer ? TypedResults.Ok(answer) : Absent();
    }

    private static async Task<Results<Ok<WhoHasAccess>, ProblemResult>> WhoAsync(
        [FromQuery(Name = "case")] string? urn, DateTimeOffset? at, Caller caller, ExplainAccess explain, CaseDatabase database, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await explain.WhoAsync(db, caller, urn ?? "", at?.ToUniversalTime(), ct) is { } answer ? TypedResults.Ok(answer) : Absent();
    }

    private static async Task<Results<Ok<WhatIsHeld>, ProblemResult>> WhatAsync(
        string? subject, DateTimeOffset? at, Caller caller, ExplainAccess explain, CaseDatabase database, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await explain.WhatAsync(db, caller, subject ?? "", at?.ToUniversalTime(), ct) is { } answer ? TypedResults.Ok(answer) : Absent();
    }

    private static async Task<Results<Ok<SimulatedAccess>, ProblemResult>> SimulateAsync(
        SimulatedChange change, Caller caller, SimulateChange simulate, CaseDatabase database, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        return await simulate.RunAsync(db, caller, change, ct) is { } answer ? TypedResults.Ok(answer) : Absent();
    }

    private static ProblemResult Absent() => Problem.NotFound("There is nothing here, or nothing that you may see.");
}
