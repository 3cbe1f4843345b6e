using System.Text.Json;

namespace Assize.Audit;

/// <summary>The roots that somebody was handed, from as many files as they kept; each checked against its key and against its neighbour.</summary>
public sealed class RootBook
{
    private readonly Dictionary<string, string> _keys = [];
    private readonly Dictionary<(string Stream, long To), Statement> _roots = [];
    private readonly List<Finding> _findings = [];

    /// <param name="pinned">Ids of the only keys to believe; none means those of the files.</param>
    public RootBook(IEnumerable<string> files, IReadOnlyCollection<string> pinned)
    {
        foreach (string file in files)
        {
            using JsonDocument document = JsonDocument.Parse(file, new JsonDocumentOptions { AllowDuplicateProperties = false });
            Take(document.RootElement, pinned);
        }
        foreach (IGrouping<string, Statement> stream in _roots.Values.GroupBy(x => x.Stream))
        {
            Statement? before = null;
            foreach (Statement root in stream.OrderBy(x => x.To))
            {
                Check(root, before);
                before = root;
            }
        }
    }

    /// <summary>What is wrong with the roots themselves.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    public IReadOnlyCollection<string> Keys => _keys.Keys;

    public IReadOnlyList<Statement> Of(string stream) => [.. _roots.Values.Where(x => x.Stream == stream).OrderBy(x => x.To)];

    public bool IsSigned(Statement statement) => _keys.TryGetValue(statement.Key, out string? key) && statement.IsSignedBy(key);

    private void Take(JsonElement file, IReadOnlyCollection<string> pinned)
    {
        if (file.ValueKind != JsonValueKind.Object || !file.TryGetProperty("format", out JsonElement format) || format.GetString() != ExportFormat.Roots)
        {
            throw new JsonException($"Expected a file of roots ({ExportFormat.Roots}), but it is something else.");
        }
        foreach (JsonElement key in file.GetProperty("keys").EnumerateArray())
        {
            string publicKey = key.GetProperty("publicKey").GetString() ?? throw new JsonException("Expected a public key with each key of a file of roots, but one has none.");
            string id = SigningKey.IdOf(publicKey);
            if (pinned.Count == 0 || pinned.Contains(id))
            {
                _keys[id] = publicKey;
            }
        }
        foreach (Statement root in file.GetProperty("roots").EnumerateArray().Select(Statement.Read))
        {
            if (!_roots.TryAdd((root.Stream, root.To), root) && _roots[(root.Stream, root.To)] != root)
            {
                Find(root, $"Expected one root of {root.Stream} up to {root.To}, but there are two that differ.");
            }
        }
    }

    /// <param name="before">The one that ends next before it; not always its neighbour, for one witness keeps only some.</param>
    private void Check(Statement root, Statement? before)
    {
        if (root.Kind != Statement.Root || !IsSigned(root))
        {
            Find(root, $"Expected the root of {root.Stream} up to {root.To} to be signed by a known key, but it is not.");
        }
        if (root.From < 1 || root.From > root.To)
        {
            Find(root, $"Expected the root of {root.Stream} up to {root.To} to begin at or before its end, but it begins at {root.From}.");
        }
        else if (root.From <= before?.To)
        {
            Find(root, $"Expected each record of {root.Stream} under one root, but the roots up to {before.To} and up to {root.To} are both over record {Math.Max(root.From, before.From)}: one was signed anew.");
        }
        else if (root.From - 1 == before?.To && before.Digest() != root.Previous)
        {
            Find(root, $"Expected the root of {root.Stream} up to {root.To} to follow the one up to {before.To}, but it names another.");
        }
    }

    private void Find(Statement root, string message) => _findings.Add(new Finding(FindingKind.Root, root.To, message));
}
