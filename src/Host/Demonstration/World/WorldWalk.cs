using System.Globalization;
using System.Text.Json;
using Assize.Engine.Commands;
using Assize.Host.Operations;
using Assize.Workflows.Access;
using Assize.Workflows.Forms;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Assize.Host.Demonstration.World;

/// <summary>Has people do the tasks of a case one after the other, each at a believable hour, until the plan or the calendar says stop.</summary>
internal sealed class WorldWalk(CaseDatabase database, CompleteTask complete, RuleCatalog rules, BusinessClock clock)
{
    private static readonly TimeSpan BetweenTasks = TimeSpan.FromHours(5);

    public async Task TakeAsync(WorldCase plan, DateTime received, CancellationToken ct)
    {
        var at = new DateTimeOffset(received, TimeSpan.Zero);
        for (var step = 0; step < plan.Steps; step++)
        {
            await using var db = database.CreateDbContext();
            var task = await db.Tasks.AsNoTracking()
                .Where(task => task.State == TaskState.Open && db.Cases.Any(file => file.Id == task.CaseId && file.Urn == plan.Urn))
                .OrderBy(task => task.NotBefore ?? task.CreatedAt).ThenBy(task => task.Id)
                .FirstOrDefaultAsync(ct);
            at = Later(at + BetweenTasks, task?.NotBefore);
            if (task is null || at > clock.GetUtcNow() || !await DoAsync(db, task, plan, at, ct))
            {
                return;
            }
        }
    }

    private async Task<bool> DoAsync(CaseDb db, WorkTask task, WorldCase plan, DateTimeOffset at, CancellationToken ct)
    {
        var outcomes = JsonSerializer.Deserialize<string[]>(task.Outcomes)!;
        var outcome = plan.Prefer.FirstOrDefault(outcomes.Contains) ?? InventedAnswers.Outcome(outcomes);
        var offences = await db.Offences.AsNoTracking().Where(offence => offence.DefendantId == task.DefendantId).OrderBy(offence => offence.Sequence).ToListAsync(ct);
        var context = new FormContext(outcome, DateOnly.FromDateTime(at.Date), [.. offences.Select(offence => new FormOffence(offence.Sequence, offence.Code, offence.Title))]);
        var form = await rules.FormAsync(db, task.FormId, task.FormVersion, ct);
        foreach (var person in await HoldersAsync(db, task, ct))
        {
            await using var own = database.CreateDbContext();
            var caller = new Caller(person.Subject, person.Agency, [task.LaneRole], person.Name, false, "demonstration");
            var requestId = string.Create(CultureInfo.InvariantCulture, $"world-{task.Id}");
            if (await complete.RunAsync(own, caller, requestId, at, task.Id, outcome, InventedAnswers.Fields(form, context), ct) is Completed)
            {
                return true;
            }
        }

        return false;
    }

    private static Task<List<Person>> HoldersAsync(CaseDb db, WorkTask task, CancellationToken ct) => db.Set<Person>().AsNoTracking()
        .Where(person => person.Agency == task.LaneAgency && db.Set<HomeRole>().Any(role => role.Subject == person.Subject && role.Role == task.LaneRole))
        .OrderBy(person => person.Name)
        .ToListAsync(ct);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) => other > one ? other.Value : one;
}
