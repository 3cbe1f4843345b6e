using Assize.Workflows.Access;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Releasing;

/// <summary>Whether the terms of a release name what exists, and what there is to name.</summary>
public sealed class TermsCheck(ReferenceStore reference)
{
    private const string Police = "police";

    /// <summary>The terms with the area of their court, and what is wrong with them by field.</summary>
    public async Task<(ReleaseTerms Terms, IReadOnlyList<TermsProblem> Problems)> RunAsync(CaseDb db, ReleaseTerms terms, CancellationToken ct)
    {
        ReleaseChoices choices = await ChoicesAsync(db, ct);
        ReleaseCourt? court = choices.Courts.FirstOrDefault(x => x.Code == terms.Court);
        List<TermsProblem> problems = [];
        Require(terms.Court is null || court is not null, "court", $"Choose a court of the list: there is no “{terms.Court}”");
        Require(terms.Area is null || choices.Areas.Contains(terms.Area), "area", $"Choose an area of the list: there is no “{terms.Area}”");
        Require(court is null || terms.Area is null || court.Area == terms.Area, "court", $"{court?.Name} is in {court?.Area}. Choose that area, or leave the area open");
        Require(terms.Force is null || choices.Forces.Any(x => x.Id == terms.Force), "force", $"Choose a force of the list: there is no “{terms.Force}”");
        Require(terms.Share is >= 0 and <= 100, "share", "Enter how many of 100 new cases take it, from 1 to 100");
        Require(terms.IncidentLimit is null or (>= 1 and <= 10_000), "incidents", "Enter a number of cases from 1 to 10000, or leave it empty");
        Require(terms.LateLimit is null or (>= 1 and <= 10_000), "late", "Enter a number of cases from 1 to 10000, or leave it empty");
        // A court lies in its area, so that a release for the court is narrower than one for the area.
        return (terms with { Area = court?.Area ?? terms.Area }, problems);

        void Require(bool holds, string field, string message)
        {
            if (!holds)
            {
                problems.Add(new TermsProblem(field, message));
            }
        }
    }

    public async Task<ReleaseChoices> ChoicesAsync(CaseDb db, CancellationToken ct)
    {
        ReferenceData lists = await reference.CurrentAsync(db, ct);
        List<ReleaseCourt> courts = [.. lists.List(ReferenceLists.Court).GroupBy(x => x.Code).Select(x => x.Last())
            .Select(x => new ReleaseCourt(x.Code, x.Text("name") ?? x.Code, x.Text("area") ?? "")).OrderBy(x => x.Name, StringComparer.Ordinal)];
        List<ReleaseForce> forces = await db.Set<Agency>().Where(x => x.Kind == Police).OrderBy(x => x.Name).Select(x => new ReleaseForce(x.Id, x.Name)).ToListAsync(ct);
        return new ReleaseChoices([.. courts.Select(x => x.Area).Where(x => x.Length > 0).Distinct().Order(StringComparer.Ordinal)], courts, forces);
    }
}

public sealed record TermsProblem(string Field, string Message);

/// <summary>What a release can be for.</summary>
public sealed record ReleaseChoices(IReadOnlyList<string> Areas, IReadOnlyList<ReleaseCourt> Courts, IReadOnlyList<ReleaseForce> Forces)
{
    /// <summary>Those that a release within the scope can name.</summary>
    public ReleaseChoices Within(ReleaseScope scope) => new(
        [.. Areas.Where(x => scope.Area is null || x == scope.Area)],
        [.. Courts.Where(x => scope.Area is null || x.Area == scope.Area)],
        [.. Forces.Where(x => scope.Force is null || x.Id == scope.Force)]);
}

public sealed record ReleaseCourt(string Code, string Name, string Area);

public sealed record ReleaseForce(string Id, string Name);
