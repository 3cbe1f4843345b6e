namespace Assize.Host.Wording;

/// <summary>Names the resource file of the pages' words: the English text is the key, <c>PageText.cy.resx</c> holds the Welsh.</summary>
public sealed class PageText;
