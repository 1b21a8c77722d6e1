namespace Diten.Runs.Results;

/// <summary>
/// The folder of a run while it is written: <c>name.partial</c> beside its place, locked by whoever writes it, so that nothing half-written
/// ever has the final name.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly bool _overwrite;
    private readonly FileStream _lock;

    private WorkFolder(RunFolder target, bool overwrite, FileStream taken) =>
        (Target, _overwrite, _lock) = (target, overwrite, taken);

    /// <summary>Where the run shall be.</summary>
    public RunFolder Target { get; }

    /// <summary>Where it is while it goes on.</summary>
    public RunFolder Partial => Target.Partial;

    /// <summary>Starts an empty folder.</summary>
    /// <param name="path">Where the run shall be; nothing may be there, unless <paramref name="overwrite"/>.</param>
    /// <param name="overwrite">Whether an earlier run there is replaced, at the very end; never anything but a run.</param>
    /// <exception cref="IOException">The folder holds something, or another run is being written there.</exception>
    public static WorkFolder Create(string path, bool overwrite)
    {
        var target = TargetOf(path);
        RefuseUnlessFree(target, overwrite);
        if (IsBeingWritten(target.Path))
            throw new IOException($"Another run is being written to {target.Path} ({target.Partial.Path} is in use).");
        var partial = target.Partial;
        if (Directory.Exists(partial.Path))
        {
            if (File.Exists(partial.StartFile) && !overwrite)
                throw new IOException($"{partial.Path} holds a run that broke off: go on with it by diten resume {target.Path}, or say --overwrite.");
            // Whoever made a folder of this name by hand shall not lose it.
            if (!File.Exists(LockFile(partial)) && !partial.Exists && Directory.EnumerateFileSystemEntries(partial.Path).Any())
                throw new IOException($"{partial.Path}, which is needed while the run goes on, holds something else: move it away.");
            Directory.Delete(partial.Path, recursive: true);
        }

        Directory.CreateDirectory(partial.Path);
        return new WorkFolder(target, overwrite, new FileStream(LockFile(partial), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
    }

    /// <summary>
    /// Takes over the folder of a run that broke off or was stopped. What is written anew goes: put aside where it was whole, see
    /// <see cref="PutBack"/>, deleted where it was not.
    /// </summary>
    /// <exception cref="IOException">Another process is writing it.</exception>
    public static WorkFolder TakeUp(string path)
    {
        var target = TargetOf(path);
        var partial = target.Partial;
        if (IsBeingWritten(target.Path))
            throw new IOException($"Another process is writing the run ({partial.Path} is in use).");
        if (!Directory.Exists(partial.Path))
            Directory.Move(target.Path, partial.Path);
        var taken = new FileStream(LockFile(partial), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        if (partial.Exists)
            foreach (var whole in WrittenAnew(partial))
                Move(whole, Path.Combine(Directory.CreateDirectory(partial.Before).FullName, Path.GetFileName(whole)));
        Clear(partial);
        return new WorkFolder(target, overwrite: true, taken);
    }

    /// <summary>After a <see cref="TakeUp"/> that came to nothing: what was put aside is in its place again, and the folder has its name.</summary>
    public void PutBack()
    {
        _lock.Dispose();
        if (!Directory.Exists(Partial.Before))
            return;
        Clear(Partial);
        foreach (var path in Directory.EnumerateFileSystemEntries(Partial.Before).ToArray())
            Move(path, Path.Combine(Partial.Path, Path.GetFileName(path)));
        Directory.Delete(Partial.Before);
        File.Delete(LockFile(Partial));
        if (!Path.Exists(Target.Path))
            Directory.Move(Partial.Path, Target.Path);
    }

    /// <summary>Whether a run that is alive is writing this folder; what a killed one left does not count.</summary>
    public static bool IsBeingWritten(string folder)
    {
        try
        {
            // Who holds the lock is alive; a folder whose lock is free was left behind by a process that was killed.
            var lockFile = LockFile(TargetOf(folder).Partial);
            if (File.Exists(lockFile))
                new FileStream(lockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Checks that the folder can have its name.</summary>
    /// <exception cref="IOException">Something else has it meanwhile.</exception>
    public void RequirePlace() => RefuseUnlessFree(Target, _overwrite);

    /// <summary>Gives the folder, which is whole now, its name; what stood there and may be replaced goes.</summary>
    public void MoveIntoPlace()
    {
        _lock.Dispose();
        File.Delete(LockFile(Partial));
        if (Directory.Exists(Partial.Before))
            Directory.Delete(Partial.Before, recursive: true);
        var old = Target.Path + ".old";
        for (var number = 2; Path.Exists(old); number++)
            old = FormattableString.Invariant($"{Target.Path}.old-{number}");
        if (Directory.Exists(Target.Path))
            Directory.Move(Target.Path, old);
        Directory.Move(Partial.Path, Target.Path);
        if (Directory.Exists(old))
            Directory.Delete(old, recursive: true);
    }

    /// <summary>Lets go of the folder, and leaves it as it is.</summary>
    public void Dispose() => _lock.Dispose();

    /// <summary>What a run writes from its reports: all of it comes again.</summary>
    private static string[] WrittenAnew(RunFolder run) =>
        [run.Tables, Path.GetDirectoryName(run.StationDigestsFile)!, run.Plots, run.View, run.ReportFile, run.SummaryFile]; // that says it is whole goes last

    private static void Move(string from, string to)
    {
        if (Directory.Exists(from))
            Directory.Move(from, to);
        else if (File.Exists(from))
            File.Move(from, to);
    }

    private static void Clear(RunFolder run)
    {
        foreach (var path in WrittenAnew(run))
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
    }

    private static RunFolder TargetOf(string folder) => new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    private static string LockFile(RunFolder partial) => Path.Combine(partial.Path, "lock");

    private static void RefuseUnlessFree(RunFolder target, bool overwrite)
    {
        if (File.Exists(target.Path))
            throw new IOException($"The output folder {target.Path} is a file.");
        if (!Directory.Exists(target.Path) || !Directory.EnumerateFileSystemEntries(target.Path).Any())
            return;
        if (!overwrite)
            throw new IOException($"The output folder {target.Path} is not empty: choose another one, or ask to overwrite it.");
        if (!target.Exists)
            throw new IOException($"The output folder {target.Path} is not empty and holds no run, so it is not overwritten.");
    }
}
