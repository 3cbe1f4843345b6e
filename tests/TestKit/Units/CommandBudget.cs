namespace Assize.TestKit.Units;

/// <summary>Law 11: what a command may cost before its commit. A set-based write of many rows is one statement.</summary>
/// <param name="Kind">Why it may cost that.</param>
public sealed record CommandBudget(int Trips, int Statements, string Kind)
{
    /// <summary>One unit steps: locked and loaded in one round trip, written in another.</summary>
    public static CommandBudget Plain { get; } = new(2, 8, "plain");

    /// <summary>One effect of the step has a reply that is read from the database: a slot, reference data.</summary>
    public static CommandBudget WithReply { get; } = Plain with
    {
        Trips = Plain.Trips + 1,
        Statements = Plain.Statements + 2,
        Kind = "effect with a reply",
    };

    /// <summary>A budget of its own, counted: one command begins several instances, or opens a case out of a message.</summary>
    public static CommandBudget FanOut(int trips, int statements, string what) => new(trips, statements, $"fan-out: {what}");

    /// <summary>What was counted, and why that much may be.</summary>
    public string Said(string command, StatementCounter counter) =>
        $"{command}: {counter.Trips.Count} of {Trips} round trips, {counter.Statements} of {Statements} statements ({Kind})";

    /// <summary>What was exceeded, with the statements; null where the command kept within it.</summary>
    public string? Exceeded(string command, StatementCounter counter)
    {
        if (counter.Trips.Count > 0 && counter.Trips.Count <= Trips && counter.Statements <= Statements)
        {
            return null;
        }
        string all = string.Join('\n', counter.Trips.SelectMany((trip, number) => trip.Select(s => $"  {number + 1}: {s[..Math.Min(160, s.Length)]}")));
        return $"{command} took {counter.Trips.Count} round trips and {counter.Statements} statements; {Trips} and {Statements} are allowed ({Kind})\n{all}";
    }
}
