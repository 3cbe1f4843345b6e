using Assize.Audit;

namespace Assize.Workflows.Tests.Audit;

/// <summary>A log of a stream with a root after every few records, made without a database.</summary>
internal sealed class SampleLog : IDisposable
{
    public const string Stream = "merseyside-police";
    private static readonly DateTimeOffset s_begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public SampleLog(int records, int rootEvery)
    {
        AuditStream stream = Chain.NewStream(Stream);
        Entries = [.. Enumerable.Range(1, records).Select(Entry)];
        Chain.Seal(stream, Entries);
        for (int from = 1; from + rootEvery - 1 <= records; from += rootEvery)
        {
            Root(from, from + rootEvery - 1);
        }
    }

    public SigningKey Key { get; } = SigningKey.Make();
    public List<AuditEntry> Entries { get; }
    public List<Statement> Roots { get; } = [];

    public string RootFile => ExportFormat.RootFile(
        Roots.Select(x => new AuditRoot { Stream = x.Stream, ToSequence = x.To, Witness = x.Witness, At = x.At, Text = x.ToJson() }),
        [new AuditKey { Id = Key.Id, PublicKey = Key.PublicKey, PrivateKey = "", CreatedAt = s_begin }]);

    public List<string> Lines() =>
    [
        ExportFormat.Head(Stream, 1, Chain.Genesis(Stream)),
        .. Entries.Select(ExportFormat.Line),
        ExportFormat.End(Stream, 1, Entries.Count, Entries[^1].Hash!, s_begin, Key),
    ];

    public async Task<Verification> VerifyAsync(IEnumerable<string> lines)
    {
        using StringReader reader = new(string.Concat(lines.Select(x => x + "\n")));
        return await Verifier.RunAsync(reader, new RootBook([RootFile], []), CancellationToken.None);
    }

    public static AuditEntry Entry(int number)
    {
        Said? said = number % 3 == 0 ? Said.Of($"Because of “{number}”.") : null;
        return new AuditEntry
        {
            Id = $"entry-{number}",
            At = s_begin.AddSeconds(number),
            Actor = $"person-{number % 5}",
            Agency = Stream,
            Action = number % 2 == 0 ? "task.complete" : "task.claim",
            SubjectKind = "task",
            SubjectId = $"task-{number}",
            CaseId = $"case-{number % 4}",
            OwnerAgency = Stream,
            Detail = number % 2 == 0 ? """{"outcome":"Continue","n":1.50}""" : null,
            Said = said?.Text,
            SaidSalt = said?.Salt,
            SaidDigest = said?.Digest,
        };
    }

    public void Dispose() => Key.Dispose();

    private void Root(int from, int to)
    {
        MerkleTree tree = new();
        Entries.Skip(from - 1).Take(to - from + 1).ToList().ForEach(x => tree.Add(Chain.Record(x)));
        string previous = Roots.Count == 0 ? "" : Roots[^1].Digest();
        Roots.Add(new Statement(Statement.Root, Stream, from, to, Entries[to - 1].Hash!, tree.Root(), previous, "cps", Entries[to - 1].At, "", "").Signed(Key));
    }
}
