using System.Text.Json;
using Assize.Engine.Definitions;

namespace Assize.Workflows.Tests.Overlays;

/// <summary>Operations of every kind on steps and connections of a workflow, drawn by chance: most can be done, some cannot, some harm what the law requires.</summary>
internal sealed class RandomOverlay(WorkflowDefinition baseline, Random chance)
{
    private static readonly string[] s_due = ["on hearing", "1 working day after now", "2 working days before hearing", "soon"];
    private static readonly (string Agency, string Role)[] s_lanes = [("police", "case-builder"), ("court", "listing-officer"), ("prosecutor", "reviewing-lawyer"), ("court", "wizard")];
    private static readonly (string Member, string Value)[] s_inputs =
        [("title", "Another title"), ("instructions", "Look twice."), ("priority", "Urgent"), ("outcomes", "Done"), ("form", "attendance"), ("statutory", "False"), ("calendar", "england-and-wales")];

    private readonly ActivityNode[] _steps = [.. baseline.Root.Children];
    private readonly List<Connection> _lines = [.. baseline.Root.Connections];

    /// <summary>One operation, as it stands in a file.</summary>
    public string Operation(int number)
    {
        string id = FormattableString.Invariant($"op-{number}");
        ActivityNode step = _steps[chance.Next(_steps.Length)];
        return chance.Next(6) switch
        {
            0 => Change(id, "queue", step, s_lanes[chance.Next(s_lanes.Length)].Agency),
            1 => Change(id, "role", step, s_lanes[chance.Next(s_lanes.Length)].Role),
            2 => Change(id, "due", step, s_due[chance.Next(s_due.Length)]),
            3 when s_inputs[chance.Next(s_inputs.Length)] is var (member, value) => JsonSerializer.Serialize(new { id, does = "input", activity = step.Id, input = member, value }),
            4 => Stage(id),
            _ => Task(id),
        };
    }

    private static string Change(string id, string does, ActivityNode step, string value) => JsonSerializer.Serialize(new { id, does, activity = step.Id, value });

    private string Stage(string id)
    {
        Connection line = _lines[chance.Next(_lines.Count)];
        return JsonSerializer.Serialize(new { id, does = "add", activity = line.Source, port = line.SourcePort, type = "Assize.Stage", title = "A stage of ours", inputs = new { stage = "Preparing the first hearing" } });
    }

    private string Task(string id)
    {
        Connection line = _lines[chance.Next(_lines.Count)];
        (string agency, string role) = s_lanes[chance.Next(s_lanes.Length - 1)];
        // One outcome goes on as before; where there is a second, it goes wherever chance has it.
        bool leads = chance.Next(2) == 0;
        Dictionary<string, string> elsewhere = leads ? new() { ["Otherwise"] = _steps[chance.Next(_steps.Length)].Id } : [];
        return JsonSerializer.Serialize(new
        {
            id,
            does = "add",
            activity = line.Source,
            port = line.SourcePort,
            type = "Assize.CaseTask",
            title = "A step of ours",
            inputs = new { agency, role, form = "attendance", outcomes = leads ? "Onwards, Otherwise" : "Onwards" },
            leads = elsewhere,
        });
    }
}
