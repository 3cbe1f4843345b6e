using Assize.Engine.Definitions;
using Assize.Engine.Definitions.Editing;

namespace Assize.Workflows.Overlays;

/// <summary>Values as overlays write them: plain texts, and lists with commas. Scripts are drawn in the workflow, never in an overlay.</summary>
internal static class OverlayText
{
    public static InputText Said(InputDescriptor input, string value) => InputText.IsList(input)
        ? new InputText("Object", string.Join('\n', value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        : new InputText(InputText.PlainSyntax(input), value);
}
