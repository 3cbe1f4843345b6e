namespace Assize.Engine.Expressions;

/// <summary>What one evaluation may use. A changed number changes what old journals mean: it is a new rule set.</summary>
public static class ScriptLimits
{
    /// <summary>Characters of source; more is unreadable.</summary>
    public const int Source = 65_536;

    /// <summary>Statements of a JavaScript, steps of a Liquid template; more is an incident.</summary>
    public const int Statements = 100_000;

    /// <summary>Calls within calls; more is an incident.</summary>
    public const int Recursion = 100;

    /// <summary>Elements of one array; more is the memory limit.</summary>
    public const int ArrayLength = 100_000;

    /// <summary>Characters that one text may come to; more is the memory limit.</summary>
    public const int Text = 4_000_000;

    /// <summary>Bytes allocated by one script, freed or not.</summary>
    public const long Memory = 32_000_000;

    /// <summary>Wall-clock time of all scripts of one command.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    /// <summary>Wall-clock time of one script, and of one regular expression.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan Regex = TimeSpan.FromMilliseconds(250);
}
