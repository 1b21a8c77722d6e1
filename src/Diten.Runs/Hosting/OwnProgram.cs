using System.Diagnostics;

namespace Diten.Runs.Hosting;

/// <summary>Starts this program once more, as a process of its own.</summary>
public static class OwnProgram
{
    /// <summary>How to start it with these arguments; the caller adds what it redirects.</summary>
    /// <exception cref="UserErrorException">It is unknown which program this is.</exception>
    public static ProcessStartInfo With(params IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath ?? throw new UserErrorException("It is unknown which program this is, so it cannot start itself.");
        var start = new ProcessStartInfo(program);
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "diten.dll"));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }
}
