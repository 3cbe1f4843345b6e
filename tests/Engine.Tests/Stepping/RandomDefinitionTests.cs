using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Instances;
using Assize.TestKit.Definitions;
using CsCheck;
using Xunit;

namespace Assize.Engine.Tests.Stepping;

public sealed class RandomDefinitionTests(ITestOutputHelper output)
{
    [Fact]
    public void AnyDefinition_AnyStimuli_StepsTheSameTwiceAndStandsStillForAReason()
    {
        var met = new Met();

        DefinitionGenerator.Gen.Sample(
            drawn =>
            {
                var definition = DefinitionReader.Read(drawn.Json);
                Assert.Empty(Verifier.Verify(definition, TestActivities.Table.Catalog, Evaluator.Read));
                var stepper = Run(definition, drawn.Dice);
                Hold(stepper.State);
                met.Count(stepper.Notes, stepper.Effects);
            },
            iter: 150,
            threads: 1);

        output.WriteLine(met.ToString());
        Assert.True(met is { Joins: > 0, BackwardConnections: > 0, Cancellations: > 0, Children: > 0, Incidents: > 0, EarlyLeaves: > 0 }, met.ToString());
    }

    private static Stepper Run(WorkflowDefinition definition, int[] dice)
    {
        var stepper = new Stepper(definition).Start();
        foreach (var thrown in dice)
        {
            Hold(stepper.State);
            if (RandomStimuli.Next(stepper.State, thrown) is not { } body)
            {
                break;
            }
            if (body is TimerDue due)
            {
                stepper.Now = stepper.State.Waits.Single(w => w.Id == due.WaitId).Due!.Value > stepper.Now ? stepper.State.Waits.Single(w => w.Id == due.WaitId).Due!.Value : stepper.Now;
            }
            stepper.Take(body);
        }
        return stepper;
    }

    // Every wait has a running owner; nothing runs without a wait below it; an ended instance leaves nothing.
    private static void Hold(InstanceState state)
    {
        Assert.All(state.Waits, w => Assert.Equal(ActivityStatus.Running, state.Activities[w.ExecutionId].Status));
        Assert.All(state.Activities.Values, a => Assert.True(a.ParentId is null || state.Activities.ContainsKey(a.ParentId)));
        if (state.Status == InstanceStatus.Finished)
        {
            Assert.Empty(state.Activities);
            Assert.Empty(state.Waits);
            return;
        }
        var leaves = state.Activities.Values.Where(a => !state.Activities.Values.Any(c => c.ParentId == a.Id));
        Assert.All(leaves, a => Assert.True(a.Status is ActivityStatus.Faulted or ActivityStatus.Pending || state.Waits.Any(w => w.ExecutionId == a.Id)));
    }
}
