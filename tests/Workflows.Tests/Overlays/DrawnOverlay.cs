using System.Text.Json.Nodes;
using Assize.TestKit;
using Assize.Workflows.Activities;
using Assize.Workflows.Overlays;
using Assize.Workflows.Rules;
using Assize.Workflows.Rules.Editing;

namespace Assize.Workflows.Tests.Overlays;

/// <summary>Overlays as files, on our own workflows.</summary>
internal static class DrawnOverlay
{
    public const string Gate = """
        { "id": "gate", "does": "add", "activity": "preparation", "port": "Initial details", "type": "Assize.CaseTask", "title": "Check the file",
          "inputs": { "agency": "police", "role": "case-builder", "form": "initial-details", "outcomes": "Passed, Returned", "due": "1 working day after now" } }
        """;

    public const string Rework = """
        { "id": "rework", "does": "add", "activity": "gate", "port": "Returned", "type": "Assize.CaseTask", "title": "Mend the file",
          "inputs": { "agency": "police", "role": "officer-in-case", "form": "initial-details", "outcomes": "Mended" }, "leads": { "Mended": "gate" } }
        """;

    public const string Queue = """{ "id": "listing-centre", "does": "queue", "activity": "m7-court-preparation", "value": "harbour-defence" }""";

    public static JsonObject File(string operations, string owner = "merseyside-police", string level = "force", string workflow = "mags-charged", int first = 3, string? from = null) => RuleJson.Read($$"""
        { "title": { "en": "As {{owner}} does it" }, "legalReference": "An invented agreement", "effectiveFrom": {{(from is null ? "null" : $"\"{from}\"")}},
          "level": "{{level}}", "owner": "{{owner}}", "workflow": "{{workflow}}", "firstBaseline": {{first}}, "operations": [{{operations}}] }
        """)!;

    public static RuleName Name(JsonObject file) => new(RuleName.Overlay, OverlayName.Of(
        RuleJson.Text(file, "level") == "area" ? OverlayLevel.Area : OverlayLevel.Force, RuleJson.Text(file, "owner")!, RuleJson.Text(file, "workflow")!));

    public static Overlay Read(JsonObject file) => Overlay.Read(RuleText.Store(Name(file), file, 1));

    public static Engine.Definitions.WorkflowDefinition Baseline(string workflow = "mags-charged") =>
        Engine.Definitions.DefinitionReader.Read(DefinitionFiles.Read(Repository.PathOf("definitions")).Where(x => x.Kind == "workflow" && x.Id == workflow).MaxBy(x => x.Version)!.Text);
}
