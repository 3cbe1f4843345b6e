using Assize.Audit;

return await VerifyCommand.RunAsync(args, Console.Out, CancellationToken.None);
