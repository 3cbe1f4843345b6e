using System.Text.Json.Nodes;

namespace Assize.Engine.Commands;

/// <summary>One request to one unit: lock, load, check, step, record, commit.</summary>
public sealed record UnitCommand
{
    /// <summary>The caller's own id for the request; unique with <see cref="Caller"/>.</summary>
    public required string RequestId { get; init; }
    public required string Caller { get; init; }

    /// <summary>Digest of what was asked; the same id with another digest is refused.</summary>
    public required string BodyDigest { get; init; }
    public required string Actor { get; init; }
    public string? Reason { get; init; }

    /// <summary>Business time, truncated to microseconds by the runner.</summary>
    public required DateTimeOffset Now { get; init; }
    public required UnitAddress Unit { get; init; }

    /// <summary>Adds the command's own rows to the load round trip.</summary>
    public Action<UnitLoad>? Load { get; init; }

    /// <summary>Asked after the lock, inside the transaction: may this caller do this now?</summary>
    public Func<UnitSession, CancellationToken, Task<Rejection?>>? Check { get; init; }
    public IReadOnlyList<UnitStep> Steps { get; init; } = [];

    /// <summary>The caller's own writes in the same transaction, after the steps; gives the answer's body.</summary>
    public Func<UnitSession, CancellationToken, Task<JsonNode?>>? Record { get; init; }

    /// <summary>False for what cannot be asked twice (timers): no request record is read or written.</summary>
    public bool Remember { get; init; } = true;

    internal string Key => $"{Caller}/{RequestId}";
}
