using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.Engine.Expressions;
using Assize.Engine.Instances;
using Assize.Engine.Stepping;
using Assize.Engine.Storage;
using Assize.TestKit;
using Assize.Workflows.Activities;
using Assize.Workflows.Calendars;
using Assize.Workflows.Decisions;
using Assize.Workflows.Forms;
using Assize.Workflows.Overlays;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Assize.Workflows.Tests.Paths;

/// <summary>What a case's instances were asked, in order, and what they came to; kept as a file that any later build must come to again.</summary>
internal sealed record PathHistory(IReadOnlyList<string> Reached, IReadOnlyList<PathHistory.Step> Steps)
{
    private static readonly JsonSerializerOptions s_tidy = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="State">SHA-256 of the canonical state after the step.</param>
    internal sealed record Step(string Instance, string Definition, int Version, JsonNode Stimulus, string State);

    public static PathHistory Read(string file) => JsonSerializer.Deserialize<PathHistory>(File.ReadAllText(file), s_tidy)!;

    public string Write() => JsonSerializer.Serialize(this, s_tidy);

    public static async Task<PathHistory> OfAsync(CaseDb context)
    {
        await using CaseDb db = context;
        Dictionary<string, PayloadRow> payloads = await db.Set<PayloadRow>().AsNoTracking().ToDictionaryAsync(x => x.Digest);
        List<JournalRow> rows = await db.Set<JournalRow>().AsNoTracking().OrderBy(x => x.Position).ToListAsync();
        List<Step> steps = [.. rows.Select(x => new Step(x.InstanceId, x.DefinitionId, x.DefinitionVersion, Whole(x, payloads), ""))];
        return new PathHistory([], steps).Replay();
    }

    /// <summary>Takes every stimulus again, without a database, and says where the instances came by.</summary>
    public PathHistory Replay()
    {
        Dictionary<string, InstanceState> states = [];
        SortedSet<string> reached = new(StringComparer.Ordinal);
        List<Step> again = [];
        foreach (Step step in Steps)
        {
            Stimulus stimulus = InstanceJson.ReadStimulus(step.Stimulus.ToJsonString());
            InstanceState? state = states.GetValueOrDefault(step.Instance);
            IReadOnlyDictionary<string, int> pins = stimulus.Body is Start start ? start.Pins : state!.Pins;
            Advanced advanced = Assert.IsType<Advanced>(Advance.Run(
                Graph(step.Definition, step.Version), CaseActivities.Table, state, step.Instance, stimulus, Resources(pins), ScriptTime.OfReplay()));
            states[step.Instance] = advanced.State;
            reached.UnionWith(advanced.Notes.Where(x => x.Event is "Started" or "Completed").Select(x => x.ActivityId));
            again.Add(step with { State = Digest(InstanceJson.Write(advanced.State)) });
        }
        return new PathHistory([.. reached], again);
    }

    // What the versions with overlays in kept histories are made of: published numbers say it in the database only.
    private static readonly Dictionary<(string, int), (int Baseline, string[] Overlays)> s_effective = new()
    {
        [("mags-charged", -3)] = (3, ["south-wales-police/mags-charged/1", "area-south-wales/mags-charged/1"]),
    };

    private static ExecutionGraph Graph(string id, int version) => Compiler.Compile(DefinitionReader.Read(Text(id, version)), CaseActivities.Table.Catalog);

    private static string Text(string id, int version)
    {
        if (version > 0)
        {
            return File.ReadAllText(Repository.PathOf($"definitions/{id}/{version}.json"));
        }
        (int baseline, string[] named) = s_effective[(id, version)];
        Overlay[] overlays = [.. named.Select(x => Overlay.Read(File.ReadAllText(Repository.PathOf($"definitions/overlays/{x}.json"))))];
        return EffectiveVersions.Text(MergeOverlays.Onto(DefinitionReader.Read(Text(id, baseline)), overlays).Definition, overlays, version);
    }

    private static StepResources Resources(IReadOnlyDictionary<string, int> pins) => new(pins.ToImmutableDictionary(x => x.Key, x =>
    {
        string[] key = x.Key.Split(':');
        string text = File.ReadAllText(Repository.PathOf($"definitions/{key[0]}s/{key[1]}/{x.Value}.json"));
        return key[0] switch { "form" => (object)Form.Read(text), "table" => DecisionTable.Read(text), _ => CalendarFile.Read(text) };
    }));

    private static JsonNode Whole(JournalRow row, Dictionary<string, PayloadRow> payloads)
    {
        if (row.PayloadDigest is not { } digest)
        {
            return JsonNode.Parse(row.Stimulus)!;
        }
        Stimulus stored = InstanceJson.ReadStimulus(row.Stimulus);
        JsonNode? payload = Payloads.Read(payloads[digest]);
        return JsonNode.Parse(InstanceJson.Write(stored with
        {
            Body = stored.Body switch
            {
                Start start => start with { Input = (JsonObject)payload! },
                Resume resume => resume with { Payload = payload },
                _ => throw new InvalidOperationException($"Expected a start or a resume, but {stored.Body.GetType().Name} has a payload of its own."),
            },
        }))!;
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
