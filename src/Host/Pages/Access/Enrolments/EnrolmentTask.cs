using Assize.Host.Access;

namespace Assize.Host.Pages.Access.Enrolments;

/// <summary>One line of the task list: what, how it stands, and where it is done, if it can be done now and by this person.</summary>
/// <param name="Status">A key of the pages' words.</param>
/// <param name="Colour">Of the tag; null means done, which is written without one.</param>
public sealed record EnrolmentTask(string Name, string? Hint, string Status, string? Colour, string? Step)
{
    private const string Done = "Completed";
    private const string Later = "Cannot start yet";

    public static IReadOnlyList<EnrolmentTask> Of(Enrolment item, string reader)
    {
        var open = item.Stage is "draft" or "checked";
        var isChecked = item.Stage is not ("draft" or "abandoned");
        return
        [
            new("Check the provider", "Metadata, keys, claims and signing out, one by one", isChecked ? Done : item.Report.Count > 0 ? "Does not pass yet" : "To do", isChecked ? null : item.Report.Count > 0 ? "red" : "blue", item.Stage == "abandoned" ? null : "checks"),
            new("Have the agency sign", "Compare its key by telephone and enter what it signed", item.Proved ? Done : open ? "To do" : Later, item.Proved ? null : open ? "blue" : "grey", open ? "proof" : null),
            new("Try the sign-in", "Somebody of the agency signs in; no account is made", Tried(item), item.Test is { Passed: true } ? null : item.Test is not null ? "red" : item.Stage == "checked" ? "blue" : "grey", isChecked ? "test" : null),
            new("See the sign-out", item.LogoutOffered || !isChecked ? "The provider tells this platform that the test’s session has ended" : "This provider tells nobody when somebody signs out",
                SignedOut(item, isChecked), item.LogoutSeenAt is not null || (isChecked && !item.LogoutOffered) ? null : item.Test is { Passed: true } ? "blue" : "grey", isChecked && item.LogoutOffered ? "test" : null),
            Proposal(item),
            Approval(item, reader),
            new("Put it to use", null, item.Stage == "active" ? Done : item.Stage == "approved" ? "To do" : Later, item.Stage == "active" ? null : item.Stage == "approved" ? "blue" : "grey", item.Stage == "approved" ? "activate" : null),
        ];
    }

    private static string Tried(Enrolment item) => item.Test switch
    {
        { Passed: true } => Done,
        not null => "Did not work",
        null when item.UntestedReason is not null => "Left out, with a reason",
        null => item.Stage == "checked" ? "To do" : Later,
    };

    private static string SignedOut(Enrolment item, bool isChecked) =>
        item.LogoutSeenAt is not null ? Done : isChecked && !item.LogoutOffered ? "Not offered"
        : item.UntestedReason is not null ? "Left out, with a reason" : item.Test is { Passed: true } ? "Waiting for the provider" : Later;

    private static EnrolmentTask Proposal(Enrolment item)
    {
        var proposed = item.Stage is "proposed" or "approved" or "active";
        var ready = item.Stage == "checked" && item.Proved;
        return new("Propose it", null, proposed ? Done : ready ? "To do" : Later, proposed ? null : ready ? "blue" : "grey", ready ? "propose" : null);
    }

    private static EnrolmentTask Approval(Enrolment item, string reader)
    {
        var approved = item.Stage is "approved" or "active";
        var own = reader == item.DraftedBy || reader == item.ProposedBy;
        return item.Stage == "proposed" && own
            ? new("Approve it", "A second platform administrator does this, since you prepared or proposed it", "Waiting for somebody else", "yellow", null)
            : new("Approve it", "By a second platform administrator", approved ? Done : item.Stage == "proposed" ? "To do" : Later, approved ? null : item.Stage == "proposed" ? "blue" : "grey", item.Stage == "proposed" ? "approve" : null);
    }
}
