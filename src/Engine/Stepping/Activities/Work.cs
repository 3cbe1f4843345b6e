using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;

namespace Assize.Engine.Stepping.Activities;

internal sealed class RunTaskHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.RunTask",
        Category = "Primitives",
        DisplayName = "Run task",
        Description = "Asks for a task to be done elsewhere, and waits for its result.",
        Inputs =
        [
            Describe.Line("TaskName", "Task name", "What is to be done.", required: true),
            Describe.Computed("Payload", "ObjectDictionary", "Payload", "What the task is given."),
        ],
        Outputs = [new OutputDescriptor("TaskId", "String", "Task id"), new OutputDescriptor("Result", "Object", "Result")],
        Ports = [Describe.Port("Done")],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.WaitsFor(WaitKind.Task);

    public void Enter(IStep step)
    {
        if (step.Text("taskName") is not { } name)
        {
            step.Fault("task-name-missing", $"Expected {step.Activity.DisplayText} to name a task, but it does not.");
            return;
        }
        var wait = step.OpenWait(WaitKind.Task, name, spec: step.Input("payload") is { } payload ? new JsonObject { ["payload"] = payload } : null);
        step.Produce("TaskId", JsonValue.Create(wait.Id));
    }

    public void Resume(IStep step, Wait wait, StimulusBody stimulus)
    {
        step.Produce("Result", (stimulus as Resume)?.Payload);
        step.Complete();
    }
}

internal sealed class RunJavaScriptHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.RunJavaScript",
        Category = "Scripting",
        DisplayName = "Run JavaScript",
        Description = "Runs a script that may set variables and choose outcomes.",
        Inputs =
        [
            new InputDescriptor("Script", "String", "code-editor")
            {
                DisplayName = "Script",
                Description = "Its last value is the result.",
                DefaultSyntax = "Literal",
                UISpecifications = new JsonObject { ["code-editor"] = new JsonObject { ["language"] = "javascript" } },
            },
            Describe.Outcomes("PossibleOutcomes", "Possible outcomes", "Each is a port."),
        ],
        Outputs = [new OutputDescriptor("Result", "Object", "Result")],
    };

    public StepConduct? ConductOf(ActivityNode node) => ScriptConduct.Of(node, FlowPorts.Of(node, Descriptor));

    public void Enter(IStep step)
    {
        var (value, outcomes) = step.RunScript(Source(step));
        step.Produce("Result", value);
        step.Complete([.. outcomes]);
    }

    // A script typed with the JavaScript syntax is the script itself, not an expression that computes one.
    private static string Source(IStep step) =>
        step.Activity.Inputs.GetValueOrDefault("script")?.Expression is { Type: "JavaScript" } script ? script.Value.ToText() ?? "" : step.Text("script") ?? "";
}

internal sealed class WriteLineHandler : IActivityHandler
{
    public ActivityDescriptor Descriptor { get; } = new()
    {
        TypeName = "Elsa.WriteLine",
        Category = "Console",
        DisplayName = "Write line",
        Description = "Writes a text to the journal.",
        Inputs = [Describe.Line("Text", "Text", "What to write.")],
        Ports = [Describe.Port("Done")],
    };

    public StepConduct? ConductOf(ActivityNode node) => StepConduct.Passes();

    public void Enter(IStep step)
    {
        step.Note("Text", step.Text("text") ?? "");
        step.Complete();
    }
}
