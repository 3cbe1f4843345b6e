using System.Text.Json.Serialization;

namespace Assize.Host.Api.Contracts;

/// <summary>What went wrong (RFC 9457), with a stable code and the places at fault.</summary>
public sealed record ApiProblem
{
    /// <summary>Names the kind of problem: <c>urn:assize:problem:</c> and its <see cref="Code"/>. There is nothing to fetch.</summary>
    public required string Type { get; init; }

    /// <summary>The kind of problem in a few words; the same for every problem of its code.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What happened, what was kept and what to do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>Stable, lower case with hyphens: what a program decides by.</summary>
    public required string Code { get; init; }

    /// <summary>Ties the answer to the server's log.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceId { get; init; }

    /// <summary>Each place at fault; empty where the whole request is.</summary>
    public IReadOnlyList<ApiFault> Errors { get; init; } = [];
}

/// <summary>One place at fault.</summary>
/// <param name="Pointer">A JSON pointer into the request's body; "" is the whole of it.</param>
/// <param name="Code">Stable, what a program decides by.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record ApiFault(string Pointer, string Code, string Message);
