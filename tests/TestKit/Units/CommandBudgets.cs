namespace Assize.TestKit.Units;

/// <summary>
/// Law 11 in one table: what each command may cost. Most are plain; one whose effect has a reply may take one round trip and two statements more;
/// intake and fan-out have budgets of their own. A test counts each on PostgreSQL, and fails for a command that is not in the table.
/// </summary>
public static class CommandBudgets
{
    private static readonly Dictionary<string, CommandBudget> s_all = new()
    {
        // The engine's own.
        ["start"] = CommandBudget.Plain,
        ["resume"] = CommandBudget.Plain,
        ["refuse"] = CommandBudget.Plain,
        ["resume a child that wakes its parent"] = CommandBudget.Plain,
        ["resume a step that raises an event"] = CommandBudget.Plain,
        ["raise an event"] = CommandBudget.Plain,
        ["cancel"] = CommandBudget.Plain,
        ["retry an incident"] = CommandBudget.Plain,
        ["fire a timer"] = CommandBudget.Plain,

        // On tasks and cases.
        ["claim"] = CommandBudget.Plain,
        ["release"] = CommandBudget.Plain,
        ["complete"] = CommandBudget.Plain,
        ["complete, and ask for a slot"] = CommandBudget.WithReply,
        ["complete, and vacate a hearing"] = CommandBudget.WithReply,
        ["complete the last preparation"] = CommandBudget.FanOut(6, 14, "it starts a workflow and asks for a slot for each defendant"),
        ["take a completion back"] = CommandBudget.Plain,
        ["acknowledge a message"] = CommandBudget.Plain,
        ["a case's time limit passes"] = CommandBudget.FanOut(6, 8, "a round reads what is due, takes the cases' locks, and steps each behind a savepoint"),
        ["close a case in error"] = CommandBudget.Plain,

        // Intake.
        ["receive, with faults"] = CommandBudget.FanOut(5, 13, "it reads reference data for every rule"),
        ["receive, and open the case"] = CommandBudget.FanOut(8, 24, "it checks, and opens a case"),
        ["receive the same again"] = CommandBudget.Plain,
        ["correct, and open the case"] = CommandBudget.FanOut(8, 24, "it checks, and opens a case"),
        ["complete a correction, and open the case"] = CommandBudget.FanOut(8, 24, "it checks, and opens a case"),
        ["withdraw a prosecution"] = CommandBudget.WithReply,
    };

    public static IReadOnlyCollection<string> Commands => s_all.Keys;

    /// <exception cref="KeyNotFoundException">The table does not have the command.</exception>
    public static CommandBudget Of(string command) => s_all[command];
}
