using System.Text.Json.Nodes;
using Assize.Workflows.Access;
using Assize.Workflows.Forms;
using Assize.Workflows.Storage;

namespace Assize.Workflows.Tasks;

/// <summary>One completion on its way through the command: what was asked, and what the form made of it.</summary>
internal sealed class Completion(Caller caller, string taskId, string outcome, JsonObject fields)
{
    public Caller Caller { get; } = caller;
    public string TaskId { get; } = taskId;
    public string Outcome { get; } = outcome;
    public JsonObject Fields { get; } = fields;
    public Form? Form { get; private set; }
    public JsonObject Answers { get; private set; } = [];
    public FormContext? Context { get; private set; }

    /// <summary>The case record before the step, for taking it back.</summary>
    public RecordSnapshot? Before { get; private set; }

    /// <summary>Whether the workflow must learn that offences were laid or withdrawn.</summary>
    public bool ChangesCharges { get; set; }

    public void Accept(Form form, JsonObject answers, FormContext context, RecordSnapshot before) =>
        (Form, Answers, Context, Before) = (form, answers, context, before);
}
