using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Instances;

namespace Assize.Engine.Stepping.Flowcharts;

/// <summary>Elsa's token engine: a followed connection carries a token, and each target's merge mode says when tokens run it.</summary>
/// <remarks>Kept in the flowchart's memory: tokens on their way, and <i>blocked</i> ones, each of which swallows one later arrival.</remarks>
internal sealed class TokenFlow(IStep step, FlowchartGraph graph)
{
    private enum MergeMode { Stream, Merge, Converge, Race, Cascade }

    private readonly List<Token> _tokens = Read(step.Memory);

    private sealed record Token(int Line, bool Blocked);

    public void Completed(ActivityState child, IReadOnlyList<string> outcomes)
    {
        var followed = graph.Outbound(child.ActivityId).Where(c => outcomes.Contains(c.SourcePort)).ToList();
        _tokens.RemoveAll(t => !t.Blocked && Enters(t, child.ActivityId));
        _tokens.AddRange(followed.Select(c => new Token(c.Index, false)));
        foreach (var connection in followed)
        {
            Arrive(connection, graph.Activities[connection.Target]);
        }
        step.Memory["tokens"] = new JsonArray([.. _tokens.Select(t => new JsonArray(t.Line, t.Blocked))]);
    }

    private void Arrive(Connection connection, ActivityNode target)
    {
        var forward = graph.ForwardInbound(target.Id);
        switch (ModeOf(target))
        {
            case MergeMode.Race:
                RunFirst(connection, target, cancels: true);
                break;
            case MergeMode.Cascade:
                RunFirst(connection, target, cancels: false);
                break;
            case MergeMode.Merge when forward.Length > 1:
                RunIf(forward.All(HasToken), target);
                break;
            case MergeMode.Converge when graph.Inbound(target.Id).Length > 1:
                RunIf(graph.Inbound(target.Id).All(HasToken), target);
                break;
            case MergeMode.Stream:
                RunIf(!forward.Any(c => _tokens.Exists(t => !t.Blocked && Enters(t, c.Source))), target);
                break;
            default:
                step.Schedule(target);
                break;
        }
    }

    private void RunIf(bool ready, ActivityNode target)
    {
        if (ready)
        {
            step.Schedule(target);
        }
    }

    private void RunFirst(Connection connection, ActivityNode target, bool cancels)
    {
        var swallows = _tokens.FindIndex(t => t.Blocked && t.Line == connection.Index);
        if (swallows >= 0)
        {
            _tokens.RemoveAt(swallows);
            _tokens.Remove(new Token(connection.Index, false));
            return;
        }
        if (cancels)
        {
            foreach (var execution in Joins.Upstream(step, graph, target.Id, pendingToo: true))
            {
                step.Cancel(execution);
                _tokens.RemoveAll(t => Leaves(t, execution.ActivityId) || (!t.Blocked && Enters(t, execution.ActivityId)));
            }
        }
        step.Schedule(target);
        _tokens.AddRange(graph.ForwardInbound(target.Id).Where(c => c != connection).Select(c => new Token(c.Index, true)));
    }

    private bool HasToken(Connection connection) => _tokens.Contains(new Token(connection.Index, false));

    private bool Enters(Token token, string activityId) => graph.Inbound(activityId).Any(c => c.Index == token.Line);

    private bool Leaves(Token token, string activityId) => graph.Outbound(activityId).Any(c => c.Index == token.Line);

    private MergeMode ModeOf(ActivityNode target) => Joins.ModeOf(step, target) switch
    {
        JoinMode.WaitAny => MergeMode.Race,
        JoinMode.WaitAll or JoinMode.WaitAllActive => MergeMode.Merge,
        _ => Enum.TryParse<MergeMode>(target.CustomProperties?.TextOf("mergeMode"), ignoreCase: true, out var mode) && Enum.IsDefined(mode) ? mode : MergeMode.Stream,
    };

    private static List<Token> Read(JsonObject memory) =>
        [.. memory.ArrayOf("tokens").Select(t => new Token(t![0]!.GetValue<int>(), t[1]!.GetValue<bool>()))];
}
