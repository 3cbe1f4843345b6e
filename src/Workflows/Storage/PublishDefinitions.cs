using Assize.Engine.Definitions;
using Assize.Engine.Soundness;
using Assize.Engine.Storage;
using Assize.Workflows.Activities;
using Assize.Workflows.Decisions;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Overlays;
using Assize.Workflows.Rules;
using Assize.Workflows.Verifying;

namespace Assize.Workflows.Storage;

/// <summary>Verifies the definitions folder, and publishes what of it is new. A published number is never changed.</summary>
public sealed class PublishDefinitions(RuleCatalog rules)
{
    /// <summary>All that is wrong with the files; empty: they may be published.</summary>
    public static IReadOnlyList<FileProblem> Verify(IReadOnlyList<DefinitionFile> files)
    {
        // A workflow is verified against the newest of each resource: that is what a new case would take.
        Dictionary<(string, string), object> known = [];
        List<(DefinitionFile File, WorkflowDefinition Definition)> workflows = [];
        List<FileProblem> problems = [];
        foreach (DefinitionFile file in files.OrderBy(x => x.Version))
        {
            problems.AddRange(Read(file, out object? read));
            if (read is not null)
            {
                known[(file.Kind, file.Id)] = read;
            }
            if (read is WorkflowDefinition workflow)
            {
                workflows.Add((file, workflow));
            }
            if (read is DecisionTable table)
            {
                problems.AddRange((TableCoverage.Problems(table) ?? []).Select(x => new FileProblem(file.Path, "rules-incomplete", x)));
            }
        }
        NamedWorkflows named = NamedWorkflows.Among(workflows.Select(x => x.Definition));
        foreach ((DefinitionFile file, WorkflowDefinition definition) in workflows)
        {
            problems.AddRange(Verification.Of(definition, (kind, id) => known.GetValueOrDefault((kind, id)), named).Problems
                .Select(x => new FileProblem(file.Path, x.Code, x.ActivityId is null ? x.Message : $"{x.ActivityId}: {x.Message}")));
        }
        problems.AddRange(BuildOverlays.Problems(known, files, [.. workflows.Select(x => x.Definition)]));
        return problems;
    }

    /// <summary>Of each workflow among the files whether it is sound; files that cannot be read are left out.</summary>
    public static IEnumerable<(DefinitionFile File, SoundnessVerdict Verdict)> Soundness(IReadOnlyList<DefinitionFile> files, Func<DefinitionFile, bool> isAsked)
    {
        List<(DefinitionFile File, WorkflowDefinition Definition)> workflows = [];
        foreach (DefinitionFile file in files)
        {
            _ = Read(file, out object? read).ToList();
            if (read is WorkflowDefinition workflow)
            {
                workflows.Add((file, workflow));
            }
        }
        NamedWorkflows named = NamedWorkflows.Among(workflows.Select(x => x.Definition));
        return workflows.Where(x => isAsked(x.File)).Select(x => (x.File, WorkflowSoundness.Of(x.Definition, named)));
    }

    /// <summary>Publishes every file that is not yet known, after all were verified; gives what was new, or why nothing was published.</summary>
    /// <param name="businessNow">From when timers that start workflows count; the real time if absent.</param>
    public async Task<Published> RunAsync(
        CaseDb db, IReadOnlyList<DefinitionFile> files, string publishedBy, DateTimeOffset now, CancellationToken ct, DateTimeOffset? businessNow = null)
    {
        List<FileProblem> problems = [.. Verify(files)];
        List<string> added = [];
        IReadOnlySet<string> foreign = new HashSet<string>();
        if (problems.Count == 0)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await CatalogVersion.RaiseAsync(db, ct);
            // Resources first: a workflow refers to them.
            foreach (DefinitionFile file in files.OrderBy(x => x.Kind == RuleName.Overlay ? 2 : x.Kind == "workflow" ? 1 : 0))
            {
                string? refusal = file.Kind == "workflow"
                    ? await WorkflowAsync(db, file, publishedBy, now, businessNow ?? now, added, ct)
                    : file.Kind == RuleName.Overlay ? await BuildOverlays.PublishAsync(db, file, now, added, ct)
                    : await ResourceAsync(db, file, now, added, ct);
                if (refusal is not null)
                {
                    problems.Add(new FileProblem(file.Path, "number-taken", refusal));
                }
            }
            if (problems.Count == 0)
            {
                if (files.Any(x => x.Kind == RuleName.List && added.Contains(x.Path)))
                {
                    await ReferenceVersion.RaiseAsync(db, ct);
                }
                await db.SaveChangesAsync(ct);
                List<DefinitionFile> workflows = [.. files.Where(x => x.Kind == "workflow" && added.Contains(x.Path))];
                foreign = await BuildOverlays.ForeignAsync(db, files, workflows, ct);
                await BuildOverlays.MakeAsync(db, files.Where(x => added.Contains(x.Path) && !foreign.Contains(BuildOverlays.WorkflowOf(x))), now, ct);
                await BuildReleases.EnterAsync(db, workflows.Where(x => !foreign.Contains(x.Id)), now, businessNow ?? now, ct);
                await db.SaveChangesAsync(ct);
                await transaction.CommitAsync(ct);
            }
        }
        await rules.ReloadAsync(db, ct);
        IReadOnlyList<string> withheld = foreign.Count == 0 ? [] : await new BuildOverlays(rules).ReleaseAsync(db, [.. files.Where(x => foreign.Contains(x.Id) && added.Contains(x.Path))], now, businessNow ?? now, ct);
        return new Published(problems.Count == 0 ? added : [], problems) { Withheld = withheld };
    }

    private static async Task<string?> WorkflowAsync(
        CaseDb db, DefinitionFile file, string publishedBy, DateTimeOffset now, DateTimeOffset businessNow, List<string> added, CancellationToken ct)
    {
        PublishAnswer answer = await DefinitionCatalog.PublishAsync(db, file.Text, publishedBy, now, ct, businessNow, begins: false);
        if (answer is { Refusal: null, IsNew: true })
        {
            added.Add(file.Path);
        }
        return answer.Refusal;
    }

    private static async Task<string?> ResourceAsync(CaseDb db, DefinitionFile file, DateTimeOffset now, List<string> added, CancellationToken ct)
    {
        string hash = file.Hash();
        PublishedResource? known = await db.PublishedResources.FindAsync([file.Kind, file.Id, file.Version], ct);
        if (known is not null)
        {
            return known.Hash == hash
                ? null
                : $"Expected {file.Kind} {file.Id} {file.Version} with the published hash {known.Hash}, but the file has {hash}. Give the change a new number.";
        }
        added.Add(file.Path);
        db.PublishedResources.Add(new PublishedResource
        {
            Kind = file.Kind,
            Id = file.Id,
            Version = file.Version,
            Hash = hash,
            Text = file.Text,
            PublishedAt = now,
            EffectiveFrom = Effective(RuleCatalog.Parse(file.Kind, file.Text)),
        });
        return null;
    }

    internal static DateOnly? Effective(object resource) => resource switch
    {
        CodeList list => list.EffectiveFrom,
        Forms.Form form => form.EffectiveFrom,
        Decisions.DecisionTable table => table.EffectiveFrom,
        Calendars.WorkingCalendar calendar => calendar.File.EffectiveFrom,
        _ => null,
    };

    internal static bool Reads(DefinitionFile file) => !Read(file, out _).Any();

    private static IEnumerable<FileProblem> Read(DefinitionFile file, out object? read)
    {
        read = null;
        try
        {
            read = file.Kind == "workflow" ? DefinitionReader.Read(file.Text) : RuleCatalog.Parse(file.Kind, file.Text);
            (string id, int version) = Named(read);
            return id == file.Id && version == file.Version
                ? []
                : [new FileProblem(file.Path, "name-differs", $"Expected {file.Id} {file.Version} as the path says, but the file is {id} {version}.")];
        }
        catch (DefinitionUnreadable unreadable)
        {
            return unreadable.Problems.Select(x => new FileProblem(file.Path, x.Code, x.Message));
        }
        catch (RuleFileUnreadable unreadable)
        {
            // Row and field, where the file is whole enough to have them.
            IReadOnlyList<RuleProblem> named = RuleJson.Read(file.Text) is { } json ? ShapeProblems.Of(RuleShape.Of(file.Kind), json) : [];
            return (named.Count > 0 ? named.Select(x => x.Message) : unreadable.Problems).Select(x => new FileProblem(file.Path, "unreadable", x));
        }
    }

    private static (string Id, int Version) Named(object read) => read switch
    {
        WorkflowDefinition workflow => (workflow.DefinitionId, workflow.Version),
        Forms.Form form => (form.Id, form.Version),
        Decisions.DecisionTable table => (table.Id, table.Version),
        Calendars.WorkingCalendar calendar => (calendar.File.Id, calendar.File.Version),
        StatutorySteps steps => (steps.Id, steps.Version),
        CodeList list => (list.Id, list.Version),
        Overlay overlay => (overlay.Id, overlay.Version),
        _ => ("", 0),
    };
}

/// <param name="Path">Relative to the definitions folder.</param>
public sealed record FileProblem(string Path, string Code, string Message);

/// <summary>The files that were new, or the problems for which nothing was published.</summary>
public sealed record Published(IReadOnlyList<string> Added, IReadOnlyList<FileProblem> Problems)
{
    /// <summary>Versions that are published and not released, each with the overlay that does not fit them, in sentences.</summary>
    public IReadOnlyList<string> Withheld { get; init; } = [];
}
