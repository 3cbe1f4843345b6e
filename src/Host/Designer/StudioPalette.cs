using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Host.Queries;
using Assize.Workflows.Access;
using Assize.Workflows.Activities;

namespace Assize.Host.Designer;

/// <summary>The palette as Studio reads it, again after every save: made of what stands in memory, and marked so that a browser which has it already gets nothing. Of drafts it tells only what whoever asks may open.</summary>
internal sealed class StudioPalette(DefinitionQueries definitions, DraftQueries drafts, PracticeQueries practices, StudioLists lists)
{
    private readonly ConcurrentDictionary<string, DrawingUse> _used = new();
    // People whose rights reach differently save in turn, and none should have it made anew each time.
    private const int MostKept = 20;
    private readonly ConcurrentDictionary<string, (string Text, string Tag)> _kept = new();

    public async Task<(string Text, string Tag)> ReadAsync(Caller caller, CancellationToken ct)
    {
        var uses = await UsesAsync(caller, ct);
        var items = await lists.ReadAsync(ct);
        var newest = await UsableAsync(ct);
        var key = Key(uses, items, newest);
        if (_kept.TryGetValue(key, out var kept))
        {
            return kept;
        }

        var values = uses.SelectMany(use => use.Values).ToLookup(value => value.Input, value => value.Value);
        var catalog = new ActivityCatalog([.. CaseActivities.Table.Catalog.All.Select(descriptor => descriptor with
        {
            Inputs = [.. descriptor.Inputs.Select(input => IsListed(descriptor, input, items) ? StudioLists.AsList(input, items[input.Name], values[input.Name].Distinct()) : input)],
        }), .. newest.Select(Usable).DistinctBy(usable => usable.TypeName).Where(usable => CaseActivities.Table.Catalog.Find(usable.TypeName) is null)]);
        var text = StudioDescriptors.Text(StudioDescriptors.Activities(catalog, uses.SelectMany(use => use.Types).Distinct()));
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32]}\"";
        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        return _kept[key] = (text, tag);
    }

    /// <summary>What Studio asks for an input whose list depends on others: the same list, since none does.</summary>
    public async Task<JsonObject> OptionsAsync(string type, string input, CancellationToken ct)
    {
        var items = await lists.ReadAsync(ct);
        var known = CaseActivities.Table.Catalog.Find(type)?.Inputs.FirstOrDefault(one => string.Equals(one.Name, input, StringComparison.OrdinalIgnoreCase));
        return new JsonObject { ["items"] = known is not null && items.TryGetValue(known.Name, out var list) ? StudioLists.Specification(list) : new JsonObject() };
    }

    private static bool IsListed(ActivityDescriptor descriptor, InputDescriptor input, IReadOnlyDictionary<string, IReadOnlyList<(string, string)>> items) =>
        descriptor.Namespace == "Assize" && input.UIHint is "singleline" or "dropdown" && items.ContainsKey(input.Name);

    // Workflows that may be steps of others stand in the palette by their names, as Elsa has them.
    private async Task<IReadOnlyList<WorkflowDefinition>> UsableAsync(CancellationToken ct)
    {
        List<WorkflowDefinition> usable = [];
        foreach (var row in (await definitions.ListAsync(ct)).Where(row => row.RetractedAt is null).GroupBy(row => row.Id).Select(group => group.MaxBy(row => row.Version)!))
        {
            if (await definitions.FindAsync(row.Id, row.Version, ct) is { Definition.UsableAsActivity: true } drawn)
            {
                usable.Add(drawn.Definition);
            }
        }

        return usable;
    }

    private static ActivityDescriptor Usable(WorkflowDefinition workflow) => new()
    {
        TypeName = string.Concat((workflow.Name ?? workflow.DefinitionId).Split([' ', '-', '_'], StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..])),
        Version = workflow.Version,
        Category = "Workflows",
        DisplayName = workflow.Name ?? workflow.DefinitionId,
        Description = workflow.Description ?? "A workflow used as a step.",
        Inputs = [.. workflow.Inputs.Where(input => input.Name.Length > 0).Select(input => new InputDescriptor(char.ToUpperInvariant(input.Name[0]) + input.Name[1..], input.Type, "singleline") { DisplayName = input.Name })],
        Outputs = [.. workflow.Outputs.Where(output => output.Name.Length > 0).Select(output => new OutputDescriptor(output.Name, output.Type, output.Name))],
        Ports = [.. workflow.Outcomes.Select(outcome => new PortDescriptor(outcome, outcome))],
        ConstructionProperties = new JsonObject { ["workflowDefinitionId"] = workflow.DefinitionId },
    };

    /// <summary>What each stored drawing uses, read once for each version, each save of a draft and each practice case.</summary>
    private async Task<IReadOnlyList<DrawingUse>> UsesAsync(Caller caller, CancellationToken ct)
    {
        List<DrawingUse> uses = [];
        foreach (var row in await definitions.ListAsync(ct))
        {
            var key = $"{row.Id}@{row.Version}";
            if (!_used.TryGetValue(key, out var use) && await definitions.FindAsync(row.Id, row.Version, ct) is { } drawn)
            {
                _used[key] = use = DrawingUse.Of(key, drawn.Definition);
            }

            uses.AddRange(use is null ? [] : [use]);
        }

        foreach (var (id, mark) in await drafts.MarksAsync(caller, ct))
        {
            var key = $"draft:{id}#{mark}";
            if ((!_used.TryGetValue("draft:" + id, out var use) || use.Key != key) && await drafts.AnyAsync(id, ct) is { } draft)
            {
                _used["draft:" + id] = use = DrawingUse.Of(key, DefinitionReader.Read(draft.Text));
            }

            uses.AddRange(use is null ? [] : [use]);
        }

        // What was tried may be looked at again after the draft says something else.
        foreach (var (id, version) in await practices.RunAsAsync(caller, ct))
        {
            if (!_used.TryGetValue(id, out var use) && await practices.DrawnAsync(id, version, caller.Agency, ct) is { } drawn)
            {
                _used[id] = use = DrawingUse.Of(id, drawn.Definition);
            }

            uses.AddRange(use is null ? [] : [use]);
        }

        return uses;
    }

    private static string Key(
        IReadOnlyList<DrawingUse> uses, IReadOnlyDictionary<string, IReadOnlyList<(string Text, string Value)>> items, IReadOnlyList<WorkflowDefinition> usable)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in uses.Select(use => use.Content).Distinct().Order(StringComparer.Ordinal)
            .Concat(items.SelectMany(list => list.Value.Select(item => $"{list.Key}={item.Value}={item.Text}")))
            .Concat(usable.Select(workflow => $"{workflow.DefinitionId}@{workflow.Version}")))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part + "\n"));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}

/// <summary>The types that a drawing uses, and what it says in inputs that have a list.</summary>
internal sealed record DrawingUse(string Key, IReadOnlyList<(string Type, int Version)> Types, IReadOnlyList<(string Input, string Value)> Values)
{
    private static readonly string[] s_listed = ["Form", "Table", "Calendar", "Workflow", "HearingType", "Role", "Agency"];

    /// <summary>Equal for drawings that ask the same of the palette.</summary>
    public string Content { get; } = string.Join(';', Types) + "|" + string.Join(';', Values);

    public static DrawingUse Of(string key, WorkflowDefinition definition)
    {
        var nodes = definition.Root.SelfAndBelow().ToList();
        return new DrawingUse(
            key, [.. nodes.Select(node => (node.Type, node.Version)).Distinct().Order()],
            [.. nodes.Where(node => node.Type.StartsWith("Assize.", StringComparison.Ordinal)).SelectMany(node => s_listed
                .Select(input => (Input: input, Value: Literal(node, input))).Where(value => value.Value is { Length: > 0 }).Select(value => (value.Input, value.Value!))).Distinct().Order()]);
    }

    private static string? Literal(ActivityNode node, string input) =>
        node.Inputs.TryGetValue(char.ToLowerInvariant(input[0]) + input[1..], out var value) && value.Expression is { Type: "Literal" } expression ? expression.Value?.ToString() : null;
}
