using Assize.Engine.Commands;
using Assize.Host.Api.Contracts;
using Assize.Host.Api.Problems;
using Assize.Workflows.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assize.Host.Api.Access;

/// <summary>Runs a command about access and says in HTTP what came of it.</summary>
internal sealed class AccessCall(CaseDatabase database)
{
    public async Task<Results<Ok<AccessAnswer>, ProblemResult>> AnswerAsync(string? key, Func<CaseDb, Task<CommandAnswer>> run)
    {
        if (Answers.KeyProblem(key) is { } problem)
        {
            return problem;
        }

        await using var db = database.CreateDbContext();
        return await run(db) switch
        {
            Completed done => TypedResults.Ok(new AccessAnswer(Text(done, "id"), Text(done, "state"), done.Replayed)),
            Refused refused => Answers.Refused(refused),
            _ => Answers.KeyReused,
        };
    }

    private static string Text(Completed done, string member) => done.Body?[member]?.ToString() ?? "";
}
