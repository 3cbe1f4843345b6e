namespace Assize.Workflows.Simulating;

/// <summary>How the year went.</summary>
/// <param name="Broken">Cases that stand at an incident, or that a script stopped.</param>
/// <param name="MedianDays">From arrival to end, of the cases that ended; null where none did.</param>
/// <param name="SlowDays">The same of the tenth that took longest.</param>
/// <param name="Until">The first day that was not simulated: a year on, or where the calendar ends.</param>
public sealed record SimulationReport(
    int Arrived, int Ended, int Broken, double? MedianDays, double? SlowDays, DateOnly Until,
    IReadOnlyList<SimulatedWeek> Weeks, IReadOnlyList<SimulatedRole> Roles, IReadOnlyList<SimulatedStep> Steps);

/// <param name="Open">Cases that run at the week's end.</param>
/// <param name="Late">Tasks that were completed after they were due.</param>
/// <param name="Queues">Tasks that nobody has begun at the week's end, by role.</param>
public sealed record SimulatedWeek(DateOnly Ends, int Arrived, int Ended, int Open, int Late, IReadOnlyDictionary<string, int> Queues);

/// <param name="People">Null where there are as many as it needs.</param>
/// <param name="Busy">The share of their working time that they worked, 0 to 1; null where they are not counted.</param>
/// <param name="Longest">The most tasks that waited at once.</param>
/// <param name="MedianWait">Hours from when a task could be begun until somebody began.</param>
public sealed record SimulatedRole(string Role, int? People, int Done, double? Busy, int Longest, double MedianWait);

/// <param name="Open">Not completed when the year was over.</param>
public sealed record SimulatedStep(string ActivityId, string Title, int Done, int Late, int Open);
