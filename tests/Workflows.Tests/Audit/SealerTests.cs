using Assize.Audit;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Assize.Workflows.Tests.Audit;

public sealed class SealerTests : IDisposable
{
    private static readonly DateTimeOffset s_begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assize-audit-");
    private readonly FakeTimeProvider _clock = new(s_begin.AddHours(1));

    public static TheoryData<DatabaseKind> Kinds => [DatabaseKind.Sqlite, DatabaseKind.Postgres];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Seal_RecordsOfTwoAgencies_EachStreamIsWholeAndVerifies(DatabaseKind kind)
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(kind);
        await AddAsync(database, [.. Enumerable.Range(1, 700).Select(n => Entry(n, n % 7 == 0 ? "cps" : "police"))]);
        await using (CaseDb db = database.Context())
        {
            db.AddRange(new Agency { Id = "cps", Kind = "prosecutor", Name = "CPS", Status = "active" }, new Agency { Id = "police", Kind = "police", Name = "Police", Status = "active" });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(700, await new AuditSealer(database.Database).RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal(2, await Roots(database).RunAsync(TestContext.Current.CancellationToken));
        await AddAsync(database, Entry(701, "cps"));
        Assert.Equal(1, await new AuditSealer(database.Database).RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await Roots(database).RunAsync(TestContext.Current.CancellationToken));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await Roots(database).RunAsync(TestContext.Current.CancellationToken));

        Assert.Equal((101, 2, ""), await VerifyAsync(database, "cps", 1));
        Assert.Equal((600, 1, ""), await VerifyAsync(database, "police", 1));
        Assert.Equal((52, 2, ""), await VerifyAsync(database, "cps", 50));
        await using CaseDb after = database.Context();
        Assert.Equal(["police", "police"], await after.Set<AuditRoot>().Where(x => x.Stream == "cps").Select(x => x.Witness).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Seal_RecordThatCommitsLate_TakesTheNextNumber(DatabaseKind kind)
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(kind);
        AuditSealer sealer = new(database.Database);
        if (kind == DatabaseKind.Postgres)
        {
            await using CaseDb slow = database.Context();
            await using IDbContextTransaction open = await slow.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            slow.Add(Entry(1, "police"));
            await slow.SaveChangesAsync(TestContext.Current.CancellationToken);
            await AddAsync(database, Entry(2, "police"));
            Assert.Equal(1, await sealer.RunAsync(TestContext.Current.CancellationToken));
            await open.CommitAsync(TestContext.Current.CancellationToken);
        }
        else
        {
            await AddAsync(database, Entry(2, "police"));
            Assert.Equal(1, await sealer.RunAsync(TestContext.Current.CancellationToken));
            await AddAsync(database, Entry(1, "police"));
        }

        Assert.Equal(1, await sealer.RunAsync(TestContext.Current.CancellationToken));

        await using CaseDb db = database.Context();
        Assert.Equal(["entry-2", "entry-1"], await db.Set<AuditEntry>().OrderBy(x => x.Sequence).Select(x => x.Id).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Seal_SeveralSealersAndWritersAtOnce_NumbersEachRecordOnce(DatabaseKind kind)
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(kind);
        Task[] writers = [.. Enumerable.Range(0, 4).Select(async writer =>
        {
            for (int n = 0; n < 25; n++)
            {
                await AddAsync(database, Entry((writer * 100) + n, "police"));
            }
        })];
        Task[] sealers = [.. Enumerable.Range(0, 2).Select(async _ =>
        {
            while (writers.Any(x => !x.IsCompleted))
            {
                await new AuditSealer(database.Database).RunAsync(TestContext.Current.CancellationToken);
            }
        })];
        await Task.WhenAll([.. writers, .. sealers]);
        await new AuditSealer(database.Database).RunAsync(TestContext.Current.CancellationToken);
        await Roots(database).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal((100, 1, ""), await VerifyAsync(database, "police", 1));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Roots_MadeWhileTheClockWasAYearAhead_HoldUpNoLaterOnes(DatabaseKind kind)
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(kind);
        DateTimeOffset right = _clock.GetUtcNow();
        for (int number = 1; number <= 3; number++)
        {
            await AddAsync(database, Entry(number, "police"));
            Assert.Equal(1, await new AuditSealer(database.Database).RunAsync(TestContext.Current.CancellationToken));
            _clock.AdjustTime(number == 2 ? right.AddYears(1) : right.AddHours(number));
            Assert.Equal(1, await Roots(database).RunAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal((3, 3, ""), await VerifyAsync(database, "police", 1));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Verify_RowChangedInTheDatabase_IsFound(DatabaseKind kind)
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(kind);
        await AddAsync(database, [.. Enumerable.Range(1, 20).Select(n => Entry(n, "police"))]);
        await new AuditSealer(database.Database).RunAsync(TestContext.Current.CancellationToken);
        await Roots(database).RunAsync(TestContext.Current.CancellationToken);
        await using CaseDb db = database.Context();

        await db.Database.ExecuteSqlRawAsync("UPDATE audit_entry SET actor = 'somebody-else' WHERE id = 'entry-8'", TestContext.Current.CancellationToken);

        (long records, int roots, string found) = await VerifyAsync(database, "police", 1);
        Assert.Equal((20, 1), (records, roots));
        Assert.StartsWith("Record 8 is not what was sealed", found, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Verify_NewestRowsDeletedAfterTheLastRoot_IsCut(DatabaseKind kind)
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(kind);
        await AddAsync(database, [.. Enumerable.Range(1, 10).Select(n => Entry(n, "police"))]);
        await new AuditSealer(database.Database).RunAsync(TestContext.Current.CancellationToken);
        await Roots(database).RunAsync(TestContext.Current.CancellationToken);
        await AddAsync(database, [.. Enumerable.Range(11, 5).Select(n => Entry(n, "police"))]);
        await new AuditSealer(database.Database).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal((15, 1, ""), await VerifyAsync(database, "police", 1));
        await using CaseDb db = database.Context();

        await db.Database.ExecuteSqlRawAsync("DELETE FROM audit_entry WHERE sequence > 12", TestContext.Current.CancellationToken);

        const string Cut = "Expected 15 records, as the signed end says, but the log ends after 12: its newest records are gone.";
        Assert.Equal((12, 1, Cut), await VerifyAsync(database, "police", 1));
        Assert.Equal((3, 1, Cut), await VerifyAsync(database, "police", 10));
        Assert.Equal((0, 0, Cut.Replace("after 12", "after 13", StringComparison.Ordinal)), await VerifyAsync(database, "police", 14));
    }

    [Fact]
    public async Task Keys_WithTheSameSecret_AreTheSame_AndWithAnotherTheyAreNot()
    {
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(DatabaseKind.Sqlite);
        AuditSettings other = new(Path.Combine(_folder.FullName, "other"), TimeSpan.FromHours(1));

        using AuditKeys first = new(database.Database, Settings, _clock), again = new(database.Database, Settings, _clock), stranger = new(database.Database, other, _clock);

        string id = (await first.GetAsync(TestContext.Current.CancellationToken)).Id;
        Assert.Equal(id, (await again.GetAsync(TestContext.Current.CancellationToken)).Id);
        Assert.NotEqual(id, (await stranger.GetAsync(TestContext.Current.CancellationToken)).Id);
        await using CaseDb db = database.Context();
        Assert.All(await db.Set<AuditKey>().ToListAsync(TestContext.Current.CancellationToken), x => Assert.StartsWith("-----BEGIN ENCRYPTED", x.PrivateKey, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private AuditSettings Settings => new(Path.Combine(_folder.FullName, "audit-secret"), TimeSpan.FromHours(1));

    private AuditRoots Roots(TestCaseDatabase database) => new(database.Database, new AuditKeys(database.Database, Settings, _clock), Settings, _clock);

    private async Task<(long Records, int Roots, string Found)> VerifyAsync(TestCaseDatabase database, string stream, long from)
    {
        await using StringWriter written = new();
        using AuditKeys keys = new(database.Database, Settings, _clock);
        await new AuditExport(database.Database, keys, new AccessEvaluator(_clock), _clock).WriteAsync(stream, from, new Caller("sam", stream, [], "Sam", false, "tests"), written, TestContext.Current.CancellationToken);
        using StringReader reader = new(written.ToString());
        RootBook book = new([await Roots(database).FileAsync(stream, null, TestContext.Current.CancellationToken)], []);
        Verification verification = await Verifier.RunAsync(reader, book, TestContext.Current.CancellationToken);
        return (verification.Records, verification.Roots, string.Join(' ', verification.Findings.Select(x => x.Message)));
    }

    private static async Task AddAsync(TestCaseDatabase database, params IEnumerable<AuditEntry> entries)
    {
        await using CaseDb db = database.Context();
        db.AddRange(entries);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static AuditEntry Entry(int number, string agency) => AuditLog.Entry(
        $"entry-{number}", s_begin.AddMilliseconds(number), new Caller("sam", agency, [], "Sam", false, "tests"), "task.claim", ("task", $"task-{number}"),
        detail: """{"b":1,"a":[1.0,"é\u0001"]}""", said: number % 4 == 0 ? "Because it was late." : null);
}
