using Assize.Host.Access;
using Assize.Host.Queries;
using Microsoft.AspNetCore.SignalR;

namespace Assize.Host.Designer.Instances;

/// <summary>Where Studio's viewer listens to one instance. Asking for one that the caller may not see is answered like asking for none: by silence.</summary>
internal sealed class InstanceHub(InstanceWatch watch, InstanceQueries instances) : Hub
{
    public async Task ObserveInstanceAsync(string instanceId)
    {
        if (Context.User is { } user && Callers.From(user) is { } caller && await instances.MaySeeAsync(caller, instanceId, Context.ConnectionAborted))
        {
            var token = Context.GetHttpContext() is { } http ? SessionCheck.Token(http) : null;
            watch.Add(new InstanceWatcher(Context.ConnectionId, instanceId, caller, token, Context.Abort));
        }
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        watch.Remove(Context.ConnectionId);
        return Task.CompletedTask;
    }
}
