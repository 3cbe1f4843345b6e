using System.Data.Common;
using System.Globalization;
using Assize.Engine.Commands;
using Assize.Workflows.Hearings;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Assize.Workflows.Listing;

/// <summary>How full a court's days are, held still until the listing commits: who asks for the same day meanwhile waits.</summary>
internal static class CourtDays
{
    // A lock of each day, taken in the order of days by everybody, and only then the count, whose snapshot is newer than any listing waited for.
    private const string LockDays = "SELECT pg_advisory_xact_lock(hashtextextended(day, 0)) FROM unnest(@days) AS asked(day)";
    private const string CountDays =
        "SELECT starts_at, count(*) FROM hearing WHERE court_ou = @court AND starts_at >= @from AND starts_at < @to AND state <> @vacated GROUP BY starts_at";

    /// <summary>Hearings by court day, those of this command that are not written yet included. Costs one round trip.</summary>
    public static async Task<Dictionary<DateTime, int>> HoldAsync(UnitSession session, string court, IReadOnlyList<DateTimeOffset> days, CancellationToken ct)
    {
        // A court day lies within one UTC day: no court sits at midnight.
        DateTimeOffset from = new(days[0].UtcDateTime.Date, TimeSpan.Zero);
        DateTimeOffset to = new(days[^1].UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        List<(DateTimeOffset At, int Count)> taken = session.Db.Database.GetDbConnection() is NpgsqlConnection connection
            ? await LockedAsync(session.Db, connection, court, days, from, to, ct)
            : await CountedAsync(session.Db, court, from, to, ct);
        return taken.Concat(SessionCase.NewHearings(session).Where(x => x.CourtOu == court).Select(x => (At: x.StartsAt, Count: 1)))
            .GroupBy(x => x.At.UtcDateTime.Date).ToDictionary(x => x.Key, x => x.Sum(y => y.Count));
    }

    /// <summary>SQLite has one writer, and this is it.</summary>
    private static async Task<List<(DateTimeOffset At, int Count)>> CountedAsync(DbContext db, string court, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) =>
        [.. (await db.Set<Hearing>().Where(x => x.CourtOu == court && x.StartsAt >= from && x.StartsAt < to && x.State != HearingState.Vacated)
            .GroupBy(x => x.StartsAt).Select(x => new { At = x.Key, Count = x.Count() }).ToListAsync(ct)).Select(x => (x.At, x.Count))];

    private static async Task<List<(DateTimeOffset At, int Count)>> LockedAsync(
        DbContext db, NpgsqlConnection connection, string court, IReadOnlyList<DateTimeOffset> days, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        string[] keys = [.. days.Select(day => string.Create(CultureInfo.InvariantCulture, $"court-day {court} {day.UtcDateTime:yyyy-MM-dd}")).Distinct()];
        await using NpgsqlBatch batch = new(connection, (NpgsqlTransaction)db.Database.CurrentTransaction!.GetDbTransaction())
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand(LockDays) { Parameters = { new("days", keys) } },
                new NpgsqlBatchCommand(CountDays)
                {
                    Parameters = { new("court", court), new("from", from), new("to", to), new("vacated", HearingState.Vacated) },
                },
            },
        };
        List<(DateTimeOffset, int)> taken = [];
        await using DbDataReader reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            taken.Add((await reader.GetFieldValueAsync<DateTimeOffset>(0, ct), (int)reader.GetInt64(1)));
        }
        return taken;
    }
}
