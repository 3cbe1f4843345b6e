using Assize.Workflows.Storage;

namespace Assize.Workflows.Operations;

/// <summary>One kind of long work, done in batches of at most a few seconds.</summary>
/// <param name="Advance">Does the batch at the operation's cursor.</param>
/// <param name="Cancel">Leaves what is done in good order; committed together with the end of the operation.</param>
public sealed record OperationKind(string Name, OperationBatch Advance, OperationEnd Cancel);

/// <summary>
/// What a batch changes through <paramref name="db"/> (in a transaction of its own, if it began one) is committed together with the progress that it answers;
/// what it does elsewhere must bear being done again.
/// </summary>
/// <exception cref="OperationFailed">The work cannot go on, for a reason that a person can be told.</exception>
public delegate Task<OperationProgress> OperationBatch(CaseDb db, TrackedOperation operation, CancellationToken ct);

public delegate Task OperationEnd(CaseDb db, TrackedOperation operation, CancellationToken ct);

/// <param name="Cursor">Where the next batch begins, as JSON text.</param>
/// <param name="Total">Null while nobody knows.</param>
/// <param name="Outcome">What came of it, as JSON text; null while it is not finished.</param>
public sealed record OperationProgress(string? Cursor, long Done, long? Total, string? Outcome = null);

public sealed class OperationFailed(string message) : Exception(message);
