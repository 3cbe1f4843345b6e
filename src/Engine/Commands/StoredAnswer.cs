using System.Text.Json.Nodes;

namespace Assize.Engine.Commands;

/// <summary>Answers as the request table keeps them.</summary>
internal static class StoredAnswer
{
    public static string Write(CommandAnswer answer) => (answer switch
    {
        Completed completed => new JsonObject { ["body"] = completed.Body?.DeepClone() },
        Refused refused => new JsonObject { ["refused"] = refused.Code, ["message"] = refused.Message, ["detail"] = refused.Detail?.DeepClone() },
        _ => throw new InvalidOperationException($"Expected an answer to keep, but got {answer}"),
    }).ToJsonString();

    public static CommandAnswer Read(string stored)
    {
        JsonObject answer = JsonNode.Parse(stored)!.AsObject();
        return (string?)answer["refused"] is { } code
            ? new Refused(code, (string?)answer["message"] ?? "", Replayed: true, answer["detail"]?.DeepClone())
            : new Completed(answer["body"]?.DeepClone(), Replayed: true);
    }
}
