using Assize.Engine.Definitions;
using Assize.Engine.Stepping;

namespace Assize.Engine.Soundness;

/// <summary>The workflows that one definition waits for, and those that they wait for: each explored on its own, and for the others only whether it can end.</summary>
internal sealed class Family
{
    /// <summary>More workflows than this that wait for each other are not looked at.</summary>
    public const int Most = 40;

    /// <summary>All of them together take no more steps than so many alone.</summary>
    private const int Together = 4;

    private readonly ActivityTable _table;
    private readonly Func<string, int?, WorkflowDefinition?> _find;
    private readonly SoundnessBounds _bounds;
    private readonly Dictionary<string, WorkflowDefinition> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FreeWorkflow> _workflows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Ending, Explorer Explorer)> _explored = new(StringComparer.Ordinal);
    private int _steps;

    public Family(WorkflowDefinition head, ActivityTable table, Func<string, int?, WorkflowDefinition?> find, SoundnessBounds bounds)
    {
        (_table, _find, _bounds) = (table, find, bounds);
        Gather(head);
        // Whoever can end once the others are known to: until no more are found. One that only waits for itself is never among them.
        for (var found = true; found && !IsTooLarge;)
        {
            found = false;
            foreach (var member in _members.Values.Reverse().Where(m => !_ending.Contains(m.DefinitionId)).ToList())
            {
                // Of one that was not looked at to the end nothing is said, and the verdict is unknown.
                var explorer = Explore(member);
                found |= (explorer.Space.HasEnded || explorer.Unfinished is not null) && _ending.Add(member.DefinitionId);
            }
        }
    }

    public bool IsTooLarge => _members.Count > Most;

    /// <summary>The workflows behind the first, in the order in which they are met.</summary>
    public IEnumerable<WorkflowDefinition> Children => _members.Values.Skip(1);

    /// <summary>False where the workflow is known, and can come to no end.</summary>
    public bool CanEnd(string? workflow) => workflow is null || !_members.ContainsKey(workflow) || _ending.Contains(workflow);

    /// <summary>Explores a member, unless it was explored already and no more of those that it waits for are known to end since.</summary>
    public Explorer Explore(WorkflowDefinition member)
    {
        var ending = _workflows[member.DefinitionId].Awaited.Count(CanEnd);
        if (!_explored.TryGetValue(member.DefinitionId, out var known) || known.Ending != ending)
        {
            _explored[member.DefinitionId] = known = (ending, ExploreAnew(member));
        }
        return known.Explorer;
    }

    // However many there are, and however often each has to be explored: together they take no more than a few alone.
    private Explorer ExploreAnew(WorkflowDefinition member)
    {
        var workflow = _workflows[member.DefinitionId];
        var explorer = new Explorer(workflow, _bounds with { Steps = Math.Min(_bounds.Steps, (Together * _bounds.Steps) - _steps) }, new Reduction(workflow));
        if (workflow.Unprovable is null)
        {
            explorer.Run();
        }
        _steps += explorer.Effort.Steps;
        return explorer;
    }

    private void Gather(WorkflowDefinition member)
    {
        if (IsTooLarge || !_members.TryAdd(member.DefinitionId, member))
        {
            return;
        }
        var workflow = _workflows[member.DefinitionId] = new FreeWorkflow(member, _table, _find, CanEnd);
        foreach (var child in workflow.Awaited)
        {
            if (_find(child, null) is { } definition)
            {
                Gather(definition);
            }
        }
    }
}
