namespace Assize.Engine.Expressions;

/// <summary>Numbers in [0, 1) that a replay draws again (SplitMix64).</summary>
internal sealed class SeededChance(long seed)
{
    private ulong _state = unchecked((ulong)seed);

    public double Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            ulong z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }
}
