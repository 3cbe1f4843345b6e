using System.Globalization;
using Assize.Host.Api.Contracts;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Migrating;
using Assize.Workflows.Operations;
using Assize.Workflows.Rehearsing;

namespace Assize.Host.Pages.Operations;

/// <summary>Long work as people call it.</summary>
public static class OperationWords
{
    public static string Kind(string kind) => kind switch
    {
        ImportReference.Name => "Import of code lists",
        BeginRehearsal.Name => "Rehearsal of a workflow",
        ReadUploadedList.Name => "Upload of a code list",
        BeginMigration.Name => "Migration of cases",
        _ => kind,
    };

    public static string State(OperationItem item) => (item.State, item.Wish) switch
    {
        (_, OperationWish.Pause) => "Pausing",
        (_, OperationWish.Cancel) => "Being cancelled",
        (OperationState.Waiting, _) => "Waiting to begin",
        (OperationState.Running, _) => "Running",
        (OperationState.Paused, _) => "Paused",
        (OperationState.Completed, _) => "Completed",
        (OperationState.Failed, _) => "Failed",
        _ => "Cancelled",
    };

    public static string? Colour(OperationItem item) => item.State switch
    {
        OperationState.Waiting or OperationState.Paused => "yellow",
        OperationState.Running => null,
        OperationState.Completed => "green",
        OperationState.Failed => "red",
        _ => "grey",
    };

    public static string Progress(OperationItem item) => item.Total is > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{item.Done:#,0} of {item.Total:#,0} ({100 * item.Done / item.Total} %)")
        : item.Done.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>The page of what the work is about; null where it has none.</summary>
    public static (string Path, string Text)? PageOf(OperationItem item) => item.Kind switch
    {
        BeginRehearsal.Name when item.State != OperationState.Cancelled => ($"/designer/rehearsals/{item.Id}", "What the rehearsal found"),
        BeginMigration.Name => ($"/designer/migrations/{item.Id}", "Which cases moved"),
        _ => null,
    };

    public static bool IsOpen(OperationItem item) => OperationState.Open.Contains(item.State);

    public static bool IsMoving(OperationItem item) => OperationState.Runnable.Contains(item.State);
}
