namespace Assize.Engine.Expressions;

/// <summary>Counts what a script is handed of the step's values.</summary>
internal sealed class HandedOver(long most)
{
    private long _characters;

    /// <exception cref="TooMuchHandedOver">It comes to more than such a script may have.</exception>
    public void Add(int characters)
    {
        _characters += characters;
        if (_characters > most)
        {
            throw new TooMuchHandedOver();
        }
    }
}

/// <summary>The script is no plain one after all: it is evaluated again, in a room. It has changed nothing.</summary>
internal sealed class TooMuchHandedOver : Exception;
