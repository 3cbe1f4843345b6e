using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Audit;

namespace Assize.Workflows.Tests.Audit;

/// <summary>What somebody might do to an export. The chance of a seed decides what, where, and whether they chain it anew afterwards.</summary>
internal static class Tampering
{
    private static readonly string[] s_texts = ["action", "actor", "at", "case", "id", "kind", "owner", "subject"];

    /// <summary>The lines after one tampering, and what it was, in words.</summary>
    public static (List<string> Lines, string What) Of(SampleLog log, Random chance)
    {
        List<string> lines = log.Lines();
        int count = log.Entries.Count;
        int at = chance.Next(1, count + 1);
        bool anew = chance.Next(2) == 0;
        string what;
        switch (chance.Next(9))
        {
            case 0:
                what = $"changed a member of record {at}";
                lines[at] = Changed(lines[at], chance);
                break;
            case 1:
                what = $"removed record {at}";
                lines.RemoveAt(at);
                break;
            case 2:
                int other = 1 + ((at - 1 + chance.Next(1, count)) % count);
                what = $"swapped records {at} and {other}";
                (lines[at], lines[other]) = (lines[other], lines[at]);
                break;
            case 3:
                what = $"repeated record {at}";
                lines.Insert(chance.Next(1, count + 2), lines[at]);
                break;
            case 4:
                what = $"put a record of their own before {at}";
                lines.Insert(at, Invented(at));
                break;
            case 5:
                what = $"cut the log after {at - 1}";
                string end = lines[^1];
                lines.RemoveRange(at, lines.Count - at);
                lines.AddRange(chance.Next(2) == 0 ? [end] : []);
                break;
            case 6:
                what = "flipped a bit";
                lines = Flipped(lines, chance);
                return (lines, what);
            case 7:
                what = "left the beginning out";
                lines.RemoveRange(1, at);
                break;
            default:
                what = "rewrote what was said";
                int said = lines.FindIndex(at, x => x.Contains("\"text\":", StringComparison.Ordinal));
                said = said < 0 ? lines.FindIndex(x => x.Contains("\"text\":", StringComparison.Ordinal)) : said;
                lines[said] = lines[said].Replace("Because", "Although", StringComparison.Ordinal);
                break;
        }
        return anew ? (Anew(lines), what + ", and numbered and chained all anew") : (lines, what);
    }

    private static string Changed(string line, Random chance)
    {
        JsonObject json = JsonNode.Parse(line)!.AsObject();
        string member = s_texts[chance.Next(s_texts.Length)];
        json["record"]![member] = (string)json["record"]![member]! + "x";
        return Canonical.Write(JsonSerializer.SerializeToElement(json));
    }

    private static string Invented(int sequence)
    {
        AuditEntry entry = SampleLog.Entry(sequence * 1000);
        entry.Sequence = sequence;
        entry.Hash = Canonical.Digest(sequence.ToString(CultureInfo.InvariantCulture));
        return ExportFormat.Line(entry);
    }

    private static List<string> Flipped(List<string> lines, Random chance)
    {
        char[] text = string.Join('\n', lines).ToCharArray();
        int at;
        do
        {
            at = chance.Next(text.Length);
        }
        while (text[at] == '\n');
        text[at] = (char)(text[at] ^ (1 << chance.Next(5)));
        return [.. new string(text).Split('\n')];
    }

    /// <summary>As somebody would who can write to the database, but not sign.</summary>
    private static List<string> Anew(List<string> lines)
    {
        string hash = Chain.Genesis(SampleLog.Stream);
        long sequence = 0;
        return [.. lines.Select(line =>
        {
            JsonObject json = JsonNode.Parse(line)!.AsObject();
            if (json["record"] is not { } record)
            {
                return line;
            }
            record["sequence"] = ++sequence;
            hash = Chain.Next(hash, Canonical.Write(JsonSerializer.SerializeToElement(record)));
            json["hash"] = hash;
            return Canonical.Write(JsonSerializer.SerializeToElement(json));
        })];
    }
}
