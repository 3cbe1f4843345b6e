using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assize.Host.Demonstration.Journey;

/// <summary>The message of the demonstration case that is under way; written before the message is sent, so that a killed run can go on.</summary>
internal sealed record JourneyFile(string Urn, JsonObject Message)
{
    private const string Name = "demonstration-journey.json";

    public static JourneyFile? Find(string dataFolder) =>
        File.Exists(PathIn(dataFolder)) ? JsonSerializer.Deserialize<JourneyFile>(File.ReadAllText(PathIn(dataFolder))) : null;

    /// <summary>The file appears whole or not at all.</summary>
    public void Save(string dataFolder)
    {
        var draft = PathIn(dataFolder) + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(this));
        File.Move(draft, PathIn(dataFolder), overwrite: true);
    }

    public static void Remove(string dataFolder) => File.Delete(PathIn(dataFolder));

    private static string PathIn(string dataFolder) => Path.Combine(dataFolder, Name);
}
