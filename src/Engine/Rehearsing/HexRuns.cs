using System.Buffers;

namespace Assize.Engine.Rehearsing;

/// <summary>Finds ids and digests in a text: runs of exactly 32 or 64 hexadecimal digits in small letters.</summary>
public static class HexRuns
{
    private const int Id = 32;
    private const int Digest = 64;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");

    /// <summary>The first run at or after a place that stands in no run; null where there is none.</summary>
    public static (int Start, int End)? Next(ReadOnlySpan<char> text, int from)
    {
        // Of any 32 characters a run takes the last: most of a text need not be looked at.
        for (var at = from + Id - 1; at < text.Length; at += Id)
        {
            if (!s_digits.Contains(text[at]))
            {
                continue;
            }
            var start = from + text[from..at].LastIndexOfAnyExcept(s_digits) + 1;
            var length = text[start..].IndexOfAnyExcept(s_digits) is >= 0 and var digits ? digits : text.Length - start;
            if (length is Id or Digest)
            {
                return (start, start + length);
            }
            at = start + length;
        }
        return null;
    }
}
