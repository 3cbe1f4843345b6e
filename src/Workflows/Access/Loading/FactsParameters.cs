using System.Data.Common;
using Assize.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Assize.Workflows.Access.Loading;

internal static class FactsParameters
{
    public static void Add(DbCommand command, DbContext db, string subject, DateTimeOffset real, string target)
    {
        Add(command, "@subject", subject);
        Add(command, "@real", db.Database.IsSqlite() ? InstantConversion.ToMicroseconds(real) : real.ToUniversalTime());
        Add(command, "@target", target);
    }

    private static void Add(DbCommand command, string name, object value)
    {
        DbParameter parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
