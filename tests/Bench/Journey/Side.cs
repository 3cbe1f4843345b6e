namespace Assize.Bench.Journey;

/// <summary>The rounds of one side, ours or the floor.</summary>
/// <param name="server">PostgreSQL's folder; null for SQLite.</param>
internal sealed class Side(string? server)
{
    private readonly List<double> _rates = [];

    /// <summary>Journeys: the median of the rounds.</summary>
    public double PerSecond => Figure.Median(_rates);

    public long Journeys { get; private set; }

    public ProcessorTime Processor { get; private set; } = new(default, default);

    public async Task AddAsync(Func<Task<(double PerSecond, long Count)>> round)
    {
        var before = ProcessorTime.Now(server);
        var (rate, count) = await round();
        Processor += ProcessorTime.Now(server) - before;
        _rates.Add(rate);
        Journeys += count;
    }
}
