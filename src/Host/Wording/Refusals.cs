using Assize.Engine.Commands;
using Assize.Workflows.Access;

namespace Assize.Host.Wording;

/// <summary>Why a command was refused, said to the person on the page: what happened, what was kept, what to do.</summary>
internal static class Refusals
{
    public static string Say(CommandAnswer answer) => answer is not Refused refused
        ? "This page was used before. Check your answers and send them again."
        : refused.Code switch
        {
            "task-completed" => "Somebody has completed this task already. Nothing was changed.",
            "task-cancelled" => "The case has gone on without this task. Nothing was changed.",
            "too-early" => "This task cannot be completed before the day of its hearing. Nothing was changed; your answers are below.",
            "not-claimed" => "Nobody has taken this task, so it cannot be given back.",
            "not-completed" => "This task is not completed, so there is nothing to take back.",
            "acted-since" => "The case has moved on since this was completed, so it cannot be taken back. Use a step of the case to put it right.",
            "message-delivered" => "An agency has received a message about this, so it cannot be taken back. Use a step of the case to put it right.",
            "submission-went-on" => "What this task corrected has gone on. Correct it again if it asks, or close its case as opened in error.",
            "case-ended" => "This case has ended already. Nothing was changed.",
            AccessCodes.WrongLane => "This task is for a role or an agency that is not yours. Nothing was changed.",
            AccessCodes.RoleMissing => "Your roles do not allow this. Nothing was changed. If you need it for your work, ask whoever looks after roles in your agency.",
            AccessCodes.SamePerson => "You did the step that this one checks, so somebody else must do this one.",
            AccessCodes.HeldByOther => "Somebody else has taken this task. Nothing was changed; they can give it back.",
            _ => refused.Message,
        };
}
