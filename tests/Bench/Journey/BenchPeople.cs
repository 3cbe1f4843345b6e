using Assize.Workflows.Access;
using Assize.Workflows.Storage;

namespace Assize.Bench.Journey;

/// <summary>One person for every role and one system for every agency, written to the read copy of the directory.</summary>
internal static class BenchPeople
{
    private static readonly DateTimeOffset Since = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly (string Agency, string Kind, string[] Roles)[] Lanes =
    [
        ("merseyside-police", "police", ["case-builder", "officer-in-case", "warrants-officer"]),
        ("cps-mersey-cheshire", "prosecutor", ["paralegal-officer", "reviewing-lawyer", "advocate"]),
        ("liverpool-magistrates", "court", ["listing-officer", "court-administrator", "legal-adviser"]),
        ("harbour-defence", "defence", ["solicitor"]),
        ("hmcts-enforcement", "court", []),
    ];

    public static async Task WriteAsync(CaseDb db)
    {
        foreach (var (agency, kind, roles) in Lanes)
        {
            db.Add(new Agency { Id = agency, Kind = kind, Name = agency, Status = DirectoryStatus.Active });
            foreach (var role in roles)
            {
                Add(db, Holder(agency, role), isSystem: false, role);
            }

            Add(db, System(agency), isSystem: true, "case-system");
        }

        await db.SaveChangesAsync();
    }

    public static Caller Holder(string agency, string role) => new($"{role}@{agency}", agency, [role], role, false, "bench");

    public static Caller System(string agency) => new($"{agency}-case-system", agency, ["case-system"], agency, true, $"{agency}-case-system");

    private static void Add(CaseDb db, Caller caller, bool isSystem, string role)
    {
        db.Add(new Person { Subject = caller.Subject, Name = caller.DisplayName, Agency = caller.Agency, IsSystem = isSystem, Status = DirectoryStatus.Active });
        db.Add(new HomeRole { Subject = caller.Subject, Role = role, Agency = caller.Agency, From = Since });
    }
}
