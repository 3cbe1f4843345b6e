using Assize.Engine.Instances;
using Assize.Host.Components;

namespace Assize.Host.Pages.Designer.Migrating;

/// <summary>What somebody typed about the steps that differ: one step a line.</summary>
public sealed record MappingForm(string? Renamed, string? Passed, string? LeftUndone, string? Begun, string? Withdrawn)
{
    public StepMapping Read(List<Fault> faults) => StepMapping.None with
    {
        Renamed = StepMapping.None.Renamed.SetItems(Pairs(Renamed, "renamed", needsBoth: true, faults).Select(x => KeyValuePair.Create(x.Step, x.Other))),
        Passed = StepMapping.None.Passed.SetItems(Pairs(Passed, "passed", needsBoth: false, faults).Select(x => KeyValuePair.Create(x.Step, new PassedStep(x.Other.Length == 0 ? null : x.Other)))),
        LeftUndone = [.. Lines(LeftUndone)],
        Begun = [.. Lines(Begun)],
        Withdrawn = [.. Lines(Withdrawn)],
    };

    private static IEnumerable<(string Step, string Other)> Pairs(string? text, string field, bool needsBoth, List<Fault> faults)
    {
        foreach (var line in Lines(text))
        {
            var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts[0].Length == 0 || (needsBoth && parts is not [_, { Length: > 0 }]))
            {
                faults.Add(new Fault(field, $"Write each line as “step = {(needsBoth ? "step that takes its place" : "outcome")}”: “{line}” is not so"));
                continue;
            }

            yield return (parts[0], parts.Length == 2 ? parts[1] : "");
        }
    }

    private static IEnumerable<string> Lines(string? text) => (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal);
}
