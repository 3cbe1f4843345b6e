namespace Assize.Host.Tests.Designer.Routes;

/// <summary>Whom a route is for.</summary>
public enum Door
{
    /// <summary>People who may look at definitions; a privacy officer may not.</summary>
    Look,

    /// <summary>Whoever may see the case; a solicitor of another firm is answered as if there were none.</summary>
    Seen,

    /// <summary>Process owners; a lawyer looks and does nothing.</summary>
    Draw,
}

/// <summary>A request, and how it is answered. What stands in braces is made by the test.</summary>
/// <param name="Part">A part of what the answer says, in its body or beside it.</param>
internal sealed record StudioQuestion(string Path, int Status, string Part, string? Body = null);

/// <summary>A route of the running host, as stock Studio uses it.</summary>
/// <param name="Unknown">The same of what is not there; null where a reason says why nothing can be missing.</param>
internal sealed record StudioRoute(string Method, string Pattern, Door Door, StudioQuestion Asked, StudioQuestion? Unknown, string Because = "")
{
    public string Name => $"{Method} {Pattern}";

    public bool IsOfAnInstance => Asked.Path.Contains("{instance}", StringComparison.Ordinal) || Asked.Path.Contains("{execution}", StringComparison.Ordinal)
        || Asked.Body?.Contains("{instance}", StringComparison.Ordinal) == true;
}
