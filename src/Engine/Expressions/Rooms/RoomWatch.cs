using System.Diagnostics;

namespace Assize.Engine.Expressions.Rooms;

/// <summary>In a room's own process: ends it where a script runs on and nobody is there any more to tear the room down.</summary>
internal sealed class RoomWatch
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly int _opener = Environment.GetCommandLineArgs() is [_, var id, ..] && int.TryParse(id, out int known) ? known : 0;
    private long _ends = long.MaxValue;

    public RoomWatch() => new Thread(Watch) { IsBackground = true }.Start();

    public void Begin(TimeSpan time) => Volatile.Write(ref _ends, Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));

    public void End() => Volatile.Write(ref _ends, long.MaxValue);

    private void Watch()
    {
        while (true)
        {
            Thread.Sleep(Look);
            long ends = Volatile.Read(ref _ends);
            if (ends != long.MaxValue && (Stopwatch.GetTimestamp() > ends || !IsThere(_opener)))
            {
                Process.GetCurrentProcess().Kill();
            }
        }
    }

    private static bool IsThere(int id)
    {
        try
        {
            using Process opener = Process.GetProcessById(id);
            return !opener.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
