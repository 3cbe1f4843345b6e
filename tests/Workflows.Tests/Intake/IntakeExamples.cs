using System.Text;
using System.Text.Json.Nodes;
using Assize.TestKit;
using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Reference;
using Assize.Workflows.Intake.Rules;

namespace Assize.Workflows.Tests.Intake;

/// <summary>The synthetic messages of this folder, and short ways to read and check them.</summary>
internal static class IntakeExamples
{
    /// <summary>The day on which our own examples are sent.</summary>
    public static DateOnly Day { get; } = new(2026, 7, 6);

    public static byte[] ChargeBytes { get; } = File.ReadAllBytes(PathOf("charge.json"));

    public static byte[] PoliceBytes { get; } = File.ReadAllBytes(PathOf("new-case.xml"));

    public static JsonObject Charge() => JsonNode.Parse(ChargeBytes)!.AsObject();

    public static string Police() => Encoding.UTF8.GetString(PoliceBytes);

    public static ReadProsecution Read(byte[] received, SubmissionFormat format, IntakeLimits? limits = null) =>
        ProsecutionReader.Read(received, format, limits ?? IntakeLimits.Default);

    public static ReadProsecution ReadPolice(string xml) => Read(Encoding.UTF8.GetBytes(xml), SubmissionFormat.PoliceXml);

    public static IReadOnlyList<Problem> Check(JsonObject canonical, SubmissionFormat format = SubmissionFormat.ChargeJson, DateOnly? day = null, ReferenceData? reference = null) =>
        ChargeRules.Check(new ChargeContext(new Charge(canonical), format, day ?? Day, reference ?? EmbeddedReference.Data));

    /// <summary>The example charge with one value set, or removed where it is null.</summary>
    public static JsonObject With(string pointer, JsonNode? value)
    {
        JsonObject charge = Charge();
        if (!JsonPointer.TrySet(charge, pointer, value))
        {
            throw new ArgumentException($"Expected a place in the example, but '{pointer}' leads to none.", nameof(pointer));
        }

        return charge;
    }

    private static string PathOf(string name) => Repository.PathOf($"tests/Workflows.Tests/Intake/Examples/{name}");
}
