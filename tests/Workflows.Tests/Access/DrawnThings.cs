using Assize.Workflows.Access;
using Assize.Workflows.Exchange;
using Assize.Workflows.Intake.Submissions;
using Assize.Workflows.Storage;
using Assize.Workflows.Tasks;
using Assize.Workflows.Tests.Access.Deciding;

namespace Assize.Workflows.Tests.Access;

/// <summary>Tasks, submissions and messages of a drawn world, some of a case and some of none.</summary>
internal sealed class DrawnThings(DrawnRows world, Draws draw)
{
    public List<WorkTask> Tasks { get; } = [];

    public List<Submission> Submissions { get; } = [];

    public List<AgencyMessage> Messages { get; } = [];

    public IEnumerable<AccessTarget> Targets =>
    [
        .. Tasks.Select(x => AccessTarget.Task(x.Id)), .. Submissions.Select(x => AccessTarget.Submission(x.Id)), .. Messages.Select(x => AccessTarget.Message(x.Id)),
    ];

    public void AddTo(CaseDb db)
    {
        Tasks.AddRange(Enumerable.Range(0, 6).Select(number => Task($"{world.Number}-t{number}")));
        Submissions.AddRange(Enumerable.Range(0, 4).Select(number => Sent($"{world.Number}-s{number}")));
        Messages.AddRange(Enumerable.Range(0, 6).Select(number => Message($"{world.Number}-m{number}")));
        db.AddRange(Tasks);
        db.AddRange(Submissions);
        db.AddRange(Messages);
    }

    private string Case() => world.Cases[draw.Below(world.Cases.Count)].Id;

    private string Agency() => world.Agencies[draw.Below(world.Agencies.Count)];

    private WorkTask Task(string id)
    {
        string? caseId = draw.Below(4) == 0 ? null : Case();
        return new WorkTask
        {
            Id = id,
            UnitId = caseId ?? "u",
            CaseId = caseId,
            InstanceId = "i",
            ActivityId = "a",
            Title = "A step",
            Instructions = "",
            LaneAgency = Agency(),
            LaneRole = Roles.CaseBuilder,
            FormId = "f",
            FormVersion = 1,
            Outcomes = "[]",
            Priority = 2,
            Statutory = false,
            NotBy = "[]",
            State = TaskState.Open,
            CreatedAt = DrawnRows.Now,
        };
    }

    private Submission Sent(string id)
    {
        string sender = Agency();
        return new Submission
        {
            Id = id,
            Sender = sender,
            SentBy = "system-1",
            Authority = sender,
            Urn = id,
            MessageId = id,
            Format = "ChargeJson",
            Canonical = "{}",
            Unmapped = "{}",
            Corrections = "[]",
            Problems = "[]",
            State = SubmissionState.Pending,
            CaseId = draw.Often() ? Case() : null,
            ReceivedAt = DrawnRows.Now,
            ChangedAt = DrawnRows.Now,
        };
    }

    private AgencyMessage Message(string id) => new()
    {
        Id = id,
        CaseId = Case(),
        Agency = Agency(),
        Kind = "k",
        Payload = "{}",
        State = MessageState.Queued,
        CreatedAt = DrawnRows.Now,
        InstanceId = "i",
    };
}
