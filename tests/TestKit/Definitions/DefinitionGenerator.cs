using CsCheck;

namespace Assize.TestKit.Definitions;

/// <summary>A random definition, and the dice that choose its stimuli.</summary>
/// <param name="Json">A definition with the id "drawn"; its activities are those of <see cref="TestActivities.Table"/>.</param>
/// <param name="Dice">One throw per step: give each to <see cref="RandomStimuli.Next"/>.</param>
public sealed record DrawnCase(string Json, int[] Dice);

/// <summary>Definitions built of blocks, so that each can end: decisions, forks with every join, loops, races, containers, children.</summary>
public static class DefinitionGenerator
{
    /// <summary>The id of the workflow that drawn definitions start as a child; its text is <see cref="ChildJson"/>.</summary>
    public const string ChildId = "drawn-child";

    /// <summary>A child workflow: one task, then an output.</summary>
    public static string ChildJson { get; } = Engine.Definitions.DefinitionWriter.Write(Draw.Workflow(
        Draw.Flowchart(
            "flow",
            [Draw.Task("child-task"), Draw.Activity("output", "Elsa.SetOutput", ("outputName", Draw.Literal("Answer")), ("outputValue", Draw.Literal("done"))), Draw.End("end")],
            "child-task -> output", "output -> end"),
        id: ChildId));

    /// <summary>Small cases are more likely; a failing one shrinks by smaller dice.</summary>
    public static Gen<DrawnCase> Gen { get; } =
        CsCheck.Gen.Int[0, 60].SelectMany(size => CsCheck.Gen.Select(CsCheck.Gen.Int[0, 999].Array[size], CsCheck.Gen.Int[0, 999].Array[0, 40], (shape, dice) =>
            new DrawnCase(Engine.Definitions.DefinitionWriter.Write(new BlockBuilder(shape).Build()), dice)));

    /// <summary>A definition of at least so many activities, its blocks so deep in each other; the same dice draw the same.</summary>
    public static string Sized(int activities, int maxDepth, int[] dice) => Engine.Definitions.DefinitionWriter.Write(new BlockBuilder(dice, maxDepth).Build(activities));
}
