using Assize.Engine.Commands;
using Assize.Workflows.Access.Grants;
using Assize.Workflows.Cases;

namespace Assize.Workflows.Access.Reviews;

internal static class Alerts
{
    /// <summary>One for the privacy officers of the beneficiary's agency and one for the owner's, with references only.</summary>
    public static void Raise(UnitSession session, AccessGrant grant, CaseFile file, DateTimeOffset due)
    {
        foreach (string agency in (string[])[.. new[] { grant.Agency, file.OwnerAgency }.Distinct()])
        {
            session.Insert(new AccessReview
            {
                Id = session.NewId(),
                UnitId = file.Id,
                GrantId = grant.Id,
                Agency = agency,
                Subject = grant.Subject,
                RaisedAt = session.RecordedAt,
                DueAt = due,
            });
        }
    }
}
