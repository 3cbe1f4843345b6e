using System.Data.Common;
using System.Text.Json.Nodes;
using Assize.Engine.Expressions;
using Assize.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Assize.Engine.Commands;

/// <summary>The one road that every command takes: lock and load, check, step, record, write, commit.</summary>
public sealed class UnitRunner(DefinitionCatalog definitions, IUnitOwner owner, TimeProvider clock)
{
    /// <summary>More scripts over their limits than this in one command break it off.</summary>
    private const int MaxLimits = 20;

    public DefinitionCatalog Definitions => definitions;

    /// <summary>What the scripts of one command may take together, by the clock on the wall.</summary>
    public TimeSpan ScriptTime { get; init; } = ScriptLimits.Step;

    /// <summary>Called after a commit in which an instance took a step. A hint and no more: what a round of timers commits together goes untold.</summary>
    public event Action? Advanced;

    internal IUnitOwner Owner => owner;

    internal TimeProvider Clock => clock;

    /// <summary>Runs a command in a transaction of its own on the given context and commits it.</summary>
    /// <remarks>A broken invariant throws, and nothing is committed.</remarks>
    public async Task<CommandAnswer> RunAsync(DbContext db, UnitCommand command, CancellationToken ct)
    {
        using SqliteTurn turn = await SqliteTurn.TakeAsync(db, ct);
        KnownLimits limits = new();
        bool raced = false;
        while (true)
        {
            try
            {
                await using IDbContextTransaction transaction = await db.Database.BeginTransactionAsync(ct);
                return await TakeAsync(db, command, limits, ct, commits: true);
            }
            catch (ScriptLimitExceeded limit) when (limits.Count < MaxLimits)
            {
                limits.Add(limit);
            }
            // The same request on another unit, or the same new unit, was a moment quicker: its answer stands now.
            catch (DbException race) when (!raced && race.SqlState is "23505" or "40P01")
            {
                raced = true;
            }
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>The same within a transaction that stands already.</summary>
    /// <param name="commits">Commits with the writes; otherwise the caller does.</param>
    internal async Task<CommandAnswer> TakeAsync(DbContext db, UnitCommand asked, KnownLimits limits, CancellationToken ct, bool commits = false)
    {
        UnitCommand command = asked with { Now = Microseconds.Of(asked.Now) };
        CommandWork work = new(db, command, this, limits);
        UnitLoad load = new(db, command);
        owner.Load(load);
        command.Load?.Invoke(load);
        foreach (UnitStep step in command.Steps)
        {
            step.Load(load);
        }
        await load.RunAsync(work.RecordedAt, ct);
        if (load.Request is { } known && command.Remember)
        {
            return known.BodyDigest == command.BodyDigest ? StoredAnswer.Read(known.Answer) : new KeyReused();
        }
        CommandAnswer answer = load.FoundUnit is { } unitId
            ? await StepAsync(work, new UnitSession(work, unitId, load), ct)
            : new Refused("unit-not-found", "Expected to find what the request is about, but it does not exist", Replayed: false);
        if (answer is Refused)
        {
            work.Writes.Clear();
        }
        if (command.Remember)
        {
            work.Writes.Insert(new RequestRow
            {
                Id = command.Key,
                BodyDigest = command.BodyDigest,
                UnitId = load.FoundUnit,
                Answer = StoredAnswer.Write(answer),
                RecordedAt = work.RecordedAt,
            });
        }
        await work.Writes.FlushAsync(ct, commits);
        if (commits && answer is Completed && work.Sessions.Any(session => session.Taken.Count > 0))
        {
            Advanced?.Invoke();
        }
        return answer;
    }

    private static async Task<CommandAnswer> StepAsync(CommandWork work, UnitSession session, CancellationToken ct)
    {
        UnitCommand command = work.Command;
        Rejection? rejection = command.Check is null ? null : await command.Check(session, ct);
        for (int i = 0; rejection is null && i < command.Steps.Count; i++)
        {
            rejection = await session.StepAsync(command.Steps[i], ct);
        }
        if (rejection is not null)
        {
            return new Refused(rejection.Code, rejection.Message, Replayed: false, rejection.Detail);
        }
        await FollowAsync(work, ct);
        JsonNode? body = command.Record is null ? null : await command.Record(session, ct);
        await FollowAsync(work, ct);
        foreach (UnitSession each in work.Sessions)
        {
            UnitRows.Write(each, work.Writes);
        }
        return new Completed(body, Replayed: false);
    }

    private static async Task FollowAsync(CommandWork work, CancellationToken ct)
    {
        foreach (UnitSession session in work.Sessions.ToList())
        {
            if (session.Taken.Count > session.Followed)
            {
                session.Followed = session.Taken.Count;
                await work.Owner.OnAdvancedAsync(session, ct);
            }
        }
    }
}
