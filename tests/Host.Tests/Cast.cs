using System.Globalization;
using System.Security.Claims;
using Assize.Workflows.Access;
using Assize.Workflows.Drafting.Rights;
using Assize.Workflows.Storage;

namespace Assize.Host.Tests;

/// <summary>The people of these tests: one for each lane they use, one without a role, and the police's system.</summary>
internal static class Cast
{
    public const string Lawyer = "lena@cps";
    public const string Paralegal = "paul@cps";
    public const string CourtAdministrator = "ada@court";
    public const string OtherAdministrator = "olga@court";
    public const string CaseBuilder = "cas@police";
    public const string ProcessOwner = "polly@court";
    public const string SecondOwner = "otto@court";
    public const string ThirdOwner = "tess@court";

    /// <summary>Process owners of the police, who may draft what is their force's.</summary>
    public const string ForceOwner = "frida@police";
    public const string SecondForceOwner = "fergus@police";

    /// <summary>A process owner without any drafting right.</summary>
    public const string RightlessOwner = "nell@cps";
    public const string Roleless = "rolf@cps";

    /// <summary>Holds no standing role; what they may do comes from roles on cases.</summary>
    public const string OnOneCase = "olive@cps";

    /// <summary>A defence solicitor of a firm that takes part in no case.</summary>
    public const string Stranger = "sam@elsewhere";

    /// <summary>A solicitor of the same firm, whom no test gives access to anything.</summary>
    public const string Newcomer = "nia@elsewhere";

    /// <summary>Asks for erasures and reads the audit log of the police.</summary>
    public const string PrivacyOfficer = "pru@police";

    /// <summary>Administers the police's people.</summary>
    public const string AgencyAdmin = "abe@police";

    /// <summary>A second one of the police, and of the platform.</summary>
    public const string SecondAgencyAdmin = "ali@police";
    public const string SecondPlatformAdmin = "piet@platform";

    /// <summary>Reads the audit log of the prosecutors.</summary>
    public const string OtherPrivacyOfficer = "pat@cps";

    /// <summary>Sponsors and consents to access for the police.</summary>
    public const string Approver = "april@police";

    /// <summary>A second one of the police's case team.</summary>
    public const string Officer = "oli@police";

    /// <summary>Sponsors for the stranger's firm.</summary>
    public const string OtherApprover = "ava@elsewhere";

    /// <summary>Administers the prosecutors' people.</summary>
    public const string OtherAdmin = "amy@cps";

    /// <summary>Enrols agencies.</summary>
    public const string PlatformAdmin = "pia@platform";

    /// <summary>Prosecutors of another area than the cases of these tests.</summary>
    public const string FarLawyer = "fay@cps";
    public const string LateLawyer = "lee@cps";
    public const string PoliceSystem = "police-system";

    private static readonly string[] s_elsewhere = [FarLawyer, LateLawyer];

    private static readonly (string Subject, string Name, string Agency, string? Role)[] s_people =
    [
        (Lawyer, "Lena Ash", "cps-mersey-cheshire", Roles.ReviewingLawyer),
        (Paralegal, "Paul Birch", "cps-mersey-cheshire", Roles.ParalegalOfficer),
        (CourtAdministrator, "Ada Cedar", "liverpool-magistrates", Roles.CourtAdministrator),
        (OtherAdministrator, "Olga Juniper", "liverpool-magistrates", Roles.CourtAdministrator),
        (CaseBuilder, "Cas Dogwood", "merseyside-police", Roles.CaseBuilder),
        (ProcessOwner, "Polly Gorse", "liverpool-magistrates", Roles.ProcessOwner),
        (SecondOwner, "Otto Hazel", "liverpool-magistrates", Roles.ProcessOwner),
        (ThirdOwner, "Tess Willow", "liverpool-magistrates", Roles.ProcessOwner),
        (ForceOwner, "Frida Alder", "merseyside-police", Roles.ProcessOwner),
        (SecondForceOwner, "Fergus Aspen", "merseyside-police", Roles.ProcessOwner),
        (RightlessOwner, "Nell Beech", "cps-mersey-cheshire", Roles.ProcessOwner),
        (SecondAgencyAdmin, "Ali Bay", "merseyside-police", Roles.AgencyAdmin),
        (SecondPlatformAdmin, "Piet Box", "harbour-defence", Roles.PlatformAdmin),
        (Roleless, "Rolf Elm", "cps-mersey-cheshire", null),
        (OnOneCase, "Olive Pine", "cps-mersey-cheshire", null),
        (Stranger, "Sam Fir", "elsewhere-defence", Roles.Solicitor),
        (Newcomer, "Nia Holly", "elsewhere-defence", Roles.Solicitor),
        (PrivacyOfficer, "Pru Gorse", "merseyside-police", Roles.PrivacyOfficer),
        (AgencyAdmin, "Abe Hazel", "merseyside-police", Roles.AgencyAdmin),
        (OtherPrivacyOfficer, "Pat Ivy", "cps-mersey-cheshire", Roles.PrivacyOfficer),
        (Approver, "April Juniper", "merseyside-police", Roles.AccessApprover),
        (Officer, "Oli Rowan", "merseyside-police", Roles.OfficerInCase),
        (OtherApprover, "Ava Oak", "elsewhere-defence", Roles.AccessApprover),
        (OtherAdmin, "Amy Larch", "cps-mersey-cheshire", Roles.AgencyAdmin),
        (PlatformAdmin, "Pia Maple", "harbour-defence", Roles.PlatformAdmin),
        (FarLawyer, "Fay Elder", "cps-mersey-cheshire", Roles.ReviewingLawyer),
        (LateLawyer, "Lee Yew", "cps-mersey-cheshire", Roles.ReviewingLawyer),
        (PoliceSystem, "Police case system", "merseyside-police", Roles.CaseSystem),
    ];

    public static void Add(CaseDb db)
    {
        (string Id, string Kind)[] agencies =
            [("cps-mersey-cheshire", "prosecutor"), ("liverpool-magistrates", "court"), ("merseyside-police", "police"), ("harbour-defence", "defence"), ("elsewhere-defence", "defence")];
        db.AddRange(agencies.Select(agency => new Agency { Id = agency.Id, Kind = agency.Kind, Name = agency.Id, Status = DirectoryStatus.Active }));
        db.AddRange(s_people.Select(person => new Person
        {
            Subject = person.Subject,
            Name = person.Name,
            Agency = person.Agency,
            IsSystem = person.Subject == PoliceSystem,
            Status = DirectoryStatus.Active,
        }));
        db.AddRange(s_people.Where(person => person.Role is not null)
            .Select(person => new HomeRole
            {
                Subject = person.Subject,
                Role = person.Role!,
                Agency = person.Agency,
                Area = s_elsewhere.Contains(person.Subject) ? "99" : null,
                From = DateTimeOffset.UnixEpoch,
            }));
        db.AddRange(s_people.Where(person => person.Role == Roles.ProcessOwner && person.Subject != RightlessOwner).Select(person => DraftingRight.First(
            person.Subject, person.Agency == "merseyside-police" ? DefinitionOwner.OfAgency(person.Agency) : DefinitionOwner.National, DateTimeOffset.UnixEpoch, "The tests", "Tests")));
    }

    public static ClaimsPrincipal? Principal(string subject)
    {
        var person = s_people.SingleOrDefault(person => person.Subject == subject);
        return person.Subject is null ? null : new ClaimsPrincipal(new ClaimsIdentity(
        [
            new Claim("sub", subject), new Claim("name", person.Name), new Claim("agency", person.Agency), new Claim("roles", person.Role ?? "none"),
            new Claim("client_id", subject == PoliceSystem ? PoliceSystem : "tests"),
            new Claim("acr", "2"), new Claim("auth_time", DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ], "header"));
    }
}
