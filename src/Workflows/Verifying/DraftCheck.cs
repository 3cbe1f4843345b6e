using Assize.Engine.Definitions;
using Assize.Workflows.Overlays;
using Assize.Workflows.Rules;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Verifying;

/// <summary>Verifies what is drafted, whatever it is.</summary>
public sealed class DraftCheck(DefinitionCheck workflows, RuleCheck rules, OverlayCheck overlays)
{
    /// <summary>All of it; what takes long is waited for, or said to be being worked out. Not for a transaction.</summary>
    /// <param name="key">A workflow's id, or a <see cref="RuleName"/> as text.</param>
    public Task<Verification> RunAsync(CaseDb db, string key, string text, CancellationToken ct) => RunAsync(db, key, text, waits: true, ct);

    /// <summary>All that is known now.</summary>
    public Task<Verification> RunWithoutWaitAsync(CaseDb db, string key, string text, CancellationToken ct) => RunAsync(db, key, text, waits: false, ct);

    /// <summary>What is looked at while somebody draws.</summary>
    public Task<Verification> RunWhileDrawnAsync(CaseDb db, WorkflowDefinition definition, CancellationToken ct) => workflows.RunWhileDrawnAsync(db, definition, ct);

    private async Task<Verification> RunAsync(CaseDb db, string key, string text, bool waits, CancellationToken ct)
    {
        if (RuleName.Parse(key) is { } rule)
        {
            return await rules.RunAsync(db, rule, RuleJson.Read(text) ?? [], ct, waits);
        }
        WorkflowDefinition definition = DefinitionReader.Read(text);
        Verification verified = waits ? await workflows.RunAsync(db, definition, ct) : await workflows.RunWithoutWaitAsync(db, definition, ct);
        if (await Belonging.CheckAsync(db, definition, ct) is { } foreign)
        {
            return verified.And(foreign);
        }
        // Where the workflow itself cannot be published, nobody asks what stands on it.
        return (verified.MayBePublished || verified.IsRunning) && await overlays.FitAsync(db, definition, waits, ct) is { } fit
            ? verified.And(fit)
            : verified;
    }
}
