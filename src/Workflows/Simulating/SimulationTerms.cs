namespace Assize.Workflows.Simulating;

/// <summary>A year to try a drawing in.</summary>
/// <param name="Cases">How many arrive in the year, spread over its working days; 1 to 20,000.</param>
/// <param name="Seed">The same seed and terms give the same year.</param>
/// <param name="From">The first day, in London.</param>
/// <param name="Minutes">How long a person works on a task; 1 to 2,400.</param>
/// <param name="Staff">People by role; a role that is not named has as many as it needs.</param>
/// <param name="KnownBefore">What people chose before this day, in London, says how often an outcome comes; all that is known where it is null.</param>
public sealed record SimulationTerms(int Cases, int Seed, DateOnly From, int Minutes, IReadOnlyDictionary<string, int> Staff, DateOnly? KnownBefore = null);
