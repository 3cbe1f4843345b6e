namespace Assize.Workflows.Storage;

/// <summary>A published form, decision table, calendar or code list: text as it was received, never edited again.</summary>
public sealed class PublishedResource
{
    /// <summary>One of <see cref="Rules.RuleName.Kinds"/>, or "statutory".</summary>
    public required string Kind { get; init; }
    public required string Id { get; init; }
    public required int Version { get; init; }
    public required string Hash { get; init; }
    public required DateOnly? EffectiveFrom { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
}
