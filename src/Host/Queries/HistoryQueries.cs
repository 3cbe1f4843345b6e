using System.Globalization;
using Assize.Engine.Expressions;
using Assize.Engine.Instances;
using Assize.Engine.Storage;
using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Host.Components;
using Assize.Workflows.Access;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

/// <summary>What happened in a case, in plain words, the newest first.</summary>
public sealed class HistoryQueries(CaseDatabase database, DefinitionQueries definitions, CaseQueries cases)
{
    /// <summary>Null where there is no such case for the caller; a page of null where the cursor is none of this list.</summary>
    public async Task<(bool CursorRead, Page<HistoryItem> Page)?> FindAsync(Caller caller, string urn, string? cursor, int limit, CancellationToken ct)
    {
        if (await cases.FindIdAsync(caller, urn, ct) is not { } caseId)
        {
            return null;
        }

        if (!Cursor.TryRead(cursor, 1, out var after) || (after is [var text] && !long.TryParse(text, out _)))
        {
            return (false, new Page<HistoryItem>([], null));
        }

        await using var db = database.CreateDbContext();
        var journal = db.Set<JournalRow>().AsNoTracking().Where(row => row.UnitId == caseId);
        if (after is [var before])
        {
            var position = long.Parse(before, CultureInfo.InvariantCulture);
            journal = journal.Where(row => row.Position < position);
        }

        var rows = await journal.OrderByDescending(row => row.Position).Take(limit + 1).ToListAsync(ct);
        var page = rows.Take(limit).ToList();
        var items = await TellAsync(db, caseId, page, await journal.CountAsync(ct), ct);
        return (true, new Page<HistoryItem>(items, rows.Count > limit ? Cursor.Write(page[^1].Position.ToString(CultureInfo.InvariantCulture)) : null));
    }

    /// <summary>Rows of a case's journal in words.</summary>
    /// <param name="page">The newest first, without gaps.</param>
    /// <param name="newest">The number of the first of them in the case's history.</param>
    internal async Task<IReadOnlyList<HistoryItem>> TellAsync(CaseDb db, string caseId, List<JournalRow> page, int newest, CancellationToken ct)
    {
        var telling = new Telling(
            await NamesAsync(db, page, ct), await DefendantsAsync(db, caseId, page, ct), await TasksAsync(db, caseId, ct), definitions);
        var items = new List<HistoryItem>();
        foreach (var row in page)
        {
            items.Add(await telling.TellAsync(row, newest - items.Count, ct));
        }

        return items;
    }

    private static async Task<Dictionary<string, string>> NamesAsync(CaseDb db, List<JournalRow> page, CancellationToken ct)
    {
        var actors = page.Select(row => row.Actor).Distinct().ToList();
        return await db.Set<Person>().AsNoTracking().Where(person => actors.Contains(person.Subject)).ToDictionaryAsync(person => person.Subject, person => person.Name, ct);
    }

    private static async Task<Dictionary<string, string>> DefendantsAsync(CaseDb db, string caseId, List<JournalRow> page, CancellationToken ct)
    {
        var ids = page.Select(row => row.InstanceId).Distinct().ToList();
        var names = await db.Defendants.AsNoTracking().Where(defendant => defendant.CaseId == caseId).ToDictionaryAsync(defendant => defendant.Id, defendant => defendant.Name, ct);
        var instances = await db.Set<InstanceRow>().AsNoTracking().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.State }).ToListAsync(ct);
        return instances.Select(row => (row.Id, Defendant: ProcessQueries.DefendantOf(InstanceJson.ReadState(row.State))))
            .Where(row => row.Defendant is not null && names.ContainsKey(row.Defendant)).ToDictionary(row => row.Id, row => names[row.Defendant!]);
    }

    private static async Task<Dictionary<string, string>> TasksAsync(CaseDb db, string caseId, CancellationToken ct) =>
        await db.Tasks.AsNoTracking().Where(task => task.CaseId == caseId).ToDictionaryAsync(task => task.Id, task => task.Title, ct);

    private sealed class Telling(
        Dictionary<string, string> people, Dictionary<string, string> defendants, Dictionary<string, string> tasks, DefinitionQueries definitions)
    {
        public async Task<HistoryItem> TellAsync(JournalRow row, int entry, CancellationToken ct)
        {
            var stimulus = InstanceJson.ReadStimulus(row.Stimulus);
            var drawn = await definitions.FindAsync(row.DefinitionId, row.DefinitionVersion, ct);
            var notes = NotesJson.Read(row.Notes);
            var (kind, what, activity, outcome) = Happened(stimulus.Body, row, drawn, notes);
            return new HistoryItem(
                row.At, what, kind, row.Actor, people.GetValueOrDefault(row.Actor) ?? (row.Actor == "system" ? "Assize" : row.Actor), row.Reason, activity, outcome,
                defendants.GetValueOrDefault(row.InstanceId), [.. Followed(notes, drawn, activity)], entry);
        }

        private (string Kind, string What, string? Activity, string? Outcome) Happened(
            StimulusBody body, JournalRow row, DrawnDefinition? drawn, IReadOnlyList<JournalNote> notes)
        {
            // What a stimulus woke is the first step that its notes name.
            var woken = notes.FirstOrDefault(note => note.Event is "Resumed" or "Completed")?.ActivityId;
            var step = woken is null ? "a step" : drawn?.StepText(woken) ?? woken;
            return body switch
            {
                Start => ("start", $"‘{drawn?.Name ?? row.DefinitionId}’ began, version {row.DefinitionVersion}", null, null),
                Resume { Kind: WaitKind.Task } done => ("task", $"{tasks.GetValueOrDefault(done.WaitId) ?? step}: {Words.Plain(done.Outcome ?? "done")}", woken, done.Outcome),
                Resume { Kind: WaitKind.Event } => ("event", $"{step}: what it waited for came", woken, null),
                Resume { Kind: WaitKind.Child } child => ("child", $"{step}: a defendant's path ended ({Words.Plain(child.Outcome ?? "completed").ToLowerInvariant()})", woken, child.Outcome),
                Resume => ("reply", step, woken, null),
                TimerDue => ("timer", $"{step}: its day came", woken, null),
                Cancel => ("cancel", "Stopped", null, null),
                Retry => ("retry", "A step that had failed was tried again", woken, null),
                Reinstate => ("reinstate", "A completed task was taken back", null, null),
                Migrate { Reverses: true } => ("migrate", $"Taken back to version {row.DefinitionVersion} of ‘{drawn?.Name ?? row.DefinitionId}’", null, null),
                Migrate => ("migrate", $"Migrated to version {row.DefinitionVersion} of ‘{drawn?.Name ?? row.DefinitionId}’", null, null),
                LimitExceeded { Limit: ScriptLimitExceeded.Place } limit => ("limit", $"{drawn?.StepText(limit.ActivityId) ?? limit.ActivityId}: its script found no place to run in", limit.ActivityId, null),
                LimitExceeded limit => ("limit", $"{drawn?.StepText(limit.ActivityId) ?? limit.ActivityId}: its script was stopped ({limit.Limit})", limit.ActivityId, null),
                _ => ("other", step, woken, null),
            };
        }

        private static IEnumerable<string> Followed(IReadOnlyList<JournalNote> notes, DrawnDefinition? drawn, string? woken) => notes
            .Where(note => note.ActivityType.StartsWith("Assize.", StringComparison.Ordinal) && note.ActivityId != woken)
            .Select(note => note.Event switch
            {
                "Completed" => drawn?.StepText(note.ActivityId) ?? note.ActivityId,
                "Suspended" => $"{drawn?.StepText(note.ActivityId) ?? note.ActivityId}: waiting",
                "Faulted" => $"{drawn?.StepText(note.ActivityId) ?? note.ActivityId}: failed. {note.Message}",
                "Canceled" => $"{drawn?.StepText(note.ActivityId) ?? note.ActivityId}: no longer needed",
                _ => null,
            }).OfType<string>().Distinct();
    }
}
