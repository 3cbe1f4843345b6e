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
