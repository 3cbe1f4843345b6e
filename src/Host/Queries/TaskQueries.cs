using System.Globalization;
using Assize.Host.Api;
using Assize.Host.Api.Contracts;
using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Queries;

public enum TaskView { Mine, Available, Team }

/// <summary>Lists of tasks, by what the caller may see.</summary>
public sealed class TaskQueries(CaseDatabase database, IAccessEvaluator access, TimeProvider real)
{
    private const int MostCounted = 100;

    // Tasks without a due date come last; no real one lies beyond.
    private static readonly DateTimeOffset s_never = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Null where the cursor is none of this list.</summary>
    public async Task<Page<TaskItem>?> ListAsync(Caller caller, TaskView view, string? cursor, int limit, CancellationToken ct)
    {
        if (!Cursor.TryRead(cursor, 2, out var after) || (after is [var first, _] && !long.TryParse(first, out _)))
        {
            return null;
        }

        await using var db = database.CreateDbContext();
        var tasks = View(db, caller, view);
        if (after is [var micros, var id])
        {
            var due = InstantConversion.FromMicroseconds(long.Parse(micros, CultureInfo.InvariantCulture));
            tasks = tasks.Where(task => (task.DueAt ?? s_never) > due || ((task.DueAt ?? s_never) == due && task.Id.CompareTo(id) > 0));
        }

        var rows = await Items(db, tasks.OrderBy(task => task.DueAt ?? s_never).ThenBy(task => task.Id).Take(limit + 1)).ToListAsync(ct);
        var items = rows.Take(limit).ToList();
        return new Page<TaskItem>(items, rows.Count > limit
            ? Cursor.Write(InstantConversion.ToMicroseconds(items[^1].DueAt ?? s_never).ToString(CultureInfo.InvariantCulture), items[^1].Id)
            : null);
    }

    /// <summary>How many each view has; counting stops at a hundred, so that a long list costs no more.</summary>
    public async Task<IReadOnlyDictionary<TaskView, string>> CountAsync(Caller caller, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var counts = new Dictionary<TaskView, string>();
        foreach (var view in Enum.GetValues<TaskView>())
        {
            var count = await View(db, caller, view).Take(MostCounted).CountAsync(ct);
            counts[view] = count == MostCounted ? $"{MostCounted - 1}+" : count.ToString(CultureInfo.InvariantCulture);
        }

        return counts;
    }

    /// <summary>The open tasks of a case that the caller may see.</summary>
    public async Task<IReadOnlyList<TaskItem>> OfCaseAsync(Caller caller, string caseId, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var open = access.VisibleTasks(db, caller).Where(task => task.CaseId == caseId && (task.State == TaskState.Open || task.State == TaskState.Claimed));
        return await Items(db, open.OrderBy(task => task.DueAt ?? s_never).ThenBy(task => task.Id).Take(Cursor.LargestLimit)).ToListAsync(ct);
    }

    /// <summary>What the caller's agency completed in a case, the newest first: where a wrong completion is found again.</summary>
    public async Task<IReadOnlyList<TaskItem>> DoneInCaseAsync(Caller caller, string caseId, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var done = access.VisibleTasks(db, caller).Where(task => task.CaseId == caseId && task.State == TaskState.Completed);
        return await Items(db, done.OrderByDescending(task => task.CompletedAt).ThenBy(task => task.Id).Take(Cursor.DefaultLimit)).ToListAsync(ct);
    }

    public async Task<(TaskItem Item, WorkTask Row)?> FindAsync(Caller caller, string id, CancellationToken ct)
    {
        await using var db = database.CreateDbContext();
        var found = access.VisibleTasks(db, caller).Where(task => task.Id == id);
        if (await Items(db, found).SingleOrDefaultAsync(ct) is { } item && await found.AsNoTracking().SingleOrDefaultAsync(ct) is { } row)
        {
            return (item, row);
        }

        // The check knows why, and the audit hears of it where the case is sealed.
        await access.CheckAsync(db, caller, AccessActions.ReadTask, AccessTarget.Task(id), ct);
        return null;
    }

    private IQueryable<WorkTask> View(CaseDb db, Caller caller, TaskView view)
    {
        var visible = access.VisibleTasks(db, caller).AsNoTracking();
        var now = real.GetUtcNow();
        var mine = db.Set<HomeRole>().Where(role => role.Subject == caller.Subject && role.From <= now && (role.To == null || now < role.To));
        return view switch
        {
            TaskView.Mine => visible.Where(task => task.State == TaskState.Claimed && task.Assignee == caller.Subject),
            TaskView.Available => visible.Where(task => task.State == TaskState.Open && mine.Any(role => role.Role == task.LaneRole)),
            _ => visible.Where(task => task.State == TaskState.Open || task.State == TaskState.Claimed),
        };
    }

    private static IQueryable<TaskItem> Items(CaseDb db, IQueryable<WorkTask> tasks) => tasks.Select(task => new TaskItem
    {
        Id = task.Id,
        Title = task.Title,
        State = task.State,
        CaseUrn = db.Set<CaseFile>().Where(file => file.Id == task.CaseId).Select(file => file.Urn).FirstOrDefault(),
        Defendant = db.Set<Defendant>().Where(defendant => defendant.Id == task.DefendantId).Select(defendant => defendant.Name).FirstOrDefault(),
        SubmissionId = task.SubmissionId,
        Agency = task.LaneAgency,
        Role = task.LaneRole,
        Assignee = task.Assignee,
        AssigneeName = db.Set<Person>().Where(person => person.Subject == task.Assignee).Select(person => person.Name).FirstOrDefault(),
        DueAt = task.DueAt,
        NotBefore = task.NotBefore,
        Priority = task.Priority,
        Statutory = task.Statutory,
        CreatedAt = task.CreatedAt,
    });
}
