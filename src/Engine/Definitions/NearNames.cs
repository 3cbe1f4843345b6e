namespace Assize.Engine.Definitions;

/// <summary>What may have been meant by a name that is not there.</summary>
internal static class NearNames
{
    private const int MostNamed = 8;

    /// <summary>The name that comes nearest; where none is near, those that there are.</summary>
    public static string Hint(string name, IEnumerable<string> known)
    {
        var all = known.Distinct().ToList();
        var near = all.Where(k => Math.Abs(k.Length - name.Length) <= Reach(name)).Select(k => (Name: k, Away: Distance(k, name))).Where(k => k.Away <= Reach(name)).ToList();
        return near.Count > 0 ? $"\"{near.MinBy(k => k.Away).Name}\" comes nearest"
            : all.Count == 0 ? "there are none"
            : $"there {(all.Count == 1 ? "is" : "are")} {string.Join(", ", all.Take(MostNamed))}{(all.Count > MostNamed ? $" and {all.Count - MostNamed} more" : "")}";
    }

    private static int Reach(string name) => Math.Max(1, name.Length / 3);

    // Letters to put in, take out or change, whatever their case.
    private static int Distance(string one, string other)
    {
        var above = Enumerable.Range(0, other.Length + 1).ToArray();
        foreach (var (row, letter) in one.Index())
        {
            var left = row + 1;
            var diagonal = above[0];
            above[0] = left;
            for (var i = 0; i < other.Length; i++)
            {
                var changed = diagonal + (char.ToUpperInvariant(letter) == char.ToUpperInvariant(other[i]) ? 0 : 1);
                diagonal = above[i + 1];
                above[i + 1] = left = Math.Min(changed, Math.Min(diagonal, left) + 1);
            }
        }
        return above[^1];
    }
}
