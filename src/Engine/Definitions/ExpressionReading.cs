using System.Collections.Immutable;

namespace Assize.Engine.Definitions;

/// <summary>What is known of an expression before it runs.</summary>
/// <param name="Problem">What is wrong with it; null where it reads.</param>
/// <param name="Mentions">What its script names literally, each once; nothing where it does not read.</param>
public sealed record ExpressionReading(string? Problem, ImmutableArray<ScriptMention> Mentions)
{
    public static ExpressionReading Clean { get; } = new(null, []);
}

/// <summary>A name that a script writes out, and that must stand for something when it runs.</summary>
/// <param name="Name">As written; of a function of its own ("getPlea"), its whole name.</param>
/// <param name="By">The global by which it is said, such as "setVariable".</param>
public sealed record ScriptMention(MentionKind Kind, string Name, string By);

/// <summary>What such a name stands for.</summary>
public enum MentionKind
{
    /// <summary>A variable by its name, as in getVariable('Plea') or variables.Plea.</summary>
    Variable,

    /// <summary>A variable by its name or id, as in setVariable('Plea', 1).</summary>
    VariableSet,

    /// <summary>A function that a variable, or to read it an input, brings with it: getPlea(), setPlea(1). Also setOutcome, which not every step has.</summary>
    Function,

    /// <summary>An outcome, as in setOutcome('Yes').</summary>
    Outcome,
}
