namespace Assize.Host.Wording;

/// <summary>Names the resource file of the pages' words: the English text is the key, <c>PageText.cy.resx</c> will hold the Welsh.</summary>
public sealed class PageText;
