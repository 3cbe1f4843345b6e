using System.Text.Json.Nodes;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Commands;

/// <summary>What the engine asks of those who own the units (cases, submissions).</summary>
public interface IUnitOwner
{
    /// <summary>Adds the owner's rows to the load round trip of every command.</summary>
    void Load(UnitLoad load);

    /// <summary>Which version a new instance takes, and the resources it pins. The version asked for is null where it is free.</summary>
    Task<StartChoice?> ChooseAsync(UnitSession session, string definitionId, int? version, string? variant, CancellationToken ct);

    /// <summary>The pinned resources of an instance, resolved.</summary>
    Task<StepResources> ResourcesAsync(DbContext db, string definitionId, int version, IReadOnlyDictionary<string, int> pins, CancellationToken ct);

    /// <summary>Does the work of a Request (its reply is returned) or a Perform (null) inside the transaction.</summary>
    Task<JsonNode?> PerformAsync(UnitSession session, string kind, JsonObject payload, InstanceState instance, CancellationToken ct);

    /// <summary>True where no event and no message may leave the unit or come into it from another: a rehearsal.</summary>
    bool IsIsolated(UnitSession session) => false;

    /// <summary>After the steps, before the writes: the owner's rows follow the waits that opened and closed.</summary>
    Task OnAdvancedAsync(UnitSession session, CancellationToken ct);
}

/// <summary>The version a new instance starts on and the versions of its resources ("form:initial-review" → 2).</summary>
/// <param name="Release">The number of the release by which the version was chosen; null where it was asked for.</param>
public sealed record StartChoice(int Version, IReadOnlyDictionary<string, int> Pins, int? Release = null);
