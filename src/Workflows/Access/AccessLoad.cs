using Assize.Engine.Commands;
using Assize.Workflows.Access.Loading;

namespace Assize.Workflows.Access;

/// <summary>Brings a decision's facts with a command's own load: no statement and no round trip more.</summary>
public static class AccessLoad
{
    private const string Name = "access";

    /// <param name="real">The real clock: grants are live by it.</param>
    public static void Add(UnitLoad load, Caller caller, AccessTarget target, DateTimeOffset real) =>
        load.Text(Name, FactsSql.For(target, load.IsPostgres), ("@subject", caller.Subject), ("@real", real), ("@target", target.Id));

    /// <summary>The same about the case that the command locks, or that <paramref name="caseId"/> (SQL) names.</summary>
    public static void AddCase(UnitLoad load, Caller caller, DateTimeOffset real, string? caseId = null) =>
        load.Text(Name, FactsSql.For(AccessTargetKind.Case, caseId ?? load.UnitId, load.IsPostgres), ("@subject", caller.Subject), ("@real", real));

    /// <summary>The facts as they stood after the lock.</summary>
    public static AccessFacts Facts(UnitSession session) => session.Text(Name) is { } text
        ? FactsJson.Read(text, session.RecordedAt)
        : throw new InvalidOperationException("Expected the facts of a decision to be loaded with the command, but they were not.");
}
