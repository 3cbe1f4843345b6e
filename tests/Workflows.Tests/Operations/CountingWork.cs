using System.Globalization;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Operations;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Tests.Operations;

/// <summary>Writes one row for each number up to a total, three in a batch: a number that is written twice breaks the table's key.</summary>
internal static class CountingWork
{
    public const string Name = "counting";

    public static OperationKind To(int total, Func<int, Task>? before = null) => new(Name, (db, operation, _) => CountAsync(db, operation, total, before), CancelAsync);

    private static async Task<OperationProgress> CountAsync(CaseDb db, TrackedOperation operation, int total, Func<int, Task>? before)
    {
        int from = int.Parse(operation.Cursor ?? "0", CultureInfo.InvariantCulture);
        if (before is not null)
        {
            await before(from);
        }
        int to = Math.Min(from + 3, total);
        db.AddRange(Enumerable.Range(from, to - from).Select(number => Row(operation.Id, number)));
        return new OperationProgress(to.ToString(CultureInfo.InvariantCulture), to, total, to == total ? "{}" : null);
    }

    private static Task CancelAsync(CaseDb db, TrackedOperation operation, CancellationToken ct)
    {
        db.Add(Row(operation.Id, -1));
        return Task.CompletedTask;
    }

    private static StagedReferenceRow Row(string operation, int number) => new()
    {
        OperationId = operation,
        List = Name,
        Code = number.ToString(CultureInfo.InvariantCulture),
        FromDay = DateOnly.MinValue,
        Detail = "{}",
    };
}

internal sealed class MovableClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Pass(TimeSpan time) => _now += time;
}
