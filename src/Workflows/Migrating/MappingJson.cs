using System.Text.Json;
using Assize.Engine.Instances;

namespace Assize.Workflows.Migrating;

/// <summary>A mapping as it is stored with its migration.</summary>
public static class MappingJson
{
    public static string Write(StepMapping mapping) => JsonSerializer.Serialize(mapping, JsonSerializerOptions.Web);

    public static StepMapping Read(string json) => JsonSerializer.Deserialize<StepMapping>(json, JsonSerializerOptions.Web) is { } read
        ? read with { Renamed = StepMapping.None.Renamed.AddRange(read.Renamed), Passed = StepMapping.None.Passed.AddRange(read.Passed) }
        : StepMapping.None;
}
