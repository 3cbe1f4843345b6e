using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Overlays;
using Assize.Workflows.Rules;
using Assize.Workflows.Rules.Editing;

namespace Assize.Workflows.Drafting;

/// <summary>What somebody sends to be kept as a draft: the drawing of a workflow, or a form, decision table, calendar or code list.</summary>
/// <param name="Key">A workflow's id, or a <see cref="RuleName"/> as text.</param>
/// <param name="Revision">What it was made from; null where it was made from no draft.</param>
public abstract record SentDraft(string Key, string Name, int? Revision)
{
    /// <summary>As it was sent, for whoever's copy it becomes.</summary>
    internal abstract string Raw { get; }

    /// <summary>To whom it belongs by its name; null where the name says nothing of that.</summary>
    internal virtual DefinitionOwner? Owner => null;

    internal abstract string Store(int version, int? revision);

    /// <summary>True where only what a server assigns differs.</summary>
    internal abstract bool IsSameAs(string text);

    /// <summary>A text that was kept here before, as if somebody sent it now.</summary>
    internal static SentDraft Of(string key, string text, int? revision) => RuleName.Parse(key) is { } rule
        ? new SentRule(rule, RuleJson.Read(text)!, revision)
        : new SentWorkflow(DraftText.WithRevision(DefinitionReader.Read(text), revision));
}

internal sealed record SentWorkflow(WorkflowDefinition Definition)
    : SentDraft(Definition.DefinitionId, Definition.Name ?? Definition.DefinitionId, DraftText.RevisionOf(Definition))
{
    internal override string Raw => Definition.Json.ToJsonString();

    internal override string Store(int version, int? revision) => DraftText.Store(Definition, Key, version, revision);

    internal override bool IsSameAs(string text) => DraftText.SameContent(Definition, text);
}

public sealed record SentRule(RuleName Rule, JsonObject File, int? Revision) : SentDraft(Rule.ToString(), RuleText.TitleOf(Rule, File), Revision)
{
    internal override string Raw => RuleJson.Write(File);

    internal override DefinitionOwner? Owner => OverlayOwner.Of(Rule, File);

    internal override string Store(int version, int? revision) => RuleText.Store(Rule, File, version);

    internal override bool IsSameAs(string text) => RuleText.SameContent(Rule, File, text);
}
