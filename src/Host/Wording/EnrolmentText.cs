namespace Assize.Host.Wording;

/// <summary>Names the resource file of the enrolment pages' words: the English text is the key, <c>EnrolmentText.cy.resx</c> holds the Welsh.</summary>
public sealed class EnrolmentText;
