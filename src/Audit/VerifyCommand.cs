using System.Globalization;
using System.Text.Json;

namespace Assize.Audit;

/// <summary><c>verify &lt;export&gt; &lt;roots&gt;… [--key &lt;id&gt;]…</c>: 0 where the log is what was sealed, 1 where it is not,
/// 2 where it was asked wrongly, 3 where no root is over its records, so that nothing but the export speaks for it.</summary>
public static class VerifyCommand
{
    private const int Shown = 50;
    private const int Wrong = 1;
    private const int Usage = 2;
    private const int Unrooted = 3;

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, CancellationToken ct)
    {
        List<string> pinned = [.. args.Index().Where(x => x.Index > 0 && args[x.Index - 1] == "--key").Select(x => x.Item)];
        List<string> files = [.. args.Skip(1).Where(x => x != "--key" && !pinned.Contains(x))];
        if (args is not ["verify", ..] || files.Count < 2)
        {
            await output.WriteLineAsync("Expected: audit verify <export.jsonl> <roots.json> [more roots] [--key <id of a key to believe>]");
            await output.WriteLineAsync("Answers 0: the log is what was sealed. 1: it is not. 2: nothing was verified. 3: no signed root is over these records yet.");
            return Usage;
        }
        try
        {
            RootBook book = new(await Task.WhenAll(files.Skip(1).Select(x => File.ReadAllTextAsync(x, ct))), pinned);
            using StreamReader export = new(files[0]);
            return await TellAsync(await Verifier.RunAsync(export, book, ct), book, output);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            await output.WriteLineAsync($"{unreadable.Message} Nothing was verified.");
            return Usage;
        }
    }

    private static async Task<int> TellAsync(Verification verification, RootBook book, TextWriter output)
    {
        foreach (Finding finding in verification.Findings.Take(Shown))
        {
            await output.WriteLineAsync($"{finding.Kind}: {finding.Message}");
        }
        string counted = string.Create(CultureInfo.GetCultureInfo("en-GB"), $"{verification.Records:N0} records of {verification.Stream}, {verification.Roots:N0} signed roots");
        (int code, string told) = verification switch
        {
            { Findings.Count: > 0 } => (Wrong, $"The log is not what was sealed: {verification.Findings.Count} findings in {counted}."),
            { Holds: false } => (Unrooted, $"Nothing wrong was found, but no root over these records was given: {counted}. Only the export speaks for itself. "
                + "A log gets its first root within the hour: get the file of roots again then, or the one that the witness keeps."),
            _ => (0, $"The log is what was sealed: {counted}."),
        };
        await output.WriteLineAsync(told);
        if (verification.Erased.Count > 0)
        {
            await output.WriteLineAsync(Erased(verification.Erased));
        }
        if (verification.Withheld.Count > 0)
        {
            await output.WriteLineAsync(Withheld(verification.Withheld.Count));
        }
        foreach (string key in book.Keys)
        {
            await output.WriteLineAsync($"Believed key: {key}");
        }
        return code;
    }

    private static string Withheld(int count) => $"{count} {(count == 1 ? "record was" : "records were")} withheld, of sealed cases that whoever downloaded the log does not have.";

    // The chain cannot tell an erasure that was decided from a reason that somebody took away.
    private static string Erased(IReadOnlyList<long> sequences) => (sequences.Count == 1
        ? $"1 reason was erased, in record {sequences[0]}:"
        : $"{sequences.Count} reasons were erased, in records {string.Join(", ", sequences)}:") + " compare with the erasure requests that were carried out.";
}
