using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Workflows.Forms;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Assize.Bench.Journey;

/// <summary>Walks the first journey by what the case asks for, and keeps what was done, so that every later one repeats it.</summary>
internal sealed class Discovery(Product product, RuleCatalog rules)
{
    private const long First = 9_999_999;

    private DateTimeOffset _at = Product.Start;

    public List<PlannedStep> Plan { get; } = [];

    /// <summary>Takes one step and gives the case's number; null once the case has its outcome.</summary>
    public async Task<string?> StepAsync()
    {
        var urn = Product.Urn(First);
        await using var db = product.Database.CreateDbContext();
        if (await db.Cases.AsNoTracking().SingleOrDefaultAsync(file => file.Urn == urn) is not { } file)
        {
            await product.ReceiveAsync(First, daysLater: 0);
            return urn;
        }

        if (file.Outcome is not null)
        {
            return null;
        }

        var (step, id) = await NextAsync(db, file.Id);
        await product.StepAsync(step, id, First, Plan.Count + 1);
        Plan.Add(step);
        return urn;
    }

    private async Task<(PlannedStep Step, string Id)> NextAsync(CaseDb db, string caseId)
    {
        var task = await db.Tasks.AsNoTracking().Where(task => task.CaseId == caseId && task.State == TaskState.Open)
            .OrderBy(task => task.NotBefore ?? task.CreatedAt).ThenBy(task => task.Id).FirstOrDefaultAsync();
        if (task is not null)
        {
            _at = task.NotBefore > _at ? task.NotBefore.Value.AddMinutes(5) : _at.AddMinutes(5);
            var outcome = InventedAnswers.Outcome(JsonSerializer.Deserialize<string[]>(task.Outcomes)!);
            return (new PlannedStep(task.ActivityId, BenchPeople.Holder(task.LaneAgency, task.LaneRole), outcome, await FieldsAsync(db, task, outcome), _at), task.Id);
        }

        var message = await db.Messages.AsNoTracking().Where(message => message.CaseId == caseId && message.WaitId != null).OrderBy(message => message.Id).FirstOrDefaultAsync()
            ?? throw new InvalidOperationException($"Expected case {caseId} to wait for a task or an acknowledgement, but it waits for neither.");
        return (new PlannedStep(null, BenchPeople.System(message.Agency), "", [], _at), message.Id);
    }

    private async Task<JsonObject> FieldsAsync(CaseDb db, WorkTask task, string outcome)
    {
        var offences = await db.Offences.AsNoTracking().Where(offence => offence.DefendantId == task.DefendantId).ToListAsync();
        var context = new FormContext(outcome, DateOnly.FromDateTime(_at.Date), [.. offences.Select(offence => new FormOffence(offence.Sequence, offence.Code, offence.Title))]);
        return InventedAnswers.Fields(await rules.FormAsync(db, task.FormId, task.FormVersion, CancellationToken.None), context);
    }
}
