using System.Text.Json.Nodes;
using Assize.Host.Tests.Designer.Outline;

namespace Assize.Host.Tests.Designer.Routes;

/// <summary>Makes what the braces of a question stand for.</summary>
internal sealed class StudioPlaces(HostFixture host)
{
    private readonly Dictionary<string, string> _made = [];

    public async Task<StudioQuestion> FillAsync(StudioQuestion question) => question with
    {
        Path = await FillAsync(question.Path),
        Body = question.Body is null ? null : await FillAsync(question.Body),
        Part = await FillAsync(question.Part),
    };

    private async Task<string> FillAsync(string text)
    {
        foreach (var place in (string[])["{draft}", "{published}", "{practice}", "{instance}", "{execution}", "{model}", "{new}"])
        {
            if (text.Contains(place, StringComparison.Ordinal))
            {
                _made[place] = _made.TryGetValue(place, out var made) ? made : await MakeAsync(place);
                text = text.Replace(place, _made[place], StringComparison.Ordinal);
            }
        }

        return text;
    }

    private async Task<string> MakeAsync(string place)
    {
        using var owner = host.Client(Cast.ProcessOwner);
        return place switch
        {
            "{draft}" => await host.BeginAsync("Asked for"),
            "{model}" => (await owner.LoadAsync(await host.BeginAsync("Sent"))).ToJsonString(),
            "{new}" => $"new-{Guid.NewGuid():n}",
            "{published}" => await PublishedTwiceAsync(owner),
            "{practice}" => await PracticeAsync(owner),
            "{instance}" => await host.InstanceAsync(host.Urn),
            _ => await ExecutionAsync(await host.InstanceAsync(host.Urn)),
        };
    }

    private async Task<string> PublishedTwiceAsync(HttpClient owner)
    {
        using var second = host.Client(Cast.SecondOwner);
        var id = await host.BeginAsync("Of two versions");
        foreach (var title in (string[])["Once", "Twice"])
        {
            await owner.SaveAsync((await owner.LoadAsync(id)).Retitled(title));
            await owner.AskToPublishAsync(id);
            await PublicationPageTests.ApproveAsync(second, id);
        }

        return id;
    }

    private async Task<string> PracticeAsync(HttpClient owner)
    {
        var id = await host.BeginAsync("Practised");
        var model = await owner.LoadAsync(id);
        model["root"]!["activities"]!.AsArray().Add(JsonNode.Parse(
            """{"id":"wait","type":"Assize.AwaitEvent","version":1,"eventName":{"typeName":"String","expression":{"type":"Literal","value":"never"}}}"""));
        model["root"]!["connections"]!.AsArray().Add(JsonNode.Parse("""{"source":{"activity":"start","port":"Done"},"target":{"activity":"wait","port":"In"}}"""));
        await owner.SaveAsync(model);
        return await owner.RunAsync(id);
    }

    private async Task<string> ExecutionAsync(string instance)
    {
        using var lawyer = host.Client(Cast.Lawyer);
        var (_, list) = await lawyer.AskAsync(HttpMethod.Get, $"/activity-execution-summaries/list?WorkflowInstanceId={instance}");
        return list!["items"]!.AsArray()[^1]!["id"]!.GetValue<string>();
    }
}
