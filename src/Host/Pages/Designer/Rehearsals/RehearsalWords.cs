using Assize.Engine.Rehearsing;
using Assize.Host.Queries;
using Assize.Workflows.Operations;
using Assize.Workflows.Rehearsing;

namespace Assize.Host.Pages.Designer.Rehearsals;

/// <summary>The four classes as people read them, with the word that stands for each in an address.</summary>
public static class RehearsalWords
{
    public static IReadOnlyList<RehearsalClass> All { get; } = [RehearsalClass.Same, RehearsalClass.Moves, RehearsalClass.NeedsMapping, RehearsalClass.Stranded];

    public static string Name(RehearsalClass kind) => kind switch
    {
        RehearsalClass.Same => "Same",
        RehearsalClass.Moves => "Moves by itself",
        RehearsalClass.NeedsMapping => "Needs a mapping",
        _ => "Would be stranded",
    };

    public static string Meaning(RehearsalClass kind) => kind switch
    {
        RehearsalClass.Same => "Nothing that these cases did is different.",
        RehearsalClass.Moves => "They come to the same steps, by another way or with other words.",
        RehearsalClass.NeedsMapping => "Somebody has to say first what becomes of a step.",
        _ => "They could not go on in this version.",
    };

    public static string Colour(RehearsalClass kind) => kind switch
    {
        RehearsalClass.Same => "green",
        RehearsalClass.Moves => "blue",
        RehearsalClass.NeedsMapping => "yellow",
        _ => "red",
    };

    /// <summary>A rehearsal in one line, as a check among others.</summary>
    public static (string Text, string Colour) Found(RehearsalView rehearsed) => rehearsed switch
    {
        { Operation.State: OperationState.Failed } => ("Broken off", "red"),
        { IsOver: false } => ("Being worked out", "blue"),
        { Rehearsal: { NeedsMapping: 0, Stranded: 0 } } => ("All of them could go on", "green"),
        { Rehearsal.Stranded: 0 } => ("Some need a mapping", "yellow"),
        _ => ("Some would be stranded", "red"),
    };

    public static string Slug(RehearsalClass kind) => kind switch
    {
        RehearsalClass.Same => "same",
        RehearsalClass.Moves => "moves",
        RehearsalClass.NeedsMapping => "needs-mapping",
        _ => "stranded",
    };

    public static int Count(WorkflowRehearsal rehearsal, RehearsalClass kind) => kind switch
    {
        RehearsalClass.Same => rehearsal.Same,
        RehearsalClass.Moves => rehearsal.Moves,
        RehearsalClass.NeedsMapping => rehearsal.NeedsMapping,
        _ => rehearsal.Stranded,
    };
}
