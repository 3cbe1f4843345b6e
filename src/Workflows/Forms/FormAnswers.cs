using System.Text.Json.Nodes;

namespace Assize.Workflows.Forms;

/// <summary>What a form may need to know besides the answers.</summary>
/// <param name="Offences">The offences of the task's defendant, by sequence.</param>
/// <param name="Charges">The offences that a question may name, as "defendant.offence"; null: none.</param>
public sealed record FormContext(string Outcome, DateOnly Today, IReadOnlyList<FormOffence> Offences, IReadOnlyList<string>? Charges = null);

public sealed record FormOffence(int Sequence, string Code, string Title);

/// <param name="Pointer">JSON pointer into the fields: "/plea/1", "/results/0/amount".</param>
public sealed record FieldProblem(string Pointer, string Code, string Message);

/// <summary>The answers to the questions that were asked, or everything that is wrong with them.</summary>
public sealed record FormAnswers(JsonObject Fields, IReadOnlyList<FieldProblem> Problems)
{
    public bool Accepted => Problems.Count == 0;
}
