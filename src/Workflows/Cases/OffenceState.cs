using System.Text.Json.Nodes;

namespace Assize.Workflows.Cases;

/// <summary>What of an offence travels in the workflow.</summary>
internal static class OffenceState
{
    /// <param name="value">What was stolen or damaged, in pounds; null where nobody said.</param>
    public static JsonObject Of(Offence offence, JsonNode? value) => new()
    {
        ["id"] = offence.Id,
        ["sequence"] = offence.Sequence,
        ["code"] = offence.Code,
        ["title"] = offence.Title,
        ["modeOfTrial"] = offence.ModeOfTrial,
        ["value"] = value,
    };
}
