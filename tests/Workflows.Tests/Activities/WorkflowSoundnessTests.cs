using Assize.Engine.Soundness;
using Assize.TestKit;
using Assize.Workflows.Activities;
using Assize.Workflows.Storage;
using Xunit;

namespace Assize.Workflows.Tests.Activities;

public sealed class WorkflowSoundnessTests
{
    private static readonly IReadOnlyList<DefinitionFile> s_files = DefinitionFiles.Read(Repository.PathOf("definitions"));

    [Fact]
    public void OurDefinitions_AreSound_ButForThoseOlderThanTheRule()
    {
        foreach ((DefinitionFile file, SoundnessVerdict verdict) in PublishDefinitions.Soundness(s_files, _ => true))
        {
            bool isOlder = WorkflowSoundness.IsOlderThanTheRule(file.Id, file.Version);
            Assert.True(verdict.Kind == (isOlder ? SoundnessKind.Unsound : SoundnessKind.Sound), $"{file.Path} is {verdict.Kind}: {verdict.Reason}{string.Join(" ", verdict.Findings.Select(x => x.Message))}");
        }
    }
}
