using System.Data.Common;
using Assize.Engine.Expressions;

namespace Assize.Workflows.Rehearsing;

/// <summary>Tells a case that breaks what is done to it from a database or a host that breaks everybody's: the others go on without the first, and nobody without the second.</summary>
internal static class BrokenCase
{
    public static bool Is(Exception failure) => failure switch
    {
        OperationCanceledException or TimeoutException or IOException or OutOfMemoryException => false,
        // What the database refuses for what it says (class 22), or for what stands there already (23), it would refuse again.
        DbException database => database.SqlState is ['2', '2' or '3', ..],
        { InnerException: { } inner } => Is(inner),
        _ => true,
    };

    /// <summary>Why, without what may be private: what the engine says of a case holds its ids only.</summary>
    public static string Why(Exception failure) => failure is ScriptLimitExceeded or InvalidOperationException ? failure.Message : $"Something unforeseen happened ({failure.GetType().Name}).";
}
