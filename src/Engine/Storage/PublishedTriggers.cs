using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Stepping;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Storage;

/// <summary>The triggers of one published version of each definition: the newest, or the one that whoever publishes it decides on.</summary>
internal static class PublishedTriggers
{
    /// <summary>Puts the triggers of a version in the place of an older one's; does nothing where a newer one stands, or these do.</summary>
    /// <remarks>A schedule that stays as it was keeps its next instant: publishing every hour must not put off what is due every two.</remarks>
    public static async Task SetAsync(DbContext db, WorkflowDefinition definition, DateTimeOffset now, CancellationToken ct)
    {
        List<TriggerRow> standing = await StandingAsync(db, definition.DefinitionId, ct);
        if (!standing.Any(t => t.Version >= definition.Version) && await DefinitionCatalog.NewestAsync(db, definition.DefinitionId, ct) == definition.Version)
        {
            await ReplaceAsync(db, definition, standing, now, ct);
        }
    }

    /// <summary>Puts the triggers of a version in the place of any other's, be it newer; does nothing where they stand.</summary>
    public static async Task ChooseAsync(DbContext db, WorkflowDefinition definition, DateTimeOffset now, CancellationToken ct)
    {
        List<TriggerRow> standing = await StandingAsync(db, definition.DefinitionId, ct);
        if (standing.Count == 0 || standing.Any(t => t.Version != definition.Version))
        {
            await ReplaceAsync(db, definition, standing, now, ct);
        }
    }

    private static Task<List<TriggerRow>> StandingAsync(DbContext db, string id, CancellationToken ct) =>
        db.Set<TriggerRow>().AsNoTracking().Where(t => t.DefinitionId == id).ToListAsync(ct);

    private static async Task ReplaceAsync(DbContext db, WorkflowDefinition definition, List<TriggerRow> standing, DateTimeOffset now, CancellationToken ct)
    {
        string id = definition.DefinitionId;
        ImmutableArray<StartTrigger> triggers = StartTriggers.Read(definition, Microseconds.Of(now)).Triggers;
        if (standing.Count == 0 && triggers.IsEmpty)
        {
            return;
        }
        List<string> kept = [.. triggers.Select(t => t.ActivityId)];
        await db.Set<TriggerRow>().Where(t => t.DefinitionId == id && !kept.Contains(t.ActivityId)).ExecuteDeleteAsync(ct);
        WriteSet writes = new(db);
        foreach (StartTrigger trigger in triggers)
        {
            TriggerRow? before = standing.Find(t => t.ActivityId == trigger.ActivityId && t.Kind == trigger.Kind.ToString() && t.Schedule == trigger.Schedule);
            writes.Upsert(Row(definition, trigger, before is null ? trigger.FirstDue(Microseconds.Of(now)) : before.Due));
        }
        await db.Database.OpenConnectionAsync(ct);
        await writes.FlushAsync(ct);
        await db.Database.CloseConnectionAsync();
    }

    public static StartTrigger Trigger(TriggerRow row) => new(row.ActivityId, Enum.Parse<StartTriggerKind>(row.Kind), row.Name, row.Schedule);

    private static TriggerRow Row(WorkflowDefinition definition, StartTrigger trigger, DateTimeOffset? due) => new()
    {
        DefinitionId = definition.DefinitionId,
        ActivityId = trigger.ActivityId,
        Version = definition.Version,
        Kind = trigger.Kind.ToString(),
        Name = trigger.EventName,
        Schedule = trigger.Schedule,
        Due = due is { } instant ? Microseconds.Of(instant) : null,
        Target = new JsonObject
        {
            ["definitionId"] = definition.DefinitionId,
            ["version"] = definition.Version,
            ["activityId"] = trigger.ActivityId,
        }.ToJsonString(),
    };
}
