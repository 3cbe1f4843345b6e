using System.Net;
using System.Text.Json.Nodes;

namespace Assize.Host.Demonstration.Journey;

/// <summary>Sends the charge, corrects what the answer lists, and waits for the case.</summary>
internal sealed class Submitting(Cast cast, Narrator narrator)
{
    private const string WrongOffence = "TH68910";
    private const string RightOffence = "TH68010";

    public static JourneyFile Begin(DateOnly today)
    {
        var urn = $"05ZD{Random.Shared.Next(1, 9_999_999):0000000}";
        var message = new ChargeMessage
        {
            Urn = urn,
            Today = today,
            Defendants =
            [
                new("Callum", "Threlfall", new DateOnly(1994, 7, 12), 1, "14 Larkhill Row",
                [
                    // Mistyped on purpose, so that there is something to correct.
                    new(WrongOffence, "Marsden's Hardware, Lime Street, Liverpool", "On the date shown stole a cordless drill to the value of £129 belonging to Marsden's Hardware."),
                    new("CJ67002", "Lime Street, Liverpool", "On the date shown was guilty, while drunk, of disorderly behaviour in a public place."),
                ]),
            ],
        };
        return new JourneyFile(urn, message.ToJson());
    }

    public async Task SubmitAsync(JourneyFile journey)
    {
        var (status, answer) = await cast.PoliceSystem.SendAsync(HttpMethod.Post, "/api/v1/prosecutions?initiation=charge", journey.Message, $"demonstration-{journey.Urn}");
        if (status != HttpStatusCode.Accepted)
        {
            throw ApiCaller.Unexpected(HttpMethod.Post, "/api/v1/prosecutions", status, answer);
        }

        var path = $"/api/v1/prosecutions/{answer!["id"]}";
        narrator.Say($"Merseyside Police's case system sent charge {journey.Urn}: accepted as {answer["id"]}");
        for (var wait = 0; wait < 120; wait++)
        {
            var submission = await cast.PoliceSystem.GetAsync<JsonNode>(path);
            if ((string?)submission["caseUrn"] is { } urn)
            {
                narrator.Say($"Case {urn} is registered ({submission["state"]})");
                return;
            }

            await CorrectAsync(path, submission);
            await Task.Delay(500);
        }

        throw new DemonstrationFailed($"Expected {path} to become a case within a minute, but it did not.");
    }

    private async Task CorrectAsync(string path, JsonNode submission)
    {
        var errors = submission["problems"]?.AsArray().Where(problem => Same(problem, "severity", "error")).ToList() ?? [];
        if (errors.Count == 0 || !Same(submission, "state", "FAILED"))
        {
            return;
        }

        foreach (var error in errors)
        {
            narrator.SayOnce($"  problem {error!["code"]} at {error["pointer"]}: {error["message"]}");
        }

        var corrections = errors.Select(error => new JsonObject { ["pointer"] = error!["pointer"]!.DeepClone(), ["value"] = RightOffence });
        var body = new JsonObject { ["corrections"] = new JsonArray([.. corrections]) };
        var (status, answer) = await cast.PoliceSystem.SendAsync(HttpMethod.Patch, path, body);
        if ((int)status >= 300)
        {
            throw ApiCaller.Unexpected(HttpMethod.Patch, path, status, answer);
        }

        narrator.Say($"  the sender corrected {WrongOffence} to {RightOffence}");
    }

    private static bool Same(JsonNode? node, string member, string value) => string.Equals((string?)node?[member], value, StringComparison.OrdinalIgnoreCase);
}
