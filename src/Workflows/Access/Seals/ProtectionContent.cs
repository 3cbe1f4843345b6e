namespace Assize.Workflows.Access.Seals;

/// <summary>What a proposal would do.</summary>
public sealed record ProtectionContent
{
    /// <summary>Who shall have access under the new seal, or in the emergency.</summary>
    public IReadOnlyList<NamedPerson> Named { get; init; } = [];
    public string? Classification { get; init; }
    public string? Agency { get; init; }
}

public sealed record NamedPerson(string Subject, string Role);
