using System.Security.Cryptography;
using System.Text;
using Assize.Engine.Commands;
using Assize.Workflows.Access;
using Assize.Workflows.Cases;
using Assize.Workflows.Hearings;

namespace Assize.Workflows.Tasks;

/// <summary>What every command on a task shares: its address, what it loads with the lock, and the access check on what was loaded.</summary>
internal static class TaskRequest
{
    public static UnitCommand Of(Caller caller, string requestId, string taskId, string verb, string body, DateTimeOffset now) => new()
    {
        RequestId = requestId,
        Caller = $"{caller.ClientId}/{caller.Subject}",
        BodyDigest = Digest($"{verb} {taskId} {body}"),
        Actor = caller.Subject,
        Now = now,
        Unit = UnitAddress.ByRow("work_task", taskId),
    };

    public static void Load(UnitLoad load, Caller caller, string taskId, DateTimeOffset real)
    {
        load.One<WorkTask>("t.id = @task", ("@task", taskId));
        AccessLoad.Add(load, caller, AccessTarget.Task(taskId), real);
    }

    public static void LoadRecord(UnitLoad load, string taskId)
    {
        load.One<Defendant>("t.id = (SELECT defendant_id FROM work_task WHERE id = @task)", ("@task", taskId));
        load.One<Hearing>("t.id = (SELECT hearing_id FROM work_task WHERE id = @task)", ("@task", taskId));
        load.One<HearingDefendant>(
            "t.hearing_id = (SELECT hearing_id FROM work_task WHERE id = @task) AND t.defendant_id = (SELECT defendant_id FROM work_task WHERE id = @task)",
            ("@task", taskId));
    }

    /// <summary>Null where the caller may; somebody who may not know of the task is told that there is none.</summary>
    public static Rejection? Check(UnitSession session, IAccessEvaluator access, Caller caller, string action, string taskId)
    {
        AccessDecision decision = access.Decide(caller, action, AccessTarget.Task(taskId), AccessLoad.Facts(session));
        return decision.Allowed ? null : Refusal(decision);
    }

    public static Rejection Refusal(AccessDecision decision) => decision.LooksAbsent
        ? new Rejection(AccessCodes.NotFound, "Expected something that you may see, but there is none of that id.")
        : new Rejection(decision.Code, decision.Reason);

    public static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
