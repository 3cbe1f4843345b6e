using System.Text.Json;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Assize.Host.Api.Contracts;
using Assize.Host.Components;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>Where a case and each of its defendants stand, from the stored states and the journal.</summary>
public sealed class ProcessQueries(CaseDatabase database, DefinitionQueries definitions, CaseQueries cases)
{
    public async Task<CaseProcess?> FindAsync(Caller caller, string urn, CancellationToken ct)
    {
        if (await cases.FindIdAsync(caller, urn, ct) is not { } caseId)
        {
            return null;
        }

        await using var db = database.CreateDbContext();
        var states = (await db.Set<InstanceRow>().AsNoTracking().Where(row => row.UnitId == caseId).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)
            .Select(row => row.State).ToListAsync(ct)).Select(InstanceJson.ReadState).ToList();
        var journal = await db.Set<JournalRow>().AsNoTracking().Where(row => row.UnitId == caseId).OrderBy(row => row.Position).ToListAsync(ct);
        return await StandingAsync(db, urn, caseId, states, DoneBy(journal), await HoldersAsync(db, caseId, ct), ct);
    }

    /// <summary>How a practice case stands, on the drawing that it was begun with. Whoever asks was let see it.</summary>
    public async Task<CaseProcess> OfPracticeAsync(PracticeSeen seen, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var journal = await db.Set<JournalRow>().AsNoTracking().Where(row => row.UnitId == seen.Case.CaseId).OrderBy(row => row.Position).ToListAsync(ct);
        return await StandingAsync(db, seen.Case.Name, seen.Case.CaseId, seen.States, DoneBy(journal), new Dictionary<string, string>(), ct, seen.Drawn);
    }

    /// <summary>How a case stands in the given states of its instances.</summary>
    /// <param name="done">Completed steps by instance.</param>
    /// <param name="holders">Who holds which task, by name.</param>
    /// <param name="unpublished">A drawing that is not among the published ones.</param>
    internal async Task<CaseProcess> StandingAsync(
        CaseDb db, string urn, string caseId, IReadOnlyList<InstanceState> states, ILookup<string, string> done, IReadOnlyDictionary<string, string> holders, CancellationToken ct,
        DrawnDefinition? unpublished = null)
    {
        var lanes = new Lanes(await db.Set<Agency>().AsNoTracking().ToDictionaryAsync(agency => agency.Id, agency => agency.Name, ct), holders);
        var paths = new List<(string? Defendant, PathPosition Path)>();
        foreach (var state in states)
        {
            paths.Add((DefendantOf(state), await PositionAsync(state, [.. done[state.Id]], lanes, unpublished, ct)));
        }

        var defendants = await db.Defendants.AsNoTracking().Where(defendant => defendant.CaseId == caseId).OrderBy(defendant => defendant.Ordinal).ToListAsync(ct);
        return new CaseProcess(
            urn,
            paths.Where(path => path.Defendant is null).Select(path => path.Path).FirstOrDefault(),
            [.. defendants.Select(defendant => new DefendantPath(
                defendant.Id, defendant.Name, defendant.Stage, defendant.Outcome, [.. paths.Where(path => path.Defendant == defendant.Id).Select(path => path.Path)]))]);
    }

    internal static string? DefendantOf(InstanceState state) =>
        state.Input.GetValueOrDefault("defendant") is System.Text.Json.Nodes.JsonObject defendant && defendant["id"] is { } id ? id.GetValue<string>() : null;

    private async Task<PathPosition> PositionAsync(InstanceState state, IReadOnlyList<string> done, Lanes lanes, DrawnDefinition? unpublished, CancellationToken ct)
    {
        var drawn = unpublished?.Is(state.DefinitionId, state.DefinitionVersion) == true ? unpublished : await definitions.FindAsync(state.DefinitionId, state.DefinitionVersion, ct);
        var open = state.Waits.Where(wait => wait.Kind != WaitKind.Reply).ToList();
        return new PathPosition(
            state.Id, state.DefinitionId, state.DefinitionVersion, drawn?.Name ?? state.DefinitionId, Status(state), done,
            [.. open.Select(wait => wait.ActivityId).Concat(state.Incidents.Select(incident => incident.ActivityId)).Distinct()],
            [.. open.Select(wait => Wait(wait, drawn, wait.Kind == WaitKind.Task ? lanes.Of(wait) : null))],
            [.. state.Incidents.Select(incident => new IncidentItem(incident.Id, incident.ActivityId, incident.Code, incident.Message, incident.At))]);
    }

    private static string Status(InstanceState state) => state switch
    {
        { Incidents.Length: > 0 } => "faulted",
        { Status: InstanceStatus.Running } => "running",
        { SubStatus: InstanceSubStatus.Cancelled } => "cancelled",
        _ => "finished",
    };

    private static WaitItem Wait(Wait wait, DrawnDefinition? drawn, TaskHolder? task) => new(
        JsonNamingPolicy.CamelCase.ConvertName(wait.Kind.ToString()), wait.ActivityId, drawn?.StepText(wait.ActivityId) ?? wait.Name,
        wait.Kind switch
        {
            WaitKind.Task when task?.Assignee is { } holder => $"{Words.Role(task.Role)} at {task.AgencyName} ({holder})",
            WaitKind.Task when task is not null => $"{Words.Role(task.Role)} at {task.AgencyName}",
            WaitKind.Timer => "A day to come",
            WaitKind.Event => Words.Plain(wait.Name),
            WaitKind.Child => $"The path of a defendant",
            _ => wait.Name,
        },
        wait.Kind == WaitKind.Task ? wait.Id : null, task?.Agency, task?.Role, task?.Assignee, wait.Due, wait.CreatedAt);

    private static async Task<Dictionary<string, string>> HoldersAsync(CaseDb db, string caseId, CancellationToken ct) =>
        await db.Tasks.AsNoTracking().Where(task => task.CaseId == caseId && task.State == TaskState.Claimed)
            .Join(db.Set<Person>(), task => task.Assignee, person => person.Subject, (task, person) => new { task.Id, person.Name })
            .ToDictionaryAsync(row => row.Id, row => row.Name, ct);

    /// <summary>Completed steps by instance, of a journal in order. What a reinstatement took back counts as not done.</summary>
    internal static ILookup<string, string> DoneBy(IEnumerable<JournalRow> journal)
    {
        var done = new List<(string Instance, long Sequence, string Activity)>();
        foreach (var row in journal)
        {
            if (row.Kind == "reinstate" && InstanceJson.ReadStimulus(row.Stimulus).Body is Reinstate back)
            {
                done.RemoveAll(step => step.Instance == row.InstanceId && step.Sequence > back.BackToSequence);
            }

            done.AddRange(NotesJson.Read(row.Notes).Where(note => note.Event == "Completed").Select(note => (row.InstanceId, row.Sequence, note.ActivityId)));
        }

        return done.Select(step => (step.Instance, step.Activity)).Distinct().ToLookup(step => step.Instance, step => step.Activity);
    }

    private sealed record TaskHolder(string Agency, string AgencyName, string Role, string? Assignee);

    /// <summary>For whom task waits are.</summary>
    private sealed record Lanes(IReadOnlyDictionary<string, string> Agencies, IReadOnlyDictionary<string, string> Holders)
    {
        public TaskHolder Of(Wait wait)
        {
            var agency = wait.Spec?["agency"]?.ToString() ?? "";
            return new TaskHolder(agency, Agencies.GetValueOrDefault(agency, agency), wait.Spec?["role"]?.ToString() ?? "", Holders.GetValueOrDefault(wait.Id));
        }
    }
}
