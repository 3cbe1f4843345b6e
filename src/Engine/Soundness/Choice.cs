using System.Globalization;
using Assize.Engine.Stepping;

namespace Assize.Engine.Soundness;

/// <summary>The option that the next step takes where its data would decide.</summary>
/// <remarks>
/// A handler that asks for a second one in the same step halts the instance at that very call, as a fault would. The explorer reads
/// the incident and retries the call with each option: so every choice stands in a state of its own, in the engine's own order.
/// </remarks>
internal sealed class Choice
{
    /// <summary>The code of the incident that stands for an open choice; its message is the number of options.</summary>
    public const string Open = "choice-open";

    private int? _option;

    public void Give(int? option) => _option = option;

    public int Take(IStep step, int options)
    {
        if (options == 1)
        {
            return 0;
        }
        if (_option is not { } option)
        {
            step.Fault(Open, options.ToString(CultureInfo.InvariantCulture));
            return 0;
        }
        _option = null;
        return option;
    }

    /// <summary>What an answered wait leaves by: each answer brings its own option.</summary>
    public int Answer()
    {
        var option = _option ?? throw new InvalidOperationException("Expected an answer to come with its option, but it came without.");
        _option = null;
        return option;
    }
}
