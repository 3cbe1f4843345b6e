namespace Assize.Host.Demonstration.Journey;

/// <summary>The demonstration met something that it does not expect; the message says what.</summary>
internal sealed class DemonstrationFailed(string message) : Exception(message);
