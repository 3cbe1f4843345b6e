using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.TestKit.Units;

/// <summary>Owns units that are nobody's case: the newest version, no resources, and work that a test can give.</summary>
public sealed class TestOwner : IUnitOwner
{
    /// <summary>Work by kind; what is not here is answered with null.</summary>
    public Dictionary<string, Func<UnitSession, JsonObject, JsonNode?>> Work { get; } = [];

    /// <summary>Adds the owner's own rows to the load, where a test wants some.</summary>
    public Action<UnitLoad>? OnLoad { get; set; }

    /// <summary>Whether a new instance may take a version; every one may, where a test does not say otherwise.</summary>
    public Func<string, int, bool> IsPublished { get; set; } = (_, _) => true;

    /// <summary>The owner's own writes, where a test wants some.</summary>
    public Action<UnitSession>? OnAdvanced { get; set; }

    public void Load(UnitLoad load) => OnLoad?.Invoke(load);

    public async Task<StartChoice?> ChooseAsync(UnitSession session, string definitionId, int? version, string? variant, CancellationToken ct) =>
        (version ?? await DefinitionCatalog.NewestAsync(session.Db, definitionId, ct)) is { } chosen && IsPublished(definitionId, chosen) ? new StartChoice(chosen, new Dictionary<string, int>()) : null;

    public Task<StepResources> ResourcesAsync(
        DbContext db, string definitionId, int version, IReadOnlyDictionary<string, int> pins, CancellationToken ct) => Task.FromResult(StepResources.None);

    public Task<JsonNode?> PerformAsync(UnitSession session, string kind, JsonObject payload, InstanceState instance, CancellationToken ct) =>
        Task.FromResult(Work.TryGetValue(kind, out Func<UnitSession, JsonObject, JsonNode?>? work) ? work(session, payload) : null);

    public Task OnAdvancedAsync(UnitSession session, CancellationToken ct)
    {
        OnAdvanced?.Invoke(session);
        return Task.CompletedTask;
    }
}
