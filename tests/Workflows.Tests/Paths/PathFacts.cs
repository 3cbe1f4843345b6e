using System.Text.Json.Nodes;
using Assize.Workflows.Cases;

namespace Assize.Workflows.Tests.Paths;

/// <summary>Made-up cases to send down the path.</summary>
internal static class PathFacts
{
    public static NewCase Case(params NewDefendant[] defendants) => new(
        "05AA0001226", "merseyside-police", "0050000", "B05PK00", "Liverpool Magistrates' Court", "merseyside", new DateOnly(2026, 3, 2),
        new DateOnly(2026, 3, 16), CaseAgencies.For("merseyside-police", "B05PK00"), defendants);

    public static NewDefendant Defendant(string name, params NewOffence[] offences) => new(name, false, "U", new JsonObject { ["surname"] = name }, offences);

    public static NewOffence Theft(int sequence = 1, decimal? value = 150) =>
        new(sequence, "TH68010", "Theft from a shop", "Stole goods from a shop.", "either-way", new DateOnly(2026, 2, 27), [], value);

    public static NewOffence Assault(int sequence = 1) =>
        new(sequence, "CJ88001", "Common assault", "Assaulted a person by beating.", "summary", new DateOnly(2026, 2, 27), []);

    public static NewOffence Burglary(int sequence = 1) =>
        new(sequence, "TH68036", "Burglary of a dwelling", "Entered a dwelling as a trespasser and stole.", "either-way", new DateOnly(2026, 2, 27), []);

    public static NewOffence Robbery(int sequence = 1) =>
        new(sequence, "TH68023", "Robbery", "Robbed a person of a telephone.", "indictable-only", new DateOnly(2026, 2, 27), []);
}
