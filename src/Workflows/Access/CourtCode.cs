namespace Assize.Workflows.Access;

/// <summary>Courts' codes are in capitals (B05PK00), as reference data and cases have them; the directory keeps all its names in small letters.</summary>
internal static class CourtCode
{
    public static string? Of(string? written) => written?.Trim().ToUpperInvariant();
}
