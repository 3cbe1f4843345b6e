using System.Text.Json.Nodes;
using Assize.Engine.Definitions;
using Assize.TestKit.Definitions;
using CsCheck;
using Xunit;
using static Assize.TestKit.Definitions.Draw;

namespace Assize.Engine.Tests.Definitions;

public sealed class DefinitionReaderTests
{
    private const string Sample = """
        { "id": "v1", "definitionId": "sample", "name": "Sample", "version": 3, "unknown": { "kept": [1, 1.50, "é"] },
          "variables": [ { "id": "var1", "name": "Count", "typeName": "Int32", "isArray": false, "value": "5" } ],
          "inputs": [ { "type": "String", "name": "Urn" } ], "outputs": [ { "type": "String", "name": "Result" } ], "outcomes": ["Convicted"],
          "options": { "usableAsActivity": true }, "customProperties": { "Flowchart:ExecutionMode": "TokenBased" },
          "root": { "id": "flow", "type": "Elsa.Flowchart", "version": 1, "start": "a",
            "activities": [
              { "id": "a", "type": "Elsa.If", "version": 1, "name": "If1", "metadata": { "displayText": "Guilty?", "designer": { "position": { "x": 1.5, "y": -2 } } },
                "condition": { "typeName": null, "expression": { "type": "JavaScript", "value": "1 < 2" }, "memoryReference": null },
                "result": { "typeName": "Boolean", "memoryReference": { "id": "var1" } },
                "then": { "id": "inner", "type": "Elsa.Sequence", "version": 1, "activities": [ { "id": "leaf", "type": "Elsa.WriteLine", "version": 1 } ] } },
              { "id": "b", "type": "Elsa.Switch", "version": 1, "mine": "raw",
                "cases": [ { "label": "x", "condition": { "type": "Literal", "value": "True" }, "activity": { "id": "c", "type": "Vendor.Unknown", "version": 2, "payload": 7 } } ] } ],
            "connections": [ { "source": { "activity": "a", "port": null }, "target": { "activity": "b", "port": "In" }, "vertices": [ { "x": 1, "y": 2 } ] } ] } }
        """;

    [Fact]
    public void Read_EveryMember_FindsItsPlace()
    {
        var definition = DefinitionReader.Read(Sample);
        var (a, b) = (definition.Root.Children[0], definition.Root.Children[1]);

        Assert.Equal(("sample", 3, "v1", "Sample"), (definition.DefinitionId, definition.Version, definition.Id, definition.Name));
        Assert.True(definition.UsableAsActivity);
        Assert.True(definition.IsTokenBased);
        Assert.Equal(["Convicted"], definition.Outcomes);
        Assert.Equal("5", definition.Variables[0].Convert(definition.Variables[0].Value)!.ToJsonString());
        Assert.Equal(("Guilty?", "JavaScript"), (a.DisplayText, a.Inputs["condition"].Expression!.Type));
        Assert.Equal("var1", a.OutputBindings["result"].Target);
        Assert.Equal("Workflow1:flow:a:inner:leaf", a.Ports["then"].Children[0].NodeId);
        Assert.Equal("Vendor.Unknown", b.Ports["cases/0"].Type);
        Assert.False(b.Inputs["mine"].IsWrapped);
        Assert.Equal(new Connection(0, "a", "Done", "b"), Assert.Single(definition.Root.Connections));
    }

    [Fact]
    public void Write_WhatWasRead_IsTheSameDocument()
    {
        var written = DefinitionWriter.Write(DefinitionReader.Read(Sample));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Sample), JsonNode.Parse(written)));
        Assert.Equal(written, DefinitionWriter.Write(DefinitionReader.Read(written)));
        Assert.Contains("1.50", written, StringComparison.Ordinal);
    }

    [Fact]
    public void WithNodeIds_EveryActivity_HasItsPath()
    {
        var json = DefinitionWriter.WithNodeIds(DefinitionReader.Read(Sample));

        Assert.Equal("Workflow1:flow:a:inner:leaf", json["root"]!["activities"]![0]!["then"]!["activities"]![0]!["nodeId"]!.GetValue<string>());
        Assert.Equal("Workflow1:flow:b:c", json["root"]!["activities"]![1]!["cases"]![0]!["activity"]!["nodeId"]!.GetValue<string>());
        Assert.DoesNotContain("nodeId", DefinitionWriter.Write(DefinitionReader.Read(Sample)), StringComparison.Ordinal);
    }

    [Fact]
    public void Hash_IgnoresWhatAServerAssigns_AndNothingElse()
    {
        var hash = DefinitionHash.Of(Sample);
        var served = JsonNode.Parse(DefinitionWriter.WithNodeIds(DefinitionReader.Read(Sample)).ToJsonString())!.AsObject();
        served["isLatest"] = true;
        served["createdAt"] = "2026-01-01T00:00:00Z";
        served["links"] = new JsonArray();

        Assert.Equal(hash, DefinitionHash.Of(served.ToJsonString()));
        served["root"]!["activities"]![1]!["mine"] = "other";
        Assert.NotEqual(hash, DefinitionHash.Of(served.ToJsonString()));
    }

    [Theory]
    [InlineData("", "json-unreadable")]
    [InlineData("{", "json-unreadable")]
    [InlineData("[]", "json-unreadable")]
    [InlineData("""{ "definitionId": "a", "definitionId": "b", "root": {} }""", "json-unreadable")]
    [InlineData("""{ "root": { "id": "r", "type": "t", "version": 1 } }""", "definition-id-missing")]
    [InlineData("""{ "definitionId": "a" }""", "root-missing")]
    [InlineData("""{ "definitionId": "a", "version": "one", "root": { "id": "r", "type": "t", "version": 1 } }""", "version-unreadable")]
    [InlineData("""{ "definitionId": "a", "version": 1.5, "root": { "id": "r", "type": "t", "version": 1 } }""", "version-unreadable")]
    [InlineData("""{ "definitionId": "a", "root": "text" }""", "root-missing")]
    [InlineData("""{ "definitionId": "a", "root": { "type": "t", "version": 1 } }""", "id-missing")]
    [InlineData("""{ "definitionId": "a", "root": { "id": "r", "version": 1 } }""", "type-missing")]
    [InlineData("""{ "definitionId": "a", "root": { "id": "r", "type": "t", "activities": [ 5 ] } }""", "activity-unreadable")]
    [InlineData("""{ "definitionId": "a", "root": { "id": "r", "type": "t", "connections": [ { "source": "x" } ] } }""", "connection-unreadable")]
    [InlineData("""{ "definitionId": "a", "root": { "id": "r", "type": "t", "activities": [ { "id": "r", "type": "t", "version": 1 } ] } }""", "id-repeated")]
    public void Read_WhatIsNoDefinition_SaysWhatIsWrong(string json, string code)
    {
        var unreadable = Assert.Throws<DefinitionUnreadable>(() => DefinitionReader.Read(json));

        Assert.Equal(code, Assert.Single(unreadable.Problems).Code);
    }

    [Fact]
    public void Read_ProblemOfAStep_NamesTheStep()
    {
        var unreadable = Assert.Throws<DefinitionUnreadable>(() => Flow([Activity("same", "Elsa.End"), Activity("same", "Elsa.End"), new JsonObject { ["type"] = "Elsa.End", ["name"] = "Nameless" }]));

        Assert.Equal(["id-repeated", "id-missing"], unreadable.Problems.Select(p => p.Code));
        Assert.Equal("same", unreadable.Problems[0].ActivityId);
        Assert.EndsWith("activities/1", unreadable.Problems[0].Pointer, StringComparison.Ordinal);
        Assert.Contains("Nameless", unreadable.Problems[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooLargeOrTooDeep_IsRefused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200);
        var large = $$"""{ "definitionId": "a", "x": "{{new string('x', DefinitionReader.MaxBytes)}}" }""";

        Assert.Equal("json-unreadable", Assert.Throws<DefinitionUnreadable>(() => DefinitionReader.Read(deep)).Problems[0].Code);
        Assert.Equal("too-large", Assert.Throws<DefinitionUnreadable>(() => DefinitionReader.Read(large)).Problems[0].Code);
    }

    [Fact]
    public void ReadAndWrite_AnyGeneratedDefinition_LosesNothing()
    {
        DefinitionGenerator.Gen.Sample(
            drawn =>
            {
                var written = DefinitionWriter.Write(DefinitionReader.Read(drawn.Json));
                Assert.Equal(written, DefinitionWriter.Write(DefinitionReader.Read(written)));
                Assert.True(JsonNode.DeepEquals(JsonNode.Parse(drawn.Json), JsonNode.Parse(written)));
            },
            iter: 100);
    }
}
