using Assize.Workflows.Access;
using Assize.Workflows.Activities;
using Assize.Workflows.Drafting;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Overlays;
using Assize.Workflows.Releasing;
using Assize.Workflows.Storage;
using Assize.Workflows.Verifying;

namespace Assize.Host.Operations.DefinitionCommands;

/// <summary>What came with the software counts as approved. Any other file is asked for like anybody's draft, except where nothing is published yet and so nobody could decide.</summary>
internal static class PublishFiles
{
    public static async Task<int> RunAsync(HostSettings settings, string[] named, TextWriter output, CancellationToken ct)
    {
        var files = GatheredFiles.From(settings.DefinitionsFolder, named);
        await using var database = CaseDatabase.Open(settings.Database, settings.SqlitePath);
        await database.MigrateAsync(ct);
        await using var db = database.CreateDbContext();
        return files.Others.Count > 0 && await PublishedVersions.AnyAsync(db, ct)
            ? await AskAsync(db, files.Others, output, ct)
            : await PublishAsync(db, files, output, ct);
    }

    private static async Task<int> PublishAsync(CaseDb db, GatheredFiles files, TextWriter output, CancellationToken ct)
    {
        var published = await new PublishDefinitions(new RuleCatalog()).RunAsync(db, files.All, Caller.Assize.Subject, TimeProvider.System.GetUtcNow(), ct);
        await DefinitionsCommand.WriteAsync(published.Problems, output);
        foreach (var path in published.Added)
        {
            await output.WriteLineAsync($"Published {path}.");
        }

        foreach (var words in published.Withheld)
        {
            await output.WriteLineAsync(words);
        }
        if (published is { Problems.Count: 0, Added.Count: 0 })
        {
            await output.WriteLineAsync($"Nothing new: {(files.Asked is null ? "every file is" : "it is")} published already.");
        }

        return published.Problems.Count == 0 ? 0 : DefinitionsCommand.Failed;
    }

    private static RequestFile Requesting()
    {
        var rules = new RuleCatalog();
        var reference = new ReferenceStore();
        var workflows = new DefinitionCheck(rules, new SoundnessVerdicts(Timeout.InfiniteTimeSpan), TimeProvider.System);
        var overlays = new OverlayCheck(rules, new OverlaySetCheck(rules, workflows, new TraceVerdicts(Timeout.InfiniteTimeSpan)), new TermsCheck(reference));
        return new RequestFile(new DraftCheck(workflows, new RuleCheck(rules, reference, overlays, TimeProvider.System), overlays), TimeProvider.System);
    }

    private static async Task<int> AskAsync(CaseDb db, IReadOnlyList<DefinitionFile> files, TextWriter output, CancellationToken ct)
    {
        var request = Requesting();
        var code = 0;
        foreach (var file in files)
        {
            var answer = await request.RunAsync(db, file, ct);
            db.ChangeTracker.Clear();
            switch (answer)
            {
                case PublicationRequested { Request: var asked }:
                    await output.WriteLineAsync($"Asked for: {asked.DefinitionId} {asked.Version}, {asked.Hash}. It waits for a process owner, under Publications in the designer.");
                    break;
                case DraftRefused { Code: "already-published" } known:
                    await output.WriteLineAsync($"Nothing new: {known.Message}");
                    break;
                case DraftRefused refused:
                    code = DefinitionsCommand.Failed;
                    await DefinitionsCommand.WriteAsync([new FileProblem(file.Path, refused.Code, refused.Message), .. refused.Problems.Select(problem => new FileProblem(file.Path, problem.Code, problem.Message))], output);
                    break;
            }
        }

        return code;
    }
}
