using System.Globalization;
using Assize.Engine.Definitions;
using Assize.Workflows.Activities;
using Assize.Workflows.Cases;
using Assize.Workflows.Releasing;

namespace Assize.Workflows.Storage;

/// <summary>Releases of the versions that come with the software: for every case, from the day that the file names, or the day on which they come.</summary>
internal static class BuildReleases
{
    private const string Software = "The software";

    public static async Task EnterAsync(CaseDb db, IEnumerable<DefinitionFile> added, DateTimeOffset now, DateTimeOffset business, CancellationToken ct)
    {
        foreach (IGrouping<string, DefinitionFile> workflow in added.GroupBy(x => x.Id))
        {
            ReleaseBook book = await ReleaseBook.OpenAsync(db, workflow.Key, ct);
            // Into an empty database the versions come together: the newest is what all cases take, and the one before it what it can be returned to.
            bool isNew = book.IsEmpty;
            int newest = book.Plan.Releases.Select(x => x.Version).DefaultIfEmpty().Max();
            foreach (DefinitionFile file in workflow.Where(x => x.Version > newest).OrderBy(x => x.Version))
            {
                DateOnly? from = EffectiveFrom(DefinitionReader.Read(file.Text));
                ReleaseAsked asked = new(
                    file.Version, new ReleaseTerms { From = from, TakesPlace = true }, null, null, Software, Software, now, HasNoStart: isNew && from is null);
                if (book.Enter(asked, London.Day(business)).Refusal is { } refusal)
                {
                    throw new InvalidOperationException($"Expected {file.Path} to be released, but: {refusal}");
                }
            }
            await PublishedVersions.BeginAsync(db, workflow.Key, book.Plan, business, ct);
        }
    }

    private static DateOnly? EffectiveFrom(WorkflowDefinition definition) =>
        DateOnly.TryParseExact((definition.Json["customProperties"] as System.Text.Json.Nodes.JsonObject)?.TextOf("effectiveFrom"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? day
            : null;
}
