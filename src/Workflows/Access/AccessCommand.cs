using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Assize.Engine.Commands;
using Assize.Workflows.Access.Deciding;

namespace Assize.Workflows.Access;

/// <summary>What every command about access shares: its request, who may give it, and how it says no. Access lives by the real clock.</summary>
internal static class AccessCommand
{
    public static Rejection Absent { get; } = new(AccessCodes.NotFound, "Expected something that you may see, but there is none of that id.");

    public static Rejection NotOwner { get; } = new("not-owner", "Expected somebody of the agency that owns the case. Nothing was changed.");

    public static Rejection SamePerson { get; } =
        new(AccessCodes.SamePerson, "Expected another person than the one it is for or the one who asked, and a second account does not count. Nothing was changed.");

    public static UnitCommand Of(Caller caller, string requestId, UnitAddress unit, string body, DateTimeOffset real) => new()
    {
        RequestId = requestId,
        Caller = $"{caller.ClientId}/{caller.Subject}",
        BodyDigest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))),
        Actor = caller.Subject,
        Now = real,
        Unit = unit,
    };

    /// <summary>A case by the reference that people write.</summary>
    public static UnitAddress Case(string urn) => UnitAddress.ByColumn("case_file", "urn", urn);

    /// <summary>What is about a person and no case.</summary>
    public static UnitAddress Person(string subject) => UnitAddress.New($"access:{subject}");

    /// <summary>Null where the gates allow it.</summary>
    public static Rejection? Refusal(IAccessEvaluator access, Caller caller, string action, AccessFacts facts, AccessTarget? target = null) =>
        access.Decide(caller, action, target ?? AccessTarget.Case(facts.Case?.Id ?? ""), facts) is { Allowed: false } decision ? Said(decision) : null;

    public static Rejection Said(AccessDecision decision) => decision.LooksAbsent ? Absent : new Rejection(decision.Code, decision.Reason);

    public static Rejection? ReasonMissing(string reason, DateTimeOffset real)
    {
        int least = AccessPolicy.At(real).ReasonLeastCharacters;
        return reason.Count(letter => !char.IsWhiteSpace(letter)) >= least
            ? null
            : new Rejection("reason-too-short", $"Expected a reason of at least {least} characters, spaces not counted. Nothing was changed.");
    }

    public static JsonObject Answer(string id, string state) => new() { ["id"] = id, ["state"] = state };

    public static Task<JsonNode?> Done(JsonNode body) => Task.FromResult<JsonNode?>(body);

    public static Task<Rejection?> Said(Rejection? rejection) => Task.FromResult(rejection);
}
