using Assize.Workflows.Intake.Reading;
using Assize.Workflows.Intake.Reference;

namespace Assize.Workflows.Intake.Rules;

/// <summary>What a rule may look at.</summary>
/// <param name="Today">The business clock's day in London.</param>
public sealed record ChargeContext(Charge Charge, SubmissionFormat Format, DateOnly Today, ReferenceData Reference)
{
    /// <summary>A charge's codes are read by the lists of the day it is checked.</summary>
    public bool Lists(string list, string? code) => code is not null && Reference.Find(list, code, Today) is not null;
}
