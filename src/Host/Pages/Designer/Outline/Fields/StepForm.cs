using System.Collections.Immutable;
using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Editing;
using Assize.Host.Components;
using Assize.Host.Wording;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Outline.Fields;

/// <summary>The form of one step: filled from the definition, or from what somebody just sent.</summary>
internal sealed class StepForm
{
    private readonly OutlineStep _step;
    private readonly IStringLocalizer<PageText> _words;
    private readonly InputField _field;
    private readonly IFormCollection? _sent;
    private readonly InputChoices _choices;

    public StepForm(OutlineStep step, InputChoices choices, IStringLocalizer<PageText> words, IFormCollection? sent)
    {
        (_step, _choices, _words, _sent) = (step, choices, words, sent);
        _field = new InputField(words, choices);
        Title = sent is null ? step.Node.DisplayText : sent["title"].ToString().Trim();
        Note = sent is null ? Noted(step) : sent["note"].ToString().ReplaceLineEndings("\n");
        CanStart = sent is null ? step.Node.CanStartWorkflow : sent["can-start"] == "True";
        Faults = sent is null ? [] : [.. Wrong()];
    }

    public string Title { get; }
    public string Note { get; }
    public bool CanStart { get; }
    public IReadOnlyList<Fault> Faults { get; }

    public IEnumerable<IHtmlContent> Inputs => Known.Where(input => !InputText.IsCases(input))
        .Select(input => _field.Draw(input, Said(input), Faults.FirstOrDefault(fault => fault.FieldId == InputSaid.Name(input))?.Message));

    public IEnumerable<IHtmlContent> Cases => Known.Where(InputText.IsCases).Select(input => new CasesField(_words, input).Draw(CasesSaid(input)));

    public IEnumerable<IHtmlContent> Outputs => (_step.Descriptor?.Outputs ?? []).Select(output => Components.Inputs.Select(
        new Field(OutputName(output), _words[output.DisplayName]) { Hint = output.Description is { } hint ? _words[hint].Value : null },
        Targets(OutputSaid(output)), OutputSaid(output)));

    public StepEdit ToEdit() => new()
    {
        Title = Title,
        Note = Note,
        CanStart = _step.Descriptor?.Kind == ActivityKind.Trigger ? CanStart : null,
        Inputs = Known.Where(input => !InputText.IsCases(input) && InputSaid.From(_sent!, input) is not null)
            .ToImmutableDictionary(input => input.Member, input => Said(input).ToText(input)),
        Cases = Known.Where(input => InputText.IsCases(input) && CasesField.IsAsked(_sent!, input)).ToImmutableDictionary(input => input.Member, input => CasesField.Kept(CasesSaid(input))),
        Outputs = (_step.Descriptor?.Outputs ?? []).Where(output => _sent!.ContainsKey(OutputName(output))).ToImmutableDictionary(output => output.Member, OutputSaid),
    };

    private IEnumerable<InputDescriptor> Known => _step.Descriptor?.Inputs ?? [];

    private InputSaid Said(InputDescriptor input) =>
        (_sent is null ? null : InputSaid.From(_sent, input)) ?? InputSaid.Of(InputText.Of(_step.Node, input), input);

    private ImmutableArray<InputCase> CasesSaid(InputDescriptor input) => _sent is null ? InputCase.Of(_step.Node, input) : CasesField.From(_sent, input);

    private string OutputSaid(OutputDescriptor output) => _sent is null
        ? _step.Node.OutputBindings.GetValueOrDefault(output.Member)?.Target ?? ""
        : _sent[OutputName(output)].ToString();

    private List<Choice> Targets(string said)
    {
        List<Choice> targets = [new Choice("", _words["Nowhere"]),
            .. _choices.Variables.Select(variable => new Choice(variable.Value, _words["The variable {0}", variable.Label])),
            .. _choices.Outputs.Select(output => new Choice(output.Value, _words["The workflow's output {0}", output.Label]))];
        return said.Length == 0 || targets.Exists(target => target.Value == said) ? targets : [.. targets, new Choice(said, said)];
    }

    private IEnumerable<Fault> Wrong()
    {
        if (Title.Length is 0 or > 200)
        {
            yield return new Fault("title", _words["Enter a title, at most 200 characters"]);
        }

        foreach (var input in Known.Where(input => !InputText.IsCases(input)))
        {
            if (Said(input).Wrong(input) is { } wrong)
            {
                yield return new Fault(InputSaid.Name(input), _words[wrong, _words[input.DisplayName].Value]);
            }
        }
    }

    private static string OutputName(OutputDescriptor output) => $"out-{output.Member}";

    private static string Noted(OutlineStep step) => (step.Node.Json["metadata"] as System.Text.Json.Nodes.JsonObject)?.TextOf("description") ?? "";
}
