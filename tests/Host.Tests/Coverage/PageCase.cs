namespace Assize.Host.Tests.Coverage;

/// <summary>The five tests that every page owes.</summary>
public enum PageCase
{
    /// <summary>Nobody is signed in, or somebody who holds no role: 401 or 403.</summary>
    NoRole,

    /// <summary>Somebody whose role or agency does not open it, or may look and not do: 403, 404 or 409.</summary>
    WrongRole,

    /// <summary>What the address names does not exist: 404.</summary>
    UnknownId,

    /// <summary>What the page asks for cannot be done as things are, or not with what was sent: refused, led elsewhere, or not offered.</summary>
    WrongState,

    /// <summary>It does what it is for: shown, or done and led on.</summary>
    HappyPath,
}
