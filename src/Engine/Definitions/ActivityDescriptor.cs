using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Assize.Engine.Definitions;

/// <summary>What Studio shows of an activity type, and what the verifier holds a definition to.</summary>
public sealed record ActivityDescriptor
{
    /// <summary>The type in definitions, such as "Elsa.FlowDecision".</summary>
    public required string TypeName { get; init; }

    /// <summary>The part after the last dot; Studio names new steps by it.</summary>
    public string Name => TypeName[(TypeName.LastIndexOf('.') + 1)..];
    public string Namespace => TypeName.Contains('.', StringComparison.Ordinal) ? TypeName[..TypeName.LastIndexOf('.')] : "";
    public int Version { get; init; } = 1;
    public required string Category { get; init; }
    public required string DisplayName { get; init; }
    public required string Description { get; init; }
    public ActivityKind Kind { get; init; } = ActivityKind.Action;
    public ImmutableArray<InputDescriptor> Inputs { get; init; } = [];
    public ImmutableArray<OutputDescriptor> Outputs { get; init; } = [];

    /// <summary>Fixed ports; an input with the hint "dynamic-outcomes" adds its own.</summary>
    public ImmutableArray<PortDescriptor> Ports { get; init; } = [];
    public bool IsContainer { get; init; }
    public bool IsBrowsable { get; init; } = true;
    public bool IsStart { get; init; }

    /// <summary>Its completion ends the flowchart or sequence it stands in.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Members that Studio copies onto a new activity.</summary>
    public JsonObject? ConstructionProperties { get; init; }
}

/// <summary>Elsa's kinds; the first trigger that is drawn may start the workflow.</summary>
public enum ActivityKind { Action, Trigger, Job, Task }

/// <summary>An input in Studio's property panel. Its camelCase name must be no reserved member.</summary>
/// <param name="Name">PascalCase; the definition's member is its camelCase.</param>
/// <param name="UIHint">One of <c>elsa-studio.md</c> §7.2.</param>
public sealed record InputDescriptor(string Name, string TypeName, string UIHint)
{
    public required string DisplayName { get; init; }
    public string? Description { get; init; }
    public bool IsWrapped { get; init; } = true;

    /// <summary>A definition without it is refused at publish.</summary>
    public bool IsRequired { get; init; }
    public JsonNode? DefaultValue { get; init; }
    public string? DefaultSyntax { get; init; }

    /// <summary>What the hint needs: items of a drop-down, fixed outcomes, a code editor's language.</summary>
    public JsonObject? UISpecifications { get; init; }

    /// <summary>The member in definitions.</summary>
    public string Member => char.ToLowerInvariant(Name[0]) + Name[1..];
}

/// <summary>An output that a definition may bind to a variable.</summary>
/// <param name="Name">PascalCase; the definition's member is its camelCase.</param>
public sealed record OutputDescriptor(string Name, string TypeName, string DisplayName, string? Description = null)
{
    public string Member => char.ToLowerInvariant(Name[0]) + Name[1..];
}

/// <summary>Flow: a dot on the canvas, an outcome. Embedded: a member that holds one activity.</summary>
public sealed record PortDescriptor(string Name, string DisplayName, PortType Type = PortType.Flow);

/// <summary>The two kinds of port.</summary>
public enum PortType { Flow, Embedded }
