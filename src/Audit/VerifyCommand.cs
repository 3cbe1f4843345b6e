using System.Globalization;
using System.Text.Json;

namespace Assize.Audit;

/// <summary><c>verify &lt;export&gt; &lt;roots&gt;… [--key &lt;id&gt;]…</c>: 0 where the log is what was sealed, 1 where it is not, 2 where it was asked wrongly.</summary>
public static class VerifyCommand
{
    private const int Shown = 50;
    private const int Wrong = 1;
    private const int Usage = 2;

    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, CancellationToken ct)
    {
        List<string> pinned = [.. args.Index().Where(x => x.Index > 0 && args[x.Index - 1] == "--key").Select(x => x.Item)];
        List<string> files = [.. args.Skip(1).Where(x => x != "--key" && !pinned.Contains(x))];
        if (args is not ["verify", ..] || files.Count < 2)
        {
            await output.WriteLineAsync("Expected: audit verify <export.jsonl> <roots.json> [more roots] [--key <id of a key to believe>]");
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
        await output.WriteLineAsync(verification.Holds
            ? $"The log is what was sealed: {counted}."
            : $"The log is not what was sealed: {verification.Findings.Count} findings in {counted}.");
        foreach (string key in book.Keys)
        {
            await output.WriteLineAsync($"Believed key: {key}");
        }
        return verification.Holds ? 0 : Wrong;
    }
}
