using System.Text.Json.Nodes;
using Assize.Workflows.Intake.Rules;

namespace Assize.Workflows.Intake.Reading;

/// <summary>What a readable message says, before anything is checked.</summary>
/// <param name="Canonical">The charge JSON of the published schema; GET shows it and pointers address it.</param>
/// <param name="MessageId">The sender's id of the message; empty where the format has none.</param>
/// <param name="Unmapped">What the message says that the canonical form has no place for.</param>
public sealed record ReadProsecution(
    SubmissionFormat Format, JsonObject Canonical, string Authority, string Urn, string MessageId, IReadOnlyList<Problem> Unmapped);

public enum SubmissionFormat { ChargeJson, PoliceXml }
