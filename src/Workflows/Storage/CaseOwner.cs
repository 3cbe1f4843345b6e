using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Assize.Workflows.Activities;
using Assize.Workflows.Cases;
using Assize.Workflows.Practice;
using Assize.Workflows.Releasing;
using Assize.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Storage;

/// <summary>What the engine asks of cases and submissions: versions by the legal date, work inside the transaction, and task rows that follow the waits.</summary>
public sealed class CaseOwner(RuleCatalog rules, IEnumerable<Performer> performers) : IUnitOwner
{
    private readonly FrozenDictionary<string, Performer> _performers = performers.ToFrozenDictionary(x => x.Kind);

    public void Load(UnitLoad load) => load.One<CaseFile>($"t.id = {load.UnitId}");

    public async Task<StartChoice?> ChooseAsync(UnitSession session, string definitionId, int? version, string? variant, CancellationToken ct)
    {
        CaseFile? file = SessionCase.Of(session);
        DateOnly day = file?.LegalDate ?? London.Day(session.Now);
        NewInstance asked = new(day, file?.Area, file?.CourtOu, file?.OwnerAgency, session.UnitId);
        (DefinitionUse Use, int? Release)? choice = await PracticeDefinitions.UseAsync(session.Db, rules, definitionId, ct) is { } practised
            ? (practised, null)
            : await rules.ChooseAsync(session.Db, definitionId, version, asked, ct);
        if (choice is not var (use, release))
        {
            return null;
        }
        Dictionary<string, int> pins = [];
        foreach ((string kind, string id) in use.Resources)
        {
            pins[$"{kind}:{id}"] = rules.VersionOn(kind, id, day)
                ?? throw new InvalidOperationException($"Expected a version of {kind} {id} that is law on {day:O}, but there is none.");
        }
        // What somebody tries is no case of a release: it must not count against its limits.
        return new StartChoice(use.Version, pins, IsIsolated(session) ? null : release);
    }

    public Task<StepResources> ResourcesAsync(
        DbContext db, string definitionId, int version, IReadOnlyDictionary<string, int> pins, CancellationToken ct) =>
        rules.ResolveAsync(db, pins, ct);

    public Task<JsonNode?> PerformAsync(UnitSession session, string kind, JsonObject payload, InstanceState instance, CancellationToken ct) =>
        IsIsolated(session) && !PracticePerformers.IsReal(kind) ? Task.FromResult(PracticePerformers.Perform(session, kind, payload))
            : _performers.TryGetValue(kind, out Performer? performer) ? performer.Perform(session, payload, instance, ct)
            : throw new InvalidOperationException($"Expected somebody to do '{kind}', but nobody does. Known: {string.Join(", ", _performers.Keys.Order())}.");

    /// <summary>A practice case is heard by nobody, and hears of nobody.</summary>
    public bool IsIsolated(UnitSession session) => SessionCase.Of(session) is { Practice: true };

    public Task OnAdvancedAsync(UnitSession session, CancellationToken ct)
    {
        TaskRows.Follow(session);
        return Task.CompletedTask;
    }
}
