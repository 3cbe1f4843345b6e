using Assize.Bench.Access;
using Assize.Bench.Designer;
using Assize.Bench.Journey;
using Assize.Bench.Rehearsing;
using Assize.Bench.SigningIn;
using Assize.Bench.Simulating;
using Assize.Bench.Soundness;
using Assize.TestKit.Databases;

if (args is ["access", .. var size])
{
    await new AccessBench(Console.Out).RunAsync(size is [var text, ..] && int.TryParse(text, out var cases) ? cases : 1_000_000);
    return 0;
}

if (args is ["sign-in", .. var time])
{
    var each = time is [var said, ..] && int.TryParse(said, out var asked) ? asked : 5;
    foreach (var kind in (DatabaseKind[])[DatabaseKind.Postgres, DatabaseKind.Sqlite])
    {
        await new SignInBench(Console.Out).RunAsync(kind, each);
    }
    return 0;
}

if (args is ["soundness", .. var many])
{
    new SoundnessBench(Console.Out).Run(many is [var count, ..] && int.TryParse(count, out var definitions) ? definitions : 100);
    return 0;
}

if (args is ["simulation", .. var arrivals])
{
    await new SimulationBench(Console.Out).RunAsync(arrivals is [var number, ..] && int.TryParse(number, out var arriving) ? arriving : 10_000);
    return 0;
}

if (args is ["rehearsal", .. var most])
{
    await new RehearsalBench(Console.Out).RunAsync(most is [var cases, ..] && int.TryParse(cases, out var open) ? open : 1000);
    return 0;
}

if (args is ["migration", .. var upTo])
{
    await new MigrationBench(Console.Out).RunAsync(upTo is [var charged, ..] && int.TryParse(charged, out var moving) ? moving : 1000);
    return 0;
}

if (args is ["verification", .. var drawn])
{
    await new DesignerBench(Console.Out).VerifyAsync(drawn is [var some, ..] && int.TryParse(some, out var verified) ? verified : 50);
    return 0;
}

if (args is ["viewer", .. var watched])
{
    await new DesignerBench(Console.Out).ViewAsync(watched is [var times, ..] && int.TryParse(times, out var steps) ? steps : 10);
    return 0;
}

if (args is ["designer", .. var turns])
{
    await new DesignerBench(Console.Out).RunAsync(turns is [var rounds, ..] && int.TryParse(rounds, out var each) ? each : 5, turns is [_, var stored, ..] && int.TryParse(stored, out var versions) ? versions : 1_000);
    return 0;
}

if (args is not ["journey" or "profile", ..])
{
    Console.Error.WriteLine("Expected 'access', and possibly how many cases (1000000), or 'sign-in', and possibly the seconds of one round (5), or 'soundness', and possibly how many definitions of each size (100), or 'simulation', and possibly how many cases (10000), or 'rehearsal' or 'migration', and possibly the most open cases (1000), or 'designer', and possibly how many rounds (5) and stored versions (1000), or 'verification', and possibly how many definitions (50), or 'viewer', and possibly how many steps (10), or 'journey' or 'profile', and possibly the seconds of one run (5) and 'sqlite', 'postgresql' or 'http' alone.");
    return 2;
}

var seconds = args.Select(text => int.TryParse(text, out var number) ? number : 0).Max() is > 0 and var given ? given : 5;
var only = args.Skip(1).FirstOrDefault(text => !int.TryParse(text, out _));
if (args[0] == "profile")
{
    await new InProcess(only == "sqlite" ? DatabaseKind.Sqlite : DatabaseKind.Postgres, Console.Out).ProfileAsync(seconds);
    return 0;
}

var same = true;
if (only is null or "postgresql")
{
    same &= await new InProcess(DatabaseKind.Postgres, Console.Out).RunAsync(seconds);
}

if (only is null or "sqlite")
{
    same &= await new InProcess(DatabaseKind.Sqlite, Console.Out).RunAsync(seconds);
}

if (only is null or "http")
{
    await new OverHttp(Console.Out).RunAsync(seconds);
}

if (!same)
{
    Console.Error.WriteLine("Expected the floor to write the same rows and bytes, but a table above differs by more than two in a hundred.");
}

return same ? 0 : 1;
