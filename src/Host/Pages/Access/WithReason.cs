namespace Assize.Host.Pages.Access;

/// <summary>A form that asks for nothing but a reason.</summary>
public sealed record WithReason(AccessForm Form, string Question, string Button, bool Warns = false)
{
    public string Hint { get; init; } = "In at least 20 letters. It is kept in the audit log.";
}
