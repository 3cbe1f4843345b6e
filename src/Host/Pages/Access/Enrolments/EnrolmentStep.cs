using Assize.Host.Access;

namespace Assize.Host.Pages.Access.Enrolments;

/// <summary>A decision about an enrolment, in words. Keys of the pages' words.</summary>
/// <param name="Consequence">What comes of it, before it is done.</param>
public sealed record EnrolmentStep(string Name, string Heading, string Consequence, string Button, string Done)
{
    private static readonly EnrolmentStep[] s_all =
    [
        new("propose", "Propose to connect {0}", "A second platform administrator looks at everything and decides. Until then nothing is in use.", "Propose it", "Proposed. A second platform administrator has to approve."),
        new("approve", "Approve connecting {0}", "You stand for it that this is the agency and that its provider is the right one. Whoever controls that provider can become anybody of the agency.", "Approve it", "Approved. It can be put to use."),
        new("activate", "Let people of {0} sign in", "The checks run once more. Then people of the agency can sign in at once, everywhere.", "Put it to use", "People of {0} can sign in."),
        new("abandon", "Abandon connecting {0}", "It cannot be taken up again. What is in use, if anything, stays as it is.", "Abandon it", "Abandoned. Nothing that is in use was changed."),
    ];

    public bool IsWarning => Name == "abandon";

    public bool FitsTo(Enrolment item) => Name switch
    {
        "propose" => item.Stage == "checked" && item.Proved,
        "approve" => item.Stage == "proposed",
        "activate" => item.Stage == "approved",
        _ => item.IsOpen,
    };

    public static EnrolmentStep? Find(string? name) => Array.Find(s_all, step => step.Name == name);
}
