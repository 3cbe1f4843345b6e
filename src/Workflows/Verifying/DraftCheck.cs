using Assize.Engine.Definitions;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Verifying;

/// <summary>Verifies what is drafted, whatever it is.</summary>
public sealed class DraftCheck(DefinitionCheck workflows, RuleCheck rules)
{
    /// <summary>All of it; what takes long is waited for, or said to be being worked out. Not for a transaction.</summary>
    /// <param name="key">A workflow's id, or a <see cref="RuleName"/> as text.</param>
    public Task<Verification> RunAsync(CaseDb db, string key, string text, CancellationToken ct) =>
        RuleName.Parse(key) is { } rule ? RuleAsync(db, rule, text, ct) : workflows.RunAsync(db, DefinitionReader.Read(text), ct);

    /// <summary>All that is known now.</summary>
    public Task<Verification> RunWithoutWaitAsync(CaseDb db, string key, string text, CancellationToken ct) =>
        RuleName.Parse(key) is { } rule ? RuleAsync(db, rule, text, ct) : workflows.RunWithoutWaitAsync(db, DefinitionReader.Read(text), ct);

    /// <summary>What is looked at while somebody draws.</summary>
    public Task<Verification> RunWhileDrawnAsync(CaseDb db, WorkflowDefinition definition, CancellationToken ct) => workflows.RunWhileDrawnAsync(db, definition, ct);

    private Task<Verification> RuleAsync(CaseDb db, RuleName rule, string text, CancellationToken ct) => rules.RunAsync(db, rule, RuleJson.Read(text) ?? [], ct);
}
