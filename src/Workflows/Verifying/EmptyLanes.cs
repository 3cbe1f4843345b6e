using Assize.Engine.Definitions;
using Assize.Engine.Soundness;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Verifying;

/// <summary>Steps of people that nobody could do: a lane is an agency and a role in it.</summary>
internal static class EmptyLanes
{
    public static async Task<IReadOnlyList<SoundnessFinding>> FindAsync(CaseDb db, WorkflowDefinition definition, NamedWorkflows workflows, DateTimeOffset now, CancellationToken ct)
    {
        List<Lane> lanes = [.. SubWorkflows.Steps(definition, workflows).Select(LaneOf).OfType<Lane>()];
        if (lanes.Count == 0)
        {
            return [];
        }
        List<Held> held = await HeldAsync(db, [.. lanes.Select(x => x.Role).Distinct()], now, ct);
        // Where the directory is not known here, nothing can be said of who holds what.
        return held.Count == 0 && !await db.Set<HomeRole>().AnyAsync(ct) ? [] : [.. lanes.Where(lane => !held.Any(x => Fills(x, lane))).Select(Finding)];
    }

    private static async Task<List<Held>> HeldAsync(CaseDb db, List<string> roles, DateTimeOffset now, CancellationToken ct) =>
        await (from role in db.Set<HomeRole>()
               join person in db.Set<Person>() on role.Subject equals person.Subject
               join agency in db.Set<Agency>() on person.Agency equals agency.Id
               where roles.Contains(role.Role) && role.From <= now && (role.To == null || now < role.To) && (role.RecertifyBy == null || now < role.RecertifyBy)
                   && role.Jurisdiction != null && (role.Agency != null || role.Area != null || role.Court != null)
                   && !person.IsSystem && person.Status == DirectoryStatus.Active && agency.Status == DirectoryStatus.Active
               select new Held(agency.Id, agency.Kind, role.Role)).Distinct().ToListAsync(ct);

    // A role that is computed is anybody's; an agency that is computed is any.
    private static Lane? LaneOf(ActivityNode step) =>
        step.Type is "Assize.CaseTask" or "Assize.Hearing" && DefinitionUse.Literal(step, "role") is { Length: > 0 } role
            ? new Lane(step, DefinitionUse.Literal(step, "agency") is { Length: > 0 } agency ? agency : null, role)
            : null;

    // The case says which agency plays a part; an agency of that kind it is, whichever.
    private static bool Fills(Held held, Lane lane) =>
        held.Role == lane.Role && (lane.Agency is null || lane.Agency == held.Kind || lane.Agency == held.Agency || (lane.Agency == CaseAgencies.EnforcementPart && held.Agency == CaseAgencies.Enforcement));

    private static SoundnessFinding Finding(Lane lane) => new(
        "lane-empty", lane.Step.Id, $"“{lane.Step.DisplayText}” waits for ever: nobody {(lane.Agency is null ? "" : $"of the agency “{AgencyWords(lane.Agency)}” ")}holds the role “{lane.Role}”.", []);

    private static string AgencyWords(string agency) => Lanes.Agencies.FirstOrDefault(x => x.Value == agency).Text ?? agency;

    private sealed record Lane(ActivityNode Step, string? Agency, string Role);

    private sealed record Held(string Agency, string Kind, string Role);
}
