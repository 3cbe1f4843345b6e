using Assize.Engine.Definitions;
using Assize.Workflows.Activities;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Verifying;

/// <summary>A workflow uses what is national, or its own owner's: by anything else those who hold no right for it could change it.</summary>
internal static class Belonging
{
    private const string Line = "Owners";

    /// <summary>Null where all that it names may be used.</summary>
    /// <param name="as">As if it belonged to this owner.</param>
    public static async Task<CheckLine?> CheckAsync(CaseDb db, WorkflowDefinition definition, CancellationToken ct, DefinitionOwner? @as = null)
    {
        List<(ActivityNode Step, string Kind, string Id, string Key)> named = [.. NamedIn(definition)];
        List<string> keys = [.. named.Select(x => x.Key).Append(definition.DefinitionId).Distinct()];
        Dictionary<string, string> owners = await db.OwnedDefinitions.AsNoTracking().Where(x => keys.Contains(x.DefinitionId)).ToDictionaryAsync(x => x.DefinitionId, x => x.Owner, ct);
        DefinitionOwner own = @as ?? OwnerOf(definition.DefinitionId);
        List<DefinitionProblem> problems =
        [
            .. named.DistinctBy(x => x.Key).Select(x => (x.Step, x.Kind, x.Id, Owner: OwnerOf(x.Key))).Where(x => !x.Owner.IsNational && x.Owner != own).Select(x => ProblemWords.Say(
                new DefinitionProblem("owner-differs", $"Expected a {x.Kind} of {(own.IsNational ? own.Words : $"{own.Words} or of the national baseline")}, but '{x.Id}' belongs to {x.Owner.Words}.", x.Step.Id, x.Step.Pointer), definition)),
        ];
        return problems.Count == 0 ? null : CheckLine.Of(Line, problems);

        DefinitionOwner OwnerOf(string key) => DefinitionOwner.Parse(owners.GetValueOrDefault(key)) ?? DefinitionOwner.National;
    }

    /// <summary>The published workflows that name it and do not belong to this owner.</summary>
    public static async Task<IReadOnlyList<string>> UsersAsync(CaseDb db, string key, DefinitionOwner owner, CancellationToken ct)
    {
        IReadOnlyList<string> others = await PublishedVersions.LiveTextsOfOthersAsync(db, key, owner.ToString(), ct);
        return [.. others.Select(text => DefinitionReader.Read(text)).Where(definition => NamedIn(definition).Any(x => x.Key == key)).Select(definition => definition.Name ?? definition.DefinitionId).Distinct().Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<(ActivityNode Step, string Kind, string Id, string Key)> NamedIn(WorkflowDefinition definition) =>
    [
        .. DefinitionUse.Nodes(definition.Root).SelectMany(step => DefinitionUse.Named(step).Select(x => (step, x.Kind, x.Id, new RuleName(x.Kind, x.Id).ToString()))),
        .. SubWorkflows.NamedIn(definition).Select(x => (x.Step, "workflow", x.Named.Id, x.Named.Id)),
    ];
}
