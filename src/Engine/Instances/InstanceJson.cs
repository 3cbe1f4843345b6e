using System.Text.Json.Nodes;

namespace Assize.Engine.Instances;

/// <summary>Canonical JSON of states and stimuli: sorted members, no white space, equal values give equal bytes.</summary>
public static class InstanceJson
{
    public static string Write(InstanceState state) => throw new NotImplementedException(state.Id);
    public static InstanceState ReadState(string json) => throw new NotImplementedException(json);
    public static string Write(Stimulus stimulus) => throw new NotImplementedException(stimulus.RequestId);
    public static Stimulus ReadStimulus(string json) => throw new NotImplementedException(json);
    public static JsonObject ToJson(InstanceState state) => throw new NotImplementedException(state.Id);
    public static InstanceState FromJson(JsonObject state) => throw new NotImplementedException(state.ToJsonString());
}
