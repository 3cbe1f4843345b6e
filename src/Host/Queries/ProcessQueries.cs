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
        var rows = await db.Set<InstanceRow>().AsNoTracking().Where(row => row.UnitId == caseId).OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(ct);
        var done = await DoneAsync(db, caseId, ct);
        var tasks = await TasksAsync(db, caseId, ct);
        var paths = new List<(string? Defendant, PathPosition Path)>();
        foreach (var row in rows)
        {
            var state = InstanceJson.ReadState(row.State);
            paths.Add((DefendantOf(state), await PositionAsync(state, done[row.Id].ToList(), tasks, ct)));
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

    private async Task<PathPosition> PositionAsync(InstanceState state, IReadOnlyList<string> done, IReadOnlyDictionary<string, TaskHolder> tasks, CancellationToken ct)
    {
        var drawn = await definitions.FindAsync(state.DefinitionId, state.DefinitionVersion, ct);
        var open = state.Waits.Where(wait => wait.Kind != WaitKind.Reply).ToList();
        return new PathPosition(
            state.Id, state.DefinitionId, state.DefinitionVersion, drawn?.Name ?? state.DefinitionId, Status(state), done,
            [.. open.Select(wait => wait.ActivityId).Concat(state.Incidents.Select(incident => incident.ActivityId)).Distinct()],
            [.. open.Select(wait => Wait(wait, drawn, tasks.GetValueOrDefault(wait.Id)))],
            [.. state.Incidents.Select(incident => new IncidentItem(incident.ActivityId, incident.Code, incident.Message, incident.At))]);
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

    private static async Task<Dictionary<string, TaskHolder>> TasksAsync(CaseDb db, string caseId, CancellationToken ct) =>
        await db.Tasks.AsNoTracking().Where(task => task.CaseId == caseId && (task.State == TaskState.Open || task.State == TaskState.Claimed))
            .Select(task => new
            {
                task.Id,
                Holder = new TaskHolder(
                    task.LaneAgency,
                    db.Set<Agency>().Where(agency => agency.Id == task.LaneAgency).Select(agency => agency.Name).FirstOrDefault() ?? task.LaneAgency,
                    task.LaneRole,
                    db.Set<Person>().Where(person => person.Subject == task.Assignee).Select(person => person.Name).FirstOrDefault()),
            }).ToDictionaryAsync(row => row.Id, row => row.Holder, ct);

    /// <summary>Completed steps by instance. What a reinstatement took back counts as not done.</summary>
    private static async Task<ILookup<string, string>> DoneAsync(CaseDb db, string caseId, CancellationToken ct)
    {
        var rows = await db.Set<JournalRow>().AsNoTracking().Where(row => row.UnitId == caseId).OrderBy(row => row.Position)
            .Select(row => new { row.InstanceId, row.Sequence, row.Stimulus, row.Kind, row.Notes }).ToListAsync(ct);
        var done = new List<(string Instance, long Sequence, string Activity)>();
        foreach (var row in rows)
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
}
