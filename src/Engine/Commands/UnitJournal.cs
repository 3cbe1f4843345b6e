using Assize.Engine.Instances;
using Assize.Engine.Rehearsing;
using Assize.Engine.Storage;

namespace Assize.Engine.Commands;

/// <summary>The journal of a locked unit with its payloads, read with the lock.</summary>
internal sealed class UnitJournal(UnitSession session)
{
    private readonly Dictionary<string, PayloadRow> _payloads = session.Many<PayloadRow>().ToDictionary(p => p.Digest);

    public static void Load(UnitLoad load)
    {
        load.Many<JournalRow>($"t.unit_id = {load.UnitId} ORDER BY t.position");
        load.Many<PayloadRow>($"t.digest IN (SELECT j.payload_digest FROM engine_journal j WHERE j.unit_id = {load.UnitId})");
    }

    public IReadOnlyList<JournaledStimulus> Of(string instanceId) =>
        [.. session.Many<JournalRow>().Where(j => j.InstanceId == instanceId).OrderBy(j => j.Sequence).Select(Entry)];

    private JournaledStimulus Entry(JournalRow row)
    {
        Stimulus stored = InstanceJson.ReadStimulus(row.Stimulus);
        return new JournaledStimulus(row.Sequence, row.DefinitionVersion, row.PayloadDigest is { } digest ? Payloads.Join(stored, _payloads[digest]) : stored);
    }
}
