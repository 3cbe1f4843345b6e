using Assize.Audit;
using Assize.Identity.Audit;
using Assize.Identity.Storage;
using Assize.TestKit.Databases;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Identity.Tests.Audit;

public sealed class AuditChainTests : IDisposable
{
    private static readonly DateTimeOffset s_begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("assize-identity-audit-");
    private readonly StoppedClock _clock = new();

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Chain_OfTwoAgencies_VerifiesFromExportAndRootsAlone_UntilARowIsChanged(DatabaseKind kind)
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using TestDatabase database = await TestDatabase.CreateAsync(kind, "identity", MigrateAsync);
        await using IdentityDb db = Open(database);
        using AuditKeys keys = new(Settings, _clock);
        AuditSealer sealer = new(db, keys, Settings, _clock);
        for (int number = 0; number < 60; number++)
        {
            AuditLog.Record(db, s_begin.AddSeconds(number), new AuditActor("ada", number % 3 == 0 ? "cps" : "police"), "person.status", "person", $"p{number}",
                """{"status":"left"}""", number % 4 == 0 ? "Moved away." : null);
        }
        await db.SaveChangesAsync(ct);

        Assert.Equal(60, await sealer.SealAsync(ct));
        Assert.Equal(0, await sealer.SealAsync(ct));
        Assert.Equal(2, await sealer.SignAsync(ct));
        Assert.Equal(0, await sealer.SignAsync(ct));

        Assert.Equal((40, 1, ""), await VerifyAsync(db, keys, "police"));
        Assert.Equal((20, 1, ""), await VerifyAsync(db, keys, "cps"));
        await db.Set<AuditEntry>().Where(x => x.Agency == "cps" && x.Sequence == 20).ExecuteDeleteAsync(ct);
        Assert.Contains("the log ends after 19", (await VerifyAsync(db, keys, "cps")).Found, StringComparison.Ordinal);
        AuditLog.Record(db, s_begin.AddHours(1), new AuditActor("ada", "police"), "person.status", "person", "p60");
        await db.SaveChangesAsync(ct);
        Assert.Equal(1, await sealer.SealAsync(ct));
        Assert.Equal((41, 1, ""), await VerifyAsync(db, keys, "police"));
        await db.Set<AuditEntry>().Where(x => x.SubjectId == "p60").ExecuteDeleteAsync(ct);
        Assert.Equal((40, 1, "Expected 41 records, as the signed end says, but the log ends after 40: its newest records are gone."), await VerifyAsync(db, keys, "police"));
        await db.Set<AuditEntry>().Where(x => x.SubjectId == "p4").ExecuteDeleteAsync(ct);
        Assert.Contains("missing", (await VerifyAsync(db, keys, "police")).Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roots_MadeWhileTheClockWasAYearAhead_HoldUpNoLaterOnes()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using TestDatabase database = await TestDatabase.CreateAsync(DatabaseKind.Sqlite, "identity", MigrateAsync);
        await using IdentityDb db = Open(database);
        using AuditKeys keys = new(Settings, _clock);
        AuditSealer sealer = new(db, keys, Settings, _clock);
        foreach (DateTimeOffset now in (DateTimeOffset[])[s_begin.AddHours(1), s_begin.AddYears(1), s_begin.AddHours(2)])
        {
            AuditLog.Record(db, now, new AuditActor("ada", "police"), "person.status", "person", "p1");
            await db.SaveChangesAsync(ct);
            _clock.Now = now;
            Assert.Equal((1, 1), (await sealer.SealAsync(ct), await sealer.SignAsync(ct)));
        }

        Assert.Equal((3, 3, ""), await VerifyAsync(db, keys, "police"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private IdentitySettings Settings => new()
    {
        Url = new Uri("http://localhost:1"),
        HostUrl = new Uri("http://localhost:2"),
        DataFolder = _folder.FullName,
        Deployment = Deployment.Demonstration,
    };

    private async Task<(long Records, int Roots, string Found)> VerifyAsync(IdentityDb db, AuditKeys keys, string stream)
    {
        AuditExport export = new(db, keys, _clock);
        await using StringWriter written = new();
        await export.WriteAsync(stream, written, TestContext.Current.CancellationToken);
        using StringReader reader = new(written.ToString());
        RootBook book = new([await export.RootsAsync(stream, null, TestContext.Current.CancellationToken)], []);
        Verification verification = await Verifier.RunAsync(reader, book, TestContext.Current.CancellationToken);
        return (verification.Records, verification.Roots, string.Join(' ', verification.Findings.Select(x => x.Message)));
    }

    private static async Task MigrateAsync(TestDatabase database)
    {
        await using IdentityDb db = Open(database);
        await Migrating.MigrateAsync(db, CancellationToken.None);
    }

    private static IdentityDb Open(TestDatabase database) => database.Kind == DatabaseKind.Sqlite
        ? new SqliteIdentityDb(new DbContextOptionsBuilder<SqliteIdentityDb>().UseSqlite(database.ConnectionString).Options)
        : new PostgreSqlIdentityDb(new DbContextOptionsBuilder<PostgreSqlIdentityDb>().UseNpgsql(database.ConnectionString).Options);

    private sealed class StoppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = s_begin.AddHours(1);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
