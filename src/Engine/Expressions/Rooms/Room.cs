using System.Diagnostics;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Assize.Engine.Definitions;

namespace Assize.Engine.Expressions.Rooms;

/// <summary>A process of its own in which one script after the other is evaluated. It has no door either, and it can be torn down with what runs in it.</summary>
internal sealed class Room : IDisposable
{
    /// <summary>What a script has beyond its own limit, which it should have noticed by itself.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    // The machine may be busy, and a runtime starts.
    private static readonly TimeSpan Opening = TimeSpan.FromSeconds(60);

    // So that the timer never comes before what it is compared with.
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(50);

    private const string Heap = "0x10000000";

    private readonly Process _process;
    private readonly Timer _end;
    private long _due;
    private int _isBusy;
    private bool _isOverTime;

    private Room(Process process)
    {
        _process = process;
        _end = new Timer(_ => TearDown());
    }

    public bool IsSound { get; private set; } = true;

    public static Room Open()
    {
        string program = typeof(Room).Assembly.Location;
        ProcessStartInfo start = new(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"), Arguments(program))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nothing of what the application was told, such as where its database is, goes into a room.
        start.Environment.Clear();
        (start.Environment["DOTNET_GCHeapHardLimit"], start.Environment["DOTNET_gcConcurrent"], start.Environment["DOTNET_gcServer"], start.Environment["DOTNET_EnableDiagnostics"]) = (Heap, "0", "0", "0");
        Process process = Process.Start(start) ?? throw new InvalidOperationException($"Expected {program} to start, but it did not.");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        Room room = new(process);
        if (room.Within(Opening, () => RoomText.Receive(process.StandardOutput.BaseStream)) is null)
        {
            room.Dispose();
            throw new InvalidOperationException($"Expected {program} to start and say so, but it ended.");
        }
        return room;
    }

    // The folder holds what the application's frameworks do not, so the room needs the same frameworks.
    private static IEnumerable<string> Arguments(string program)
    {
        string[] frameworks = Assembly.GetEntryAssembly() is { } application && Path.ChangeExtension(application.Location, ".runtimeconfig.json") is { } file && File.Exists(file)
            ? ["--runtimeconfig", file]
            : [];
        return ["exec", .. frameworks, program, Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)];
    }

    /// <summary>Evaluates; null where the room fell down, and not for want of time.</summary>
    /// <exception cref="ScriptLimitExceeded">The script did not end in time, and the room is no more.</exception>
    public JsonObject? Evaluate(Expression expression, ExpressionScope scope) => Within(scope.Time + Grace, () =>
    {
        Stream to = _process.StandardInput.BaseStream;
        RoomText.Send(to, json => json.Write(expression, scope));
        ExceptionDispatchInfo? broken = null;
        while (RoomText.Receive(_process.StandardOutput.BaseStream) is { } said)
        {
            if (said["asks"] is not JsonValue asked)
            {
                broken?.Throw();
                return said;
            }
            JsonNode? answer = null;
            try
            {
                answer = RoomDoor.Answer(asked.GetValue<string>(), said, scope);
            }
            catch (Exception wrong)
            {
                broken = ExceptionDispatchInfo.Capture(wrong);
            }
            RoomText.Send(to, json => json.Write(broken is null ? "answer" : "stop", answer));
        }
        return null;
    });

    public void Dispose()
    {
        IsSound = false;
        _end.Dispose();
        _process.Kill();
        _process.Dispose();
    }

    private JsonObject? Within(TimeSpan time, Func<JsonObject?> run)
    {
        Volatile.Write(ref _isBusy, 1);
        Volatile.Write(ref _due, Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));
        _end.Change(time + Late, Timeout.InfiniteTimeSpan);
        JsonObject? said = null;
        try
        {
            said = run();
        }
        catch (IOException)
        {
            // It fell down while it was spoken to.
        }
        finally
        {
            IsSound = Interlocked.Exchange(ref _isBusy, 0) == 1 && said is not null;
        }
        return said is null && _isOverTime ? throw new ScriptLimitExceeded("time") : said;
    }

    private void TearDown()
    {
        // The call may be one for the script before.
        if (Stopwatch.GetTimestamp() >= Volatile.Read(ref _due) && Interlocked.Exchange(ref _isBusy, 0) == 1)
        {
            _isOverTime = true;
            _process.Kill();
        }
    }
}
