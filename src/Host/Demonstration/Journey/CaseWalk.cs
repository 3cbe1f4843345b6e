using System.Net;
using Assize.Host.Api.Contracts;
using Assize.Workflows.Forms;

namespace Assize.Host.Demonstration.Journey;

/// <summary>Moves one case on, by whatever the process endpoint says it waits for, until it has an outcome.</summary>
internal sealed class CaseWalk(Cast cast, ClockHand clock, Refusals refusals, Narrator narrator)
{
    private const int MostRounds = 200;

    public async Task<string> ToOutcomeAsync(string urn)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var detail = await cast.PoliceSystem.GetAsync<CaseDetail>($"/api/v1/cases/{urn}");
            narrator.SayOnce($"Stage: {detail.Case.Stage} ({detail.Case.Status})" + string.Concat(detail.Defendants.Select(defendant => $"; {defendant.Name}: {defendant.Stage}")));
            if (detail.Case.Outcome is { } outcome)
            {
                return outcome;
            }

            if (!await MoveAsync(urn))
            {
                throw new DemonstrationFailed($"Expected case {urn} to wait for something that can be done, but nothing can be.");
            }
        }

        throw new DemonstrationFailed($"Expected case {urn} to reach its outcome within {MostRounds} rounds, but it did not.");
    }

    private async Task<bool> MoveAsync(string urn)
    {
        var process = await ProcessAsync(cast.PoliceSystem, urn);
        var paths = Paths(process).ToList();
        if (paths.SelectMany(path => path.Incidents).FirstOrDefault() is { } incident)
        {
            throw new DemonstrationFailed($"Expected no incident, but step {incident.ActivityId} has one: {incident.Code} {incident.Message}");
        }

        var waits = paths.SelectMany(path => path.Waits).ToList();
        foreach (var wait in waits)
        {
            narrator.SayOnce($"  waits: {wait.Step}, for {wait.For}" + (wait.Until is { } until ? $", until {until:d MMM yyyy}" : ""));
        }

        foreach (var wait in waits.Where(wait => wait is { Kind: "task", Agency: not null, Role: not null }))
        {
            if (await CompleteAsync(urn, wait))
            {
                return true;
            }
        }

        return await EmptyMailboxesAsync(urn) || await clock.MoveToAsync(waits.Where(wait => wait.Kind == "timer").Min(wait => wait.Until));
    }

    private async Task<bool> CompleteAsync(string urn, WaitItem wait)
    {
        foreach (var person in cast.Holders(wait.Agency!, wait.Role!))
        {
            var seen = Paths(await ProcessAsync(cast.As(person), urn)).SelectMany(path => path.Waits);
            if (seen.FirstOrDefault(other => other.Kind == "task" && other.ActivityId == wait.ActivityId && other.Since == wait.Since)?.TaskId is { } taskId
                && await CompleteAsync(person, wait, taskId))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> CompleteAsync(Person person, WaitItem wait, string taskId)
    {
        var caller = cast.As(person);
        var task = await caller.GetAsync<TaskDetail>($"/api/v1/tasks/{taskId}");
        if (task.Task.NotBefore is { } notBefore)
        {
            // A hearing may be worked on from the first minute of its day, but a court sits at ten.
            await clock.MoveToAsync(notBefore.AddHours(10));
        }

        var outcome = InventedAnswers.Outcome(task.Outcomes);
        await refusals.ShowNextAsync(wait, taskId, outcome);
        await caller.SendAsync(HttpMethod.Post, $"/api/v1/tasks/{taskId}/claim", new { }, $"claim-{taskId}-{person.Subject}");
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(narrator.Now, "Europe/London").DateTime);
        var context = new FormContext(outcome, today, [.. task.Offences.Select(offence => new FormOffence(offence.Sequence, offence.Code, offence.Title))]);
        var fields = InventedAnswers.Fields(task.Form is null ? null : Form.Read(task.Form.ToJsonString()), context);
        var (status, body) = await caller.SendAsync(HttpMethod.Post, $"/api/v1/tasks/{taskId}/complete", new CompleteTaskRequest(outcome, fields), $"complete-{taskId}-{person.Subject}");
        switch (status)
        {
            case HttpStatusCode.OK:
                narrator.Say($"{person} ({person.Agency}) completed '{task.Task.Title}': {outcome}");
                return true;
            case HttpStatusCode.Forbidden or HttpStatusCode.Conflict:
                narrator.SayOnce($"  not by {person}: {body?["detail"] ?? body?["code"]}");
                return false;
            default:
                throw ApiCaller.Unexpected(HttpMethod.Post, $"/api/v1/tasks/{taskId}/complete ({task.Task.Title}, {outcome}, {fields.ToJsonString()})", status, body);
        }
    }

    private async Task<bool> EmptyMailboxesAsync(string urn)
    {
        var any = false;
        foreach (var (name, caller) in cast.Systems())
        {
            foreach (var message in (await MailboxAsync(caller)).Where(message => message.CaseUrn == urn && message.AcknowledgedAt is null))
            {
                await caller.SendAsync(HttpMethod.Post, $"/api/v1/messages/{message.Id}/acknowledge", new { }, $"acknowledge-{message.Id}");
                narrator.Say($"  {name} took message '{message.Kind}' from its mailbox and acknowledged it");
                any = true;
            }
        }

        return any;
    }

    private static async Task<List<MessageItem>> MailboxAsync(ApiCaller caller)
    {
        List<MessageItem> all = [];
        string? cursor = null;
        do
        {
            var page = await caller.GetAsync<Page<MessageItem>>("/api/v1/messages" + (cursor is null ? "" : $"?cursor={Uri.EscapeDataString(cursor)}"));
            all.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }

    private static Task<CaseProcess> ProcessAsync(ApiCaller caller, string urn) => caller.GetAsync<CaseProcess>($"/api/v1/cases/{urn}/process");

    private static IEnumerable<PathPosition> Paths(CaseProcess process) =>
        (process.Case is { } own ? new[] { own } : []).Concat(process.Defendants.SelectMany(defendant => defendant.Paths));
}
