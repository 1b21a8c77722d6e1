using System.Diagnostics;
using Diten.Runs;
using Diten.Runs.Hosting;

namespace Diten.Bench;

/// <summary>A build of Diten that measures.</summary>
/// <param name="Name">As people read it.</param>
/// <param name="Start">How it is started with some arguments; the caller adds what it redirects.</param>
public sealed record BenchBuild(string Name, Func<IEnumerable<string>, ProcessStartInfo> Start)
{
    /// <summary>The one that runs.</summary>
    public static BenchBuild This { get; } = new("this build", OwnProgram.With);

    /// <summary>The one in a folder, as <c>dotnet build -o</c> or <c>dotnet publish</c> left it.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static BenchBuild In(string folder)
    {
        var program = Path.GetFullPath(Path.Combine(folder, "diten.dll"));
        if (!File.Exists(program))
            throw new UserErrorException($"--against: found {folder}, which has no diten.dll; allowed: a folder with a build of Diten, as dotnet build src/Diten.Node -c Release -o FOLDER makes it.");
        return new BenchBuild($"the build in {folder}", arguments =>
        {
            var start = new ProcessStartInfo("dotnet") { ArgumentList = { program } };
            foreach (var argument in arguments)
                start.ArgumentList.Add(argument);
            return start;
        });
    }
}
