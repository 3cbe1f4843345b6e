using System.Net;
using System.Text.Json.Nodes;
using Assize.Host.Api.Contracts;

namespace Assize.Host.Demonstration.Journey;

/// <summary>Shows, once for each agency, that somebody of it cannot do another's work.</summary>
internal sealed class Refusals(Cast cast, Narrator narrator)
{
    private readonly Queue<string> _owed = new(cast.Agencies);

    public bool AllShown => _owed.Count == 0;

    public async Task ShowNextAsync(WaitItem wait, string taskId, string outcome)
    {
        if (!_owed.TryPeek(out var agency) || cast.Bystander(agency, wait.Agency!, wait.Role!) is not { } stranger)
        {
            return;
        }

        var (status, body) = await cast.As(stranger).SendAsync(HttpMethod.Post, $"/api/v1/tasks/{taskId}/complete",
            new CompleteTaskRequest(outcome, new JsonObject()), $"refusal-{taskId}-{stranger.Subject}");
        if (status is not (HttpStatusCode.Forbidden or HttpStatusCode.NotFound))
        {
            throw new DemonstrationFailed($"Expected {stranger} ({agency}) to be refused task {taskId}, but the answer was {(int)status}: {body?.ToJsonString()}");
        }

        _owed.Dequeue();
        narrator.Say($"  refused: {stranger} ({agency}) tried to complete it: {(int)status} {body?["code"]}");
    }
}
