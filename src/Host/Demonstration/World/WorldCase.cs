namespace Assize.Host.Demonstration.World;

/// <summary>One case of the small world: when its charge came, who is charged, and how far people have taken it.</summary>
/// <param name="DaysAgo">When the charge was received.</param>
/// <param name="Steps">How many tasks people have done at most; a hearing that is still to come stops them earlier.</param>
/// <param name="Prefer">Outcomes chosen where a task offers them; the drawn main road otherwise.</param>
internal sealed record WorldCase(string Urn, int DaysAgo, int Steps, ChargedPerson[] People, params string[] Prefer)
{
    private const int Everything = 40;

    private static readonly ChargedOffence ShopTheft = new("TH68010", "Church Street, Liverpool", "On the date shown stole cosmetics to the value of £84 belonging to a shop.");
    private static readonly ChargedOffence Beating = new("CJ88116", "Seel Street, Liverpool", "On the date shown assaulted another by beating them.");
    private static readonly ChargedOffence Drunk = new("CJ67002", "Mathew Street, Liverpool", "On the date shown was guilty, while drunk, of disorderly behaviour in a public place.");
    private static readonly ChargedOffence Robbery = new("TH68023", "Edge Lane, Liverpool", "On the date shown robbed another of a mobile telephone.");
    private static readonly ChargedOffence Damage = new("CD71039", "Smithdown Road, Liverpool", "On the date shown without lawful excuse damaged a window to the value of £300 belonging to another.");
    private static readonly ChargedOffence Words = new("PU86116", "Lime Street, Liverpool", "On the date shown used threatening words within the sight of a person likely to be caused alarm.");
    private static readonly ChargedOffence Cannabis = new("MD71530", "Bold Street, Liverpool", "On the date shown had in their possession a quantity of cannabis.");
    private static readonly ChargedOffence Blade = new("CJ88144", "Park Road, Liverpool", "On the date shown had with them in a public place a kitchen knife.");
    private static readonly ChargedOffence Mistyped = new("XX99999", "Wood Street, Liverpool", "On the date shown used a bicycle without the owner's consent.");

    public static IReadOnlyList<WorldCase> All { get; } =
    [
        new("05AA0000126", 0, 0, [Adult("Mia", "Roscoe", 2, 1999, Mistyped)]),
        new("05AA0000226", 1, 0, [Adult("Stephen", "Aldcroft", 1, 1988, ShopTheft)]),
        new("05AA0000326", 2, 1, [Adult("Leanne", "Fairhurst", 2, 1991, Drunk)]),
        new("05AB0000426", 4, 2, [Adult("Yusuf", "Darwish", 1, 1983, Damage), Adult("Karl", "Damsell", 1, 1985, Damage)]),
        new("05AB0000526", 6, 4, [Adult("Bridget", "Tarleton", 2, 1976, Beating)]),
        new("05AB0000626", 10, Everything, [Adult("Kofi", "Mensah-Hale", 1, 1995, Cannabis)]),
        new("05AC0000726", 20, 5, [Adult("Joan", "Speke", 2, 1967, Words)]),
        new("05AC0000826", 24, Everything, [Adult("Dean", "Ormerod", 1, 1990, Robbery)], "IndictableOnly", "Sent"),
        new("05AC0000926", 28, Everything, [Adult("Wesley", "Garston", 1, 1997, Blade)], "Absent", "Warrant"),
        new("05AD0001026", 33, Everything, [Adult("Hollie", "Wavertree", 2, 2001, Beating)], "NotGuilty", "TrialListed", "Adjourned"),
        new("05AD0001126", 30, Everything, [Adult("Gareth", "Penlake", 1, 1979, ShopTheft)], "Discontinue", "Approved"),
        new("05AD0001226", 45, Everything, [Adult("Tamsin", "Crosby-Lyle", 2, 1986, Drunk)]),
    ];

    private static ChargedPerson Adult(string forename, string surname, int gender, int year, ChargedOffence offence) =>
        new(forename, surname, new DateOnly(year, 3, 14), gender, $"{year % 90} Harbour Row", [offence]);
}
