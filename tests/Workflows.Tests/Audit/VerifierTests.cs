using System.Diagnostics;
using Assize.Audit;
using Assize.TestKit;
using Xunit;

namespace Assize.Workflows.Tests.Audit;

public sealed class VerifierTests
{
    private const int Tamperings = 500;

    [Fact]
    public async Task Verify_UntouchedLog_FindsNothing()
    {
        using SampleLog log = new(records: 100, rootEvery: 15);

        Verification verification = await log.VerifyAsync(log.Lines());

        Assert.Empty(verification.Findings);
        Assert.Equal((100, 6), (verification.Records, verification.Roots));
    }

    [Fact]
    public async Task Verify_AnyTampering_IsFound()
    {
        using SampleLog log = new(records: 60, rootEvery: 14);
        List<string> lines = log.Lines();
        List<string> missed = [];
        for (int seed = 0; seed < Tamperings; seed++)
        {
            (List<string> tampered, string what) = Tampering.Of(log, new Random(seed));
            if (!tampered.SequenceEqual(lines) && (await log.VerifyAsync(tampered)).Holds)
            {
                missed.Add($"{seed}: {what}");
            }
        }

        Assert.Empty(missed);
    }

    [Fact]
    public async Task Verify_WhatWasSaidErased_StillHolds()
    {
        using SampleLog log = new(records: 30, rootEvery: 10);
        List<string> lines = log.Lines();
        int said = lines.FindIndex(x => x.Contains("\"text\":", StringComparison.Ordinal));

        lines[said] = string.Concat(lines[said].AsSpan(0, lines[said].IndexOf("\"said\":{\"salt\"", StringComparison.Ordinal)), "\"said\":{\"erased\":true}}");

        Assert.Empty((await log.VerifyAsync(lines)).Findings);
    }

    [Fact]
    public async Task Verify_RecordsWithheld_IsProvedByTheRoots_AndCountsThem()
    {
        using SampleLog log = new(records: 30, rootEvery: 10);

        (int answer, string output) = await CommandAsync(Withheld(log, 4, 5, 17), log.RootFile);

        Assert.Contains("The log is what was sealed: 30 records", output, StringComparison.Ordinal);
        Assert.Contains("3 records were withheld", output, StringComparison.Ordinal);
        Assert.Equal(0, answer);
    }

    [Fact]
    public async Task Verify_RecordsChangedBesideOrBehindAWithheldOne_AreFound()
    {
        using SampleLog log = new(records: 30, rootEvery: 10);
        List<string> before = Withheld(log, 5), behind = Withheld(log, 5);
        AuditEntry changed = SampleLog.Entry(400);
        changed.Sequence = 4;
        changed.Hash = Chain.Next(log.Entries[2].Hash!, Chain.Record(changed));
        before[4] = ExportFormat.Line(changed);
        behind[5] = behind[5].Replace(MerkleTree.Leaf(Chain.Record(log.Entries[4])), MerkleTree.Leaf("another"), StringComparison.Ordinal);

        foreach (List<string> lines in (List<string>[])[before, behind])
        {
            Assert.Contains((await log.VerifyAsync(lines)).Findings, x => x is { Kind: FindingKind.Root, Sequence: 10 });
        }
    }

    [Fact]
    public async Task Verify_RecordsWithheldInAnExportThatBeginsBetweenRoots_IsNotBelieved()
    {
        using SampleLog log = new(records: 30, rootEvery: 10);
        List<string> lines = [ExportFormat.Head(SampleLog.Stream, 4, log.Entries[2].Hash!), .. Withheld(log, 5).Skip(4)];
        lines[^1] = ExportFormat.End(SampleLog.Stream, 4, 30, log.Entries[^1].Hash!, DateTimeOffset.UnixEpoch, log.Key);

        Assert.Contains((await log.VerifyAsync(lines)).Findings, x => x is { Kind: FindingKind.Root, Sequence: 10 });
    }

    private static List<string> Withheld(SampleLog log, params int[] sequences)
    {
        List<string> lines = log.Lines();
        foreach (int sequence in sequences)
        {
            lines[sequence] = ExportFormat.Withheld(log.Entries[sequence - 1]);
        }
        return lines;
    }

    [Fact]
    public async Task Verify_OlderExportThatEndsBeforeARoot_IsCut()
    {
        using SampleLog log = new(records: 20, rootEvery: 10);
        List<string> older = [.. log.Lines().Take(16), ExportFormat.End(SampleLog.Stream, 1, 15, log.Entries[14].Hash!, DateTimeOffset.UnixEpoch, log.Key)];

        Assert.Contains((await log.VerifyAsync(older)).Findings, x => x.Kind == FindingKind.Cut);
    }

    [Fact]
    public async Task Verify_SignedByAnotherKey_IsNotBelieved()
    {
        using SampleLog log = new(records: 20, rootEvery: 10), other = new(records: 20, rootEvery: 10);
        using StringReader export = new(string.Join('\n', log.Lines()));

        Verification verification = await Verifier.RunAsync(export, new RootBook([log.RootFile], [other.Key.Id]), TestContext.Current.CancellationToken);

        Assert.Equal(2, verification.Findings.Count(x => x.Kind == FindingKind.Root));
    }

    [Fact]
    public async Task Verify_RootsSignedAnewBesideTheWitnesss_AreFoundNotThrown()
    {
        using SampleLog log = new(records: 30, rootEvery: 10);
        using StringReader export = new(string.Concat(log.Lines().Select(x => x + "\n")));
        string witness = log.RootFile;
        Statement first = log.Roots[0];
        log.Roots.Clear();
        log.Roots.Add((first with { To = 12, Hash = log.Entries[11].Hash! }).Signed(log.Key));

        Verification verification = await Verifier.RunAsync(export, new RootBook([log.RootFile, witness], []), TestContext.Current.CancellationToken);

        Assert.Contains(verification.Findings, x => x.Kind == FindingKind.Root && x.Message.Contains("up to 10 and up to 12", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"at\":\"2026", "\"at\":\"soon 2026")]
    [InlineData("\"from\":1,", "\"from\":1.5,")]
    [InlineData("\"from\":1,", "\"from\":99999999999999999999,")]
    [InlineData("\"publicKey\":\"", "\"publicKey\":null,\"other\":\"")]
    [InlineData("\"publicKey\":\"", "\"publicKey\":1,\"other\":\"")]
    [InlineData("\"roots\":[", "\"roots\":[null,")]
    public async Task Command_WithRootsThatCannotBeRead_SaysSo_AndThrowsNothing(string was, string became)
    {
        using SampleLog log = new(records: 20, rootEvery: 10);
        Assert.Contains(was, log.RootFile, StringComparison.Ordinal);

        (int answer, string output) = await CommandAsync(log.Lines(), log.RootFile.Replace(was, became, StringComparison.Ordinal));

        Assert.EndsWith("Nothing was verified.", output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(2, answer);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(21)]
    public async Task Command_WhereNoRootIsOverTheRecords_DoesNotSayThatTheLogHolds(long from)
    {
        using SampleLog log = new(records: 30, rootEvery: 10);
        log.Roots.RemoveAll(x => from == 1 || x.To >= from - 1);
        string previous = from == 1 ? Chain.Genesis(SampleLog.Stream) : log.Entries[(int)from - 2].Hash!;
        List<string> lines =
        [
            ExportFormat.Head(SampleLog.Stream, from, previous),
            .. log.Entries.Skip((int)from - 1).Select(ExportFormat.Line),
            ExportFormat.End(SampleLog.Stream, from, 30, log.Entries[^1].Hash!, DateTimeOffset.UnixEpoch, log.Key),
        ];

        (int answer, string output) = await CommandAsync(lines, log.RootFile);

        Assert.Contains("no root over these records", output, StringComparison.Ordinal);
        Assert.DoesNotContain("is what was sealed", output, StringComparison.Ordinal);
        Assert.DoesNotContain("is not what was sealed", output, StringComparison.Ordinal);
        Assert.Equal(3, answer);
    }

    [Fact]
    public async Task Command_OnALogWithErasedReasons_NamesTheirRecords()
    {
        using SampleLog log = new(records: 30, rootEvery: 10);
        foreach (int sequence in (int[])[3, 9])
        {
            (log.Entries[sequence - 1].Said, log.Entries[sequence - 1].SaidSalt) = (null, null);
        }

        (int answer, string output) = await CommandAsync(log.Lines(), log.RootFile);

        Assert.Contains("2 reasons were erased, in records 3, 9:", output, StringComparison.Ordinal);
        Assert.Equal(0, answer);
    }

    [Theory]
    [InlineData(false, 0, "The log is what was sealed: 40 records of merseyside-police, 4 signed roots.")]
    [InlineData(true, 1, "Changed: Record 7 is not what was sealed: its hash differs.")]
    public async Task Program_AloneWithFiles_Tells(bool tamper, int code, string expected)
    {
        using SampleLog log = new(records: 40, rootEvery: 10);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("assize-audit-");
        List<string> lines = log.Lines();
        lines[7] = tamper ? lines[7].Replace("person-", "nobody-", StringComparison.Ordinal) : lines[7];
        await File.WriteAllLinesAsync(Path.Combine(folder.FullName, "log.jsonl"), lines, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "roots.json"), log.RootFile, TestContext.Current.CancellationToken);

        (int answer, string output) = await RunAsync(folder, "verify", "log.jsonl", "roots.json", "--key", log.Key.Id);

        folder.Delete(recursive: true);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Equal(code, answer);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("verify", "absent.jsonl", "absent.json")]
    [InlineData("verifie", "a", "b")]
    public async Task Program_AskedWrongly_SaysWhatItExpects(params string[] args)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("assize-audit-");

        (int answer, string output) = await RunAsync(folder, args);

        folder.Delete(recursive: true);
        Assert.Equal(2, answer);
        Assert.NotEmpty(output);
    }

    private static async Task<(int Code, string Output)> CommandAsync(IEnumerable<string> lines, string roots)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("assize-audit-");
        (string export, string kept) = (Path.Combine(folder.FullName, "log.jsonl"), Path.Combine(folder.FullName, "roots.json"));
        await File.WriteAllLinesAsync(export, lines, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(kept, roots, TestContext.Current.CancellationToken);
        await using StringWriter output = new();
        int code = await VerifyCommand.RunAsync(["verify", export, kept], output, TestContext.Current.CancellationToken);
        folder.Delete(recursive: true);
        return (code, output.ToString());
    }

    private static async Task<(int Code, string Output)> RunAsync(DirectoryInfo folder, params string[] args)
    {
        string configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, WorkingDirectory = folder.FullName };
        foreach (string argument in (string[])[Repository.PathOf($"artifacts/bin/Audit/{configuration}/Assize.Audit.dll"), .. args])
        {
            start.ArgumentList.Add(argument);
        }
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
