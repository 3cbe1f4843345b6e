using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Intake.Rules;

namespace Assize.Workflows.Intake.Submissions;

/// <summary>Whether an agency may prosecute in the name of an authority: only in its own.</summary>
public static class SenderAuthority
{
    public const string Code = "authority-not-yours";
    public const string Pointer = "/prosecutionSubmissionDetails/prosecutingAuthority";

    /// <summary>What is wrong and what to do; null where the agency may.</summary>
    /// <param name="takesUnlisted">Whether an authority that is listed as nobody's passes.</param>
    public static string? Problem(ReferenceData lists, bool takesUnlisted, string agency, string authority)
    {
        string? owner = Authorities.AgencyOf(lists, authority);
        if (owner == agency || (owner is null && takesUnlisted))
        {
            return null;
        }

        string shown = ProsecutionReader.Shorten(authority);
        return owner is null
            ? $"Expected a prosecuting authority that is listed as your agency's, but '{shown}' is listed as nobody's. Give your own code, or ask the platform team to list this one."
            : $"Expected a prosecuting authority of your own agency, but '{shown}' is another agency's. Give your own code, or have that agency send it.";
    }
}
