using Assize.Engine.Instances;
using Assize.Host.Components;

namespace Assize.Host.Pages.Designer.Migrating;

/// <summary>What somebody says becomes of one step.</summary>
/// <param name="Does">One of <see cref="MappingForm.Decisions"/>; empty where nothing is decided.</param>
/// <param name="New">The step that takes its place.</param>
/// <param name="Outcome">By which it counts as done; may be empty.</param>
public sealed record MappingLine(string Does, string Step, string New, string Outcome);

/// <summary>What somebody says about the steps that differ, a decision a line.</summary>
public static class MappingForm
{
    public const string Renamed = "renamed";
    public const string Passed = "passed";
    public const string LeftUndone = "left-undone";
    public const string Begun = "begun";
    public const string Withdrawn = "withdrawn";

    /// <summary>As many as one form holds.</summary>
    public const int MostLines = 50;

    /// <summary>Each with the words for it.</summary>
    public static IReadOnlyList<(string Does, string Words)> Decisions { get; } =
    [
        ("", "Nothing is decided"),
        (Renamed, "Another step takes its place"),
        (Passed, "It counts as done where a case is past it"),
        (LeftUndone, "Its work is left undone where a case is past it"),
        (Begun, "Cases begin to wait at it"),
        (Withdrawn, "Cases no longer wait for it"),
    ];

    public static IReadOnlyList<MappingLine> Lines(IFormCollection form)
    {
        string Typed(string name) => form[name].FirstOrDefault()?.Trim() ?? "";
        return [.. Enumerable.Range(1, MostLines).TakeWhile(number => form.ContainsKey($"step-{number}"))
            .Select(number => new MappingLine(Typed($"does-{number}"), Typed($"step-{number}"), Typed($"new-{number}"), Typed($"outcome-{number}")))];
    }

    public static StepMapping Read(IReadOnlyList<MappingLine> lines, List<Fault> faults)
    {
        var mapping = StepMapping.None;
        HashSet<(string Does, string Step)> known = [];
        foreach (var (line, number) in lines.Select((line, index) => (line, index + 1)).Where(x => x.line.Does.Length > 0))
        {
            if (line.Step.Length == 0)
            {
                faults.Add(new Fault($"step-{number}", $"Decision {number}: choose the step"));
            }
            else if (!known.Add((line.Does, line.Step)))
            {
                faults.Add(new Fault($"step-{number}", $"Decision {number}: “{line.Step}” is decided so already. Choose another step, or decide nothing here"));
            }
            else if (With(mapping, line) is { } more)
            {
                mapping = more;
            }
            else
            {
                faults.Add(line.Does == Renamed
                    ? new Fault($"new-{number}", $"Decision {number}: choose the step that takes the place of “{line.Step}”")
                    : new Fault($"does-{number}", $"Decision {number}: choose what becomes of “{line.Step}”"));
            }
        }

        return mapping;
    }

    private static StepMapping? With(StepMapping mapping, MappingLine line) => line.Does switch
    {
        Renamed => line.New.Length == 0 ? null : mapping with { Renamed = mapping.Renamed.SetItem(line.Step, line.New) },
        Passed => mapping with { Passed = mapping.Passed.SetItem(line.Step, new PassedStep(line.Outcome.Length == 0 ? null : line.Outcome)) },
        LeftUndone => mapping with { LeftUndone = mapping.LeftUndone.Add(line.Step) },
        Begun => mapping with { Begun = mapping.Begun.Add(line.Step) },
        Withdrawn => mapping with { Withdrawn = mapping.Withdrawn.Add(line.Step) },
        _ => null,
    };
}
