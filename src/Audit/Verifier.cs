using System.Security.Cryptography;
using System.Text.Json;

namespace Assize.Audit;

/// <summary>Reads an export line by line and compares it with itself and with the roots. It needs nothing else.</summary>
public sealed class Verifier
{
    private const int MostFindings = 1000;

    private readonly RootBook _book;
    private readonly List<Finding> _findings;
    private readonly List<long> _erased = [];
    private readonly List<long> _withheld = [];
    private Dictionary<long, Statement> _roots = [];
    private HashSet<long> _segments = [];
    private MerkleTree? _tree;
    private Statement? _end;
    private string? _previous;
    private bool _isUnproved;
    private string _stream = "";
    private long _expected;

    private Verifier(RootBook book) => (_book, _findings) = (book, [.. book.Findings]);

    public static async Task<Verification> RunAsync(TextReader export, RootBook book, CancellationToken ct)
    {
        Verifier verifier = new(book);
        if (await export.ReadLineAsync(ct) is not { } head || !verifier.Begin(head))
        {
            verifier.Find(FindingKind.Unreadable, null, $"Expected an export that begins with its head ({ExportFormat.Name}), but it does not.");
            return verifier.Result(0, 0);
        }
        long from = verifier._expected;
        long records = 0;
        while (await export.ReadLineAsync(ct) is { } line && verifier._findings.Count < MostFindings)
        {
            records += verifier.Take(line) ? 1 : 0;
        }
        verifier.Finish(from);
        return verifier.Result(records, verifier._roots.Keys.Count(x => x >= from));
    }

    private bool Begin(string line)
    {
        try
        {
            JsonElement head = Canonical.Read(line);
            _stream = head.GetProperty("stream").GetString()!;
            _expected = head.GetProperty("from").GetInt64();
            _previous = head.GetProperty("previous").GetString()!;
            if (line != ExportFormat.Head(_stream, _expected, _previous) || _expected < 1)
            {
                return false;
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
        if (_expected == 1 && _previous != Chain.Genesis(_stream))
        {
            Find(FindingKind.Changed, null, "Expected the stream to begin at its beginning, but the head names another value.");
        }
        _roots = _book.Of(_stream).ToDictionary(x => x.To);
        _segments = [.. _roots.Values.Select(x => x.From)];
        if (_roots.TryGetValue(_expected - 1, out Statement? before) && before.Hash != _previous)
        {
            Find(FindingKind.Root, _expected - 1, $"Expected the export to go on from the root up to {_expected - 1}, but it begins with another value.");
        }
        return true;
    }

    private bool Take(string line)
    {
        if (_end is not null)
        {
            Find(FindingKind.Misplaced, null, "Expected nothing after the signed end, but there are more lines.");
            return false;
        }
        try
        {
            JsonElement json = Canonical.Read(line);
            if (json.TryGetProperty("record", out JsonElement record))
            {
                Record(json, record);
                return true;
            }
            if (json.TryGetProperty("withheld", out JsonElement withheld))
            {
                Withheld(json, withheld.GetInt64());
                return true;
            }
            _end = Statement.Read(json);
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            Find(FindingKind.Unreadable, null, $"Expected record {_expected} in the one spelling of the format, but its line is another: {unreadable.Message}");
            _previous = null;
            _tree = null;
            _expected++;
        }
        return false;
    }

    private void Record(JsonElement line, JsonElement record)
    {
        if (line.EnumerateObject().Any(x => x.Name is not ("hash" or "record" or "said")))
        {
            throw new JsonException("it has members that no record has.");
        }
        long sequence = record.GetProperty("sequence").GetInt64();
        string hash = line.GetProperty("hash").GetString()!;
        Said(line, record, sequence);
        if (!IsNext(sequence))
        {
            return;
        }
        string text = Canonical.Write(record);
        if (record.GetProperty("agency").GetString() != _stream)
        {
            Find(FindingKind.Misplaced, sequence, $"Expected a record of {_stream}, but record {sequence} is another agency's.");
        }
        if (_previous is not null && Chain.Next(_previous, text) != hash)
        {
            Find(FindingKind.Changed, sequence, $"Record {sequence} is not what was sealed: its hash differs.");
        }
        Follow(sequence, hash, MerkleTree.Leaf(text));
    }

    /// <summary>The chain over a record that is not there cannot be made anew: the signed root over its leaf speaks for it.</summary>
    private void Withheld(JsonElement line, long sequence)
    {
        if (line.EnumerateObject().Any(x => x.Name is not ("hash" or "leaf" or "withheld")))
        {
            throw new JsonException("it has members that no withheld record has.");
        }
        string hash = line.GetProperty("hash").GetString()!;
        string leaf = line.GetProperty("leaf").GetString()!;
        if (Convert.FromHexString(leaf) is not { Length: SHA256.HashSizeInBytes } digest || Convert.ToHexStringLower(digest) != leaf)
        {
            throw new JsonException("its leaf is no digest.");
        }
        if (IsNext(sequence))
        {
            _withheld.Add(sequence);
            _isUnproved = true;
            Follow(sequence, hash, leaf);
        }
    }

    private bool IsNext(long sequence)
    {
        if (sequence < _expected)
        {
            Find(FindingKind.Misplaced, sequence, $"Expected record {_expected}, but record {sequence} stands there, out of its place or a second time.");
            return false;
        }
        if (sequence > _expected)
        {
            Find(FindingKind.Missing, _expected, $"Expected record {_expected}, but the next one is {sequence}: {sequence - _expected} are missing.");
            (_previous, _tree, _expected) = (null, null, sequence);
        }
        return true;
    }

    private void Follow(long sequence, string hash, string leaf)
    {
        _previous = hash;
        Compare(sequence, hash, leaf);
        _expected = sequence + 1;
    }

    private void Said(JsonElement line, JsonElement record, long sequence)
    {
        bool named = record.TryGetProperty("said", out JsonElement digest);
        bool beside = line.TryGetProperty("said", out JsonElement said);
        if (named != beside)
        {
            Find(FindingKind.Said, sequence, $"Expected what was said in record {sequence} to stand beside it, or the note that it was erased, but it does not.");
            return;
        }
        if (named && Canonical.Write(said) == Canonical.Write(("erased", true)))
        {
            _erased.Add(sequence);
        }
        else if (named && Audit.Said.DigestOf(said.GetProperty("text").GetString()!, said.GetProperty("salt").GetString()!) != digest.GetString())
        {
            Find(FindingKind.Said, sequence, $"What was said in record {sequence} is not what was recorded.");
        }
    }

    private void Compare(long sequence, string hash, string leaf)
    {
        if (_segments.Contains(sequence))
        {
            _tree = new MerkleTree();
        }
        _tree?.AddLeaf(leaf);
        if (!_roots.TryGetValue(sequence, out Statement? root))
        {
            return;
        }
        bool whole = _tree is not null && _tree.Count == root.To - root.From + 1;
        if (root.Hash != hash || (whole && _tree!.Root() != root.Merkle))
        {
            Find(FindingKind.Root, sequence, $"Expected the log to agree with the signed root up to {sequence}, but it differs: something at or before it was rewritten.");
        }
        if (!whole && _isUnproved)
        {
            Find(FindingKind.Root, sequence, $"Expected the export to begin where a root does, since records up to {sequence} are withheld, but it begins later: nothing proves what stands before them.");
        }
        (_tree, _isUnproved) = (null, false);
    }

    private void Finish(long from)
    {
        long last = _expected - 1;
        if (_roots.Count > 0 && _roots.Keys.Max() is var rooted && rooted > last)
        {
            Find(FindingKind.Cut, last, $"Expected at least {rooted} records, as a signed root says, but the log ends after {last}.");
        }
        if (_end is null)
        {
            Find(FindingKind.Cut, last, "Expected the signed end of the export, but it is not there: the file was cut.");
            return;
        }
        if (_book.IsSigned(_end) && _end.Kind == Statement.End && _end.Stream == _stream && _end.To > last)
        {
            Find(FindingKind.Cut, last, $"Expected {_end.To} records, as the signed end says, but the log ends after {last}: its newest records are gone.");
            return;
        }
        bool agrees = _end.Kind == Statement.End && _end.Stream == _stream && _end.From == from && _end.To == last && (_previous is null || _end.Hash == _previous);
        if (!_book.IsSigned(_end) || !agrees)
        {
            Find(FindingKind.Cut, last, $"Expected a signed end that says {last} records and this chain, but it says {_end.To}, something else, or its key is not known.");
        }
    }

    private void Find(FindingKind kind, long? sequence, string message) => _findings.Add(new Finding(kind, sequence, message));

    private Verification Result(long records, int roots) => new(_stream, records, roots, _erased, _findings) { Withheld = _withheld };
}

/// <param name="Roots">How many signed roots were over records of the export.</param>
/// <param name="Erased">The records whose reason was erased; whoever did the erasures knows which these should be.</param>
/// <param name="Findings">What is wrong, in the order of the log.</param>
public sealed record Verification(string Stream, long Records, int Roots, IReadOnlyList<long> Erased, IReadOnlyList<Finding> Findings)
{
    /// <summary>Records that whoever got the export may not have: their place, their hash and their leaf under the root are there, and nothing else.</summary>
    public IReadOnlyList<long> Withheld { get; init; } = [];

    /// <summary>Nothing is wrong, and a root that was handed out before says so, not the export alone.</summary>
    public bool Holds => Findings.Count == 0 && Roots > 0;
}
