using Assize.Host.Access;
using Assize.Host.Operations.Storage;
using Assize.Workflows.Activities;
using Assize.Workflows.Storage;

namespace Assize.Host.Operations;

/// <summary>What must be there before the first request: schema, the build's own definitions, the clock, and who works where.</summary>
internal static class Preparation
{
    public static async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        var database = services.GetRequiredService<CaseDatabase>();
        await database.MigrateAsync(ct);
        await HostDatabase.MigrateAsync(services, ct);
        await services.GetRequiredService<BusinessClock>().RefreshAsync(ct);
        await PublishAsync(services, database, ct);
        await PullDirectoryAsync(services, ct);
    }

    // The build's own definitions count as approved; whoever publishes others asks by command.
    private static async Task PublishAsync(IServiceProvider services, CaseDatabase database, CancellationToken ct)
    {
        var folder = services.GetRequiredService<HostSettings>().DefinitionsFolder;
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"Expected the definitions in {folder}, but there is no such folder. ASSIZE_DEFINITIONS names another.");
        }

        await using var db = database.CreateDbContext();
        var published = await services.GetRequiredService<PublishDefinitions>()
            .RunAsync(db, DefinitionFiles.Read(folder), "build", services.GetRequiredService<TimeProvider>().GetUtcNow(), ct,
                services.GetRequiredService<BusinessClock>().GetUtcNow());
        if (published.Problems.Count > 0)
        {
            throw new InvalidOperationException(
                $"Expected definitions that can be published, but: {string.Join(" ", published.Problems.Select(problem => $"{problem.Path}: {problem.Message}"))}");
        }

        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Preparation));
        foreach (var path in published.Added)
        {
            Log.DefinitionPublished(log, path);
        }
        foreach (var words in published.Withheld)
        {
            Log.ReleaseWithheld(log, words);
        }
    }

    // Without it nobody may do anything until the job's first turn; an identity server that is away or busy for a moment is no reason not to start.
    private static async Task PullDirectoryAsync(IServiceProvider services, CancellationToken ct)
    {
        try
        {
            await services.GetRequiredService<DirectoryReader>().PullAsync(ct);
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is TaskCanceledException && !ct.IsCancellationRequested))
        {
            Log.JobFailed(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Preparation)), nameof(DirectoryReader), failure);
        }
    }
}
