using System.Text.Json;

namespace Assize.Workflows.Access.Seals;

/// <summary>What needs a second person before it happens: a seal, a lower class, an agency or an emergency on a sealed case.</summary>
public sealed class AccessProposal
{
    public required string Id { get; init; }

    /// <summary>The case.</summary>
    public required string UnitId { get; init; }

    /// <summary>One of <see cref="ProposalKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>JSON text: what is to be done.</summary>
    public required string Content { get; init; }
    public required string Reason { get; set; }
    public required string ProposedBy { get; init; }
    public required string ProposedPerson { get; set; }
    public required DateTimeOffset ProposedAt { get; init; }

    /// <summary>The seal's epoch when it was proposed: a proposal from before a change of the seal is void.</summary>
    public required int SealEpoch { get; init; }

    /// <summary>"open", "done" or "refused".</summary>
    public required string State { get; set; }
    public string? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }

    public ProtectionContent Read() => JsonSerializer.Deserialize<ProtectionContent>(Content, JsonSerializerOptions.Web) ?? new ProtectionContent();
}

public static class ProposalKind
{
    public const string Seal = "seal";
    public const string Reseal = "reseal";
    public const string Unseal = "unseal";
    public const string Reclassify = "reclassify";
    public const string AddAgency = "add-agency";
    public const string BreakGlass = "break-glass";
}

public static class ProposalState
{
    public const string Open = "open";
    public const string Done = "done";
    public const string Refused = "refused";
}
