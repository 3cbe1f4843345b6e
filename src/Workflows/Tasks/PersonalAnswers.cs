using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Forms;

namespace Assize.Workflows.Tasks;

/// <summary>Puts answers marked personal, and free text, apart, so that the workflow carries their digest and they can be erased.</summary>
internal static class PersonalAnswers
{
    public static JsonObject Apart(UnitSession session, Form form, JsonObject answers)
    {
        JsonObject travelling = [];
        foreach ((string id, JsonNode? answer) in answers)
        {
            // What people write freely may name somebody, whether or not the form says so.
            bool personal = form.Questions.First(x => x.Id == id) is { Personal: true } or { Type: QuestionType.Textarea };
            travelling[id] = personal && answer is not null ? session.Keep(answer.DeepClone()) : answer?.DeepClone();
        }
        return travelling;
    }
}
