using System.Net;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Assize.Identity.Tests;

public sealed class DeploymentTests
{
    [Fact]
    public async Task Production_HasNoListOfPeople_AndNoDemonstrationClient()
    {
        await using RunningServer server = await RunningServer.StartAsync(Deployment.Production);
        using Browser browser = new(server);

        using HttpResponseMessage list = await server.GetAsync("/signin");
        (HttpStatusCode post, _) = await server.PostAsync("/signin", ("subject", "sam.carter@merseyside-police"));
        using HttpResponseMessage authorize = await browser.GetAsync(Browser.AuthorizeUrl());

        Assert.DoesNotContain("radio", await list.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post);
        Assert.Equal(HttpStatusCode.BadRequest, authorize.StatusCode);
        Assert.False(File.Exists(Path.Combine(server.Settings.DataFolder, "demo-client.json")));
    }

    [Theory]
    [InlineData("ASPNETCORE_ENVIRONMENT")]
    [InlineData("DOTNET_ENVIRONMENT")]
    public void Demonstration_InAProductionEnvironment_RefusesToStart(string variable)
    {
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() =>
            IdentitySettings.From(Configuration(("ASSIZE_DEPLOYMENT", "Demonstration"), (variable, "Production"))));

        Assert.Contains(variable, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Production")]
    public void Deployment_UnlessItSaysDemonstration_IsProduction(string? value) =>
        Assert.Equal(Deployment.Production, IdentitySettings.From(Configuration(("ASSIZE_DEPLOYMENT", value))).Deployment);

    [Theory]
    [InlineData("ASSIZE_DEPLOYMENT", "demonstration")]
    [InlineData("ASSIZE_DEPLOYMENT", "1")]
    [InlineData("ASSIZE_IDENTITY_URL", "localhost:5081")]
    [InlineData("ASSIZE_IDENTITY_RATE", "0")]
    public void Settings_ThatAreNotWhatTheyPromise_AreRefusedByName(string name, string value) =>
        Assert.Contains(name, Assert.Throws<InvalidOperationException>(() => IdentitySettings.From(Configuration((name, value)))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(Deployment.Demonstration, Deployment.Production)]
    [InlineData(Deployment.Production, Deployment.Demonstration)]
    public async Task Database_OfOneDeployment_IsRefusedToTheOther(Deployment first, Deployment then)
    {
        DirectoryInfo folder = System.IO.Directory.CreateTempSubdirectory("assize-identity-");
        await (await RunningServer.StartAsync(first, folder)).DisposeAsync();

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningServer.StartAsync(then, folder));

        Assert.Contains(first.ToString(), refused.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    private static IConfiguration Configuration(params (string Name, string? Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Name, value.Value))).Build();
}
