using Assize.Engine.Stepping;
using Microsoft.EntityFrameworkCore;

namespace Assize.Engine.Storage;

/// <summary>Published definitions, compiled once per version.</summary>
public sealed class DefinitionCatalog(ActivityTable activities)
{
    public ActivityTable Activities { get; } = activities;

    /// <summary>Publishes a version; a number that exists with another hash is refused.</summary>
    public Task<PublishAnswer> PublishAsync(DbContext db, string text, string publishedBy, DateTimeOffset now, CancellationToken ct) => throw new NotImplementedException();
}

/// <summary>What came of publishing: the hash, and whether the version is new; or why it was refused.</summary>
public sealed record PublishAnswer(string DefinitionId, int Version, string Hash, bool IsNew, string? Refusal);
