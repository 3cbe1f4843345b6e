namespace Assize.Workflows.Access.Deciding;

/// <summary>Who may see a case, rising: public, private, restricted.</summary>
public static class Classification
{
    public const string Public = "public";
    public const string Private = "private";
    public const string Restricted = "restricted";

    public static IReadOnlyList<string> Rising { get; } = [Public, Private, Restricted];

    public static bool IsKnown(string? classification) => classification is Public or Private or Restricted;

    /// <summary>Whether something classified so may be seen up to the most; what nobody knows counts as restricted, and an unknown most as nothing.</summary>
    public static bool Within(string classification, string most) => most switch
    {
        Restricted => true,
        Private => classification is Public or Private,
        Public => classification == Public,
        _ => false,
    };
}
