namespace Assize.Host.Wording;

/// <summary>Names the resource file of the administration pages' words: the English text is the key, <c>AdministrationText.cy.resx</c> holds the Welsh.</summary>
public sealed class AdministrationText;
