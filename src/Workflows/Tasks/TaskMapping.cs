using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Tasks;

public static class TaskMapping
{
    public static void Configure(ModelBuilder model) => model.Entity<WorkTask>(task =>
    {
        task.ToTable("work_task").HasKey(x => x.Id);
        task.HasIndex(x => x.CaseId).HasDatabaseName("ix_work_task_case");
        task.HasIndex(x => x.UnitId).HasDatabaseName("ix_work_task_unit");
        task.HasIndex(x => new { x.LaneAgency, x.State, x.DueAt, x.Id }).HasDatabaseName("ix_work_task_lane");
        task.HasIndex(x => new { x.Assignee, x.State, x.DueAt, x.Id }).HasDatabaseName("ix_work_task_assignee");
    });
}
