using System.Collections.Immutable;
using System.Globalization;
using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Editing;
using Assize.Host.Components;
using Assize.Host.Wording;
using Microsoft.Extensions.Localization;

namespace Assize.Host.Pages.Designer.Outline.Fields;

/// <summary>The form of a workflow's own name, variables, inputs and outputs: filled from the definition, or from what somebody just sent.</summary>
public sealed class WorkflowForm
{
    private const int LongestName = 100;
    private readonly IStringLocalizer<PageText> _words;

    public WorkflowForm(WorkflowDefinition definition, IStringLocalizer<PageText> words, IFormCollection? sent)
    {
        _words = words;
        Name = sent is null ? definition.Name ?? "" : sent["name"].ToString().Trim();
        Description = sent is null ? definition.Description ?? "" : sent["description"].ToString().ReplaceLineEndings("\n");
        Outcomes = sent is null ? definition.Outcomes : InputText.Lines(sent["outcomes"].ToString());
        Variables = sent is null ? VariableText.Of(definition) : [.. Rows(sent, "variable").Select(row => new VariableText(row.Was, row["name"], row["type"], row["list"] == "True", row["value"]))];
        Inputs = sent is null ? ArgumentText.Of(definition, "inputs") : Arguments(sent, "input");
        Outputs = sent is null ? ArgumentText.Of(definition, "outputs") : Arguments(sent, "output");
        Faults = sent is null ? [] : [.. Wrong()];
    }

    public string Name { get; }
    public string Description { get; }
    public ImmutableArray<string> Outcomes { get; }
    public ImmutableArray<VariableText> Variables { get; }
    public ImmutableArray<ArgumentText> Inputs { get; }
    public ImmutableArray<ArgumentText> Outputs { get; }
    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>Rows without a name are taken away.</summary>
    public WorkflowEdit ToEdit() => new()
    {
        Name = Name,
        Description = Description,
        Outcomes = Outcomes,
        Variables = [.. Variables.Where(variable => variable.Name.Length > 0)],
        Inputs = [.. Inputs.Where(input => input.Name.Length > 0)],
        Outputs = [.. Outputs.Where(output => output.Name.Length > 0)],
    };

    private IEnumerable<Fault> Wrong()
    {
        if (Name.Length is 0 or > LongestName)
        {
            yield return new Fault("name", _words["Enter a name, at most 100 characters"]);
        }

        foreach (var (prefix, names) in (IEnumerable<(string, IReadOnlyList<string>)>)[
            ("variable", [.. Variables.Select(variable => variable.Name)]), ("input", [.. Inputs.Select(input => input.Name)]), ("output", [.. Outputs.Select(output => output.Name)])])
        {
            for (var i = 0; i < names.Count; i++)
            {
                if (names[i].Length > 0 && names.Take(i).Contains(names[i], StringComparer.OrdinalIgnoreCase))
                {
                    yield return new Fault(string.Create(CultureInfo.InvariantCulture, $"{prefix}-{i + 1}-name"), _words["“{0}” is there twice. Give one of them another name", names[i]]);
                }
            }
        }
    }

    private static ImmutableArray<ArgumentText> Arguments(IFormCollection form, string prefix) =>
        [.. Rows(form, prefix).Select(row => new ArgumentText(row.Was, row["name"], row["type"], row["list"] == "True", row["description"]))];

    // The boxes of row 3 of the variables are called variable-3-name and so on.
    private static IEnumerable<FormRow> Rows(IFormCollection form, string prefix)
    {
        for (var number = 1; form.ContainsKey($"{prefix}-{number}-name"); number++)
        {
            var row = new FormRow(form, string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number}-"));
            if (row.Was is not null || row["name"].Length > 0)
            {
                yield return row;
            }
        }
    }

    private sealed record FormRow(IFormCollection Form, string Prefix)
    {
        public int? Was => int.TryParse(Form[$"{Prefix}was"], NumberStyles.None, CultureInfo.InvariantCulture, out var was) ? was : null;

        public string this[string box] => Form[Prefix + box].ToString().Trim();
    }
}
