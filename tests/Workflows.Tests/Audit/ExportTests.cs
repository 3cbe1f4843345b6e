using System.Text;
using Assize.Audit;
using Assize.TestKit.Databases;
using Assize.Workflows.Access;
using Assize.Workflows.Audit;
using Assize.Workflows.Cases;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Assize.Workflows.Tests.Audit;

/// <summary>An export that takes its time, and what happens to its cases meanwhile.</summary>
public sealed class ExportTests : IDisposable
{
    private const int Records = 1200;
    private static readonly DateTimeOffset s_begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("assize-audit-");
    private readonly FakeTimeProvider _clock = new(s_begin.AddHours(1));

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task Export_OfACaseThatIsSealedMeanwhile_WithholdsItFromTheNextPageOn_AndStillVerifies(DatabaseKind kind)
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        await using TestCaseDatabase database = await TestCaseDatabase.CreateAsync(kind);
        await using (CaseDb db = database.Context())
        {
            CaseFile file = Case();
            db.Add(file);
            db.AddRange(Enumerable.Range(1, Records).Select(number => AuditLog.Entry($"entry-{number:0000}", s_begin.AddMilliseconds(number), Reader, "task.claim", ("task", "t"), file)));
            await db.SaveChangesAsync(ct);
        }
        AuditSettings settings = new(Path.Combine(_folder.FullName, "audit-secret"), TimeSpan.FromHours(1));
        using AuditKeys keys = new(database.Database, settings, _clock);
        AuditRoots roots = new(database.Database, keys, settings, _clock);
        await new AuditSealer(database.Database).RunAsync(ct);
        await roots.RunAsync(ct);

        await using Lines written = new(after: 10, () => SealAsync(database));
        await new AuditExport(database.Database, keys, new AccessEvaluator(_clock), _clock).WriteAsync("police", 1, Reader, written, ct);

        string[] lines = written.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..^1];
        int withheld = lines.Count(line => line.Contains("\"withheld\"", StringComparison.Ordinal));
        Assert.Equal(Records, lines.Length);
        Assert.InRange(withheld, Records - 600, Records - 11);
        Assert.All(lines[^withheld..], line => Assert.Contains("\"withheld\"", line, StringComparison.Ordinal));
        using StringReader reader = new(written.ToString());
        Assert.Empty((await Verifier.RunAsync(reader, new RootBook([await roots.FileAsync("police", null, ct)], []), ct)).Findings);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Caller Reader { get; } = new("sam", "police", [], "Sam", false, "tests");

    private static CaseFile Case() => new()
    {
        Id = "case",
        Urn = "46AB0000126",
        Status = CaseStatus.Active,
        Stage = "Review",
        OwnerAgency = "police",
        ProsecutingAuthority = "police",
        CourtOu = "B46",
        Area = "46",
        GravestModeOfTrial = "",
        LegalDate = new DateOnly(2026, 3, 1),
        CreatedAt = s_begin,
        Practice = false,
        Participants = "[]",
    };

    private static async Task SealAsync(TestCaseDatabase database)
    {
        await using CaseDb db = database.Context();
        await db.Cases.ExecuteUpdateAsync(set => set.SetProperty(file => file.Sealed, true).SetProperty(file => file.SealEpoch, 1));
    }

    /// <summary>Does something once so many lines are written.</summary>
    private sealed class Lines(int after, Func<Task> then) : StringWriter
    {
        private int _written;

        public override Encoding Encoding => Encoding.UTF8;

        public override async Task WriteAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default)
        {
            await base.WriteAsync(buffer, cancellationToken);
            if (++_written == after)
            {
                await then();
            }
        }
    }
}
