using System.Text.Json.Nodes;

namespace Assize.Host.Api.Contracts;

/// <summary>A piece of long work that goes on by itself.</summary>
/// <param name="Id">The operation's id.</param>
/// <param name="Kind">What is done, such as <c>reference-import</c>.</param>
/// <param name="About">What it is done to.</param>
/// <param name="State"><c>waiting</c>, <c>running</c>, <c>paused</c>, <c>completed</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Wish"><c>pause</c> or <c>cancel</c> while it has been asked for and the present batch still runs.</param>
/// <param name="Done">How many items are done.</param>
/// <param name="Total">How many there are, where that is known.</param>
/// <param name="Failure">Why it stopped, or what the last try met.</param>
/// <param name="StartedBy">Who began it.</param>
/// <param name="CreatedAt">When it was begun.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Outcome">What came of it; its members depend on the kind.</param>
public sealed record OperationItem(
    string Id, string Kind, string About, string State, string? Wish, long Done, long? Total, string? Failure,
    string StartedBy, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, JsonNode? Outcome);
