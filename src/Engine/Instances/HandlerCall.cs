using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Assize.Engine.Instances;

/// <summary>One call of an activity's handler. A call that faults leaves nothing behind, and is kept for the retry.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$kind")]
[JsonDerivedType(typeof(EnterCall), "enter")]
[JsonDerivedType(typeof(ResumeCall), "resume")]
[JsonDerivedType(typeof(ChildEndedCall), "childEnded")]
public abstract record HandlerCall(string ExecutionId);

public sealed record EnterCall(string ExecutionId) : HandlerCall(ExecutionId);

public sealed record ResumeCall(string ExecutionId, Wait Wait, StimulusBody Stimulus) : HandlerCall(ExecutionId);

public sealed record ChildEndedCall(string ExecutionId, ActivityState Child, ImmutableArray<string> Outcomes) : HandlerCall(ExecutionId);
