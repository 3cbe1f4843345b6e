using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;

namespace Assize.Engine.Rehearsing;

/// <summary>Tells which instances were told the same: those of one key go the same way on every version.</summary>
/// <remarks>
/// Ids and digests count by the order in which they first appear. Instants and who did it count only where a version reads the clock
/// or draws by chance; whoever migrates rehearses each instance by itself.
/// </remarks>
public sealed partial class StimuliKey(IReadOnlyCollection<ExecutionGraph> versions, IReadOnlyCollection<string> names)
{
    private readonly bool _countsInstants = versions.SelectMany(g => g.Root.SelfAndBelow()).Any(n => ReadsClock(n.Json, isScript: false));
    private readonly Regex? _named = names.Count == 0 ? null : new Regex($"\"({string.Join('|', names.Select(Regex.Escape))})\":\"([^\"]*)\"", RegexOptions.CultureInvariant);

    /// <param name="version">The version that the instance runs on.</param>
    /// <param name="stimuli">Canonical JSON of each, in order, as the journal holds it, with its payload in place.</param>
    public string Of(string instanceId, int version, IEnumerable<string> stimuli)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, version.ToString(CultureInfo.InvariantCulture));
        var known = new KnownIds(instanceId);
        foreach (var stimulus in stimuli)
        {
            var isMigration = stimulus.Contains("\"$kind\":\"migrate\"", StringComparison.Ordinal);
            var told = _countsInstants ? stimulus : Body(stimulus, isMigration);
            if (known.Count == 0 && _named is not null)
            {
                told = _named.Replace(told.ToString(), "\"$1\":\"\"");
            }
            Append(hash, told, known);
            Append(hash, "\n");
            known.Add(RequestOf(stimulus), isMigration);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<char> told, KnownIds known)
    {
        var from = 0;
        while (HexRuns.Next(told, from) is var (start, end))
        {
            var before = told[from..start];
            Append(hash, before);
            Append(hash, known.PlaceOf(told[start..end].ToString(), IsOwn(before)));
            from = end;
        }
        Append(hash, told[from..]);
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<char> text) => hash.AppendData(MemoryMarshal.AsBytes(text));

    private static bool IsOwn(ReadOnlySpan<char> before) => before.EndsWith("\"waitId\":\"") || before.EndsWith("\"incidentId\":\"") || before.EndsWith("\"executionId\":\"");

    // A text is code where its type says so, and below the script of a step.
    private static bool ReadsClock(JsonNode? node, bool isScript) => node switch
    {
        JsonObject json when json["value"] is JsonValue code && json.TextOf("type") is "JavaScript" or "Liquid" =>
            isScript || (json.TextOf("type") == "JavaScript" ? ScriptRules.ReadsClock(code.ToString()) : Clock().IsMatch(code.ToString())),
        JsonObject json => json.Any(m => ReadsClock(m.Value, m.Key == "script" || (isScript && m.Key is "expression" or "value"))),
        JsonArray list => list.Any(item => ReadsClock(item, isScript)),
        JsonValue value => isScript && ScriptRules.ReadsClock(value.ToString()),
        _ => false,
    };

    // Members stand in order, and quotes within texts are escaped: body comes before now, and requestId is the last.
    private static ReadOnlySpan<char> Body(string stimulus, bool isMigration)
    {
        var from = stimulus.IndexOf("\"body\":", StringComparison.Ordinal);
        var body = stimulus.AsSpan()[from..stimulus.LastIndexOf(",\"now\":\"", StringComparison.Ordinal)];
        return isMigration || body.Contains("\"$kind\":\"reinstate\"", StringComparison.Ordinal) ? WithoutState(body.ToString()) : body;
    }

    // A state follows from what was told before.
    private static string WithoutState(string body)
    {
        var json = JsonNode.Parse(body[body.IndexOf('{', StringComparison.Ordinal)..])!.AsObject();
        json.Remove("state");
        json.Remove("trace");
        return json.ToJsonString();
    }

    private static string RequestOf(string stimulus)
    {
        const string Member = "\"requestId\":\"";
        var from = stimulus.LastIndexOf(Member, StringComparison.Ordinal) + Member.Length;
        var text = stimulus.AsSpan()[from..^"\"}".Length];
        return text.Contains('\\') ? JsonNode.Parse(stimulus[(from - 1)..^1])!.GetValue<string>() : text.ToString();
    }

    [GeneratedRegex("\\b(?:now|Date|random|Random|newGuid|NewGuid|getShortGuid)\\b")]
    private static partial Regex Clock();
}
