using System.Text;
using System.Text.RegularExpressions;
using Diten.Actors;
using Diten.Model.Faults;
using Diten.Model.Input;
using Diten.Model.Scenarios;
using Diten.Model.Scenarios.Keys;
using Diten.Runs.Scenarios.Hocon;

namespace Diten.Runs.Scenarios;

/// <summary>Makes in a scenario what is changed while it runs, so that the scenario from its beginning is the run as it was.</summary>
internal static partial class ScenarioEdit
{
    /// <summary>Name that errors give to what was asked for.</summary>
    private const string Asked = "fault";

    /// <summary>It is told to every node in one message, again and again, and read back as a file.</summary>
    private const int MostBytes = HoconLimits.FileBytes / 2;

    /// <summary>A run with a change.</summary>
    /// <param name="slot">The first slot that may be otherwise.</param>
    /// <exception cref="ScenarioException">What was asked for is no fault or policy, with all that is wrong.</exception>
    /// <exception cref="UserErrorException">It cannot be while the run goes on; the message says why.</exception>
    public static ChangedRun Apply(RunSpec run, RunChange change, int slot)
    {
        var scenario = ScenarioFile.Parse(run.ScenarioText, run.Name + ".conf");
        var (edited, told) = change.Kind switch
        {
            RunChangeKind.AddFaults => Add(scenario, run, change.Text, slot),
            RunChangeKind.ClearFault => Clear(scenario, change.Text, slot),
            _ => Switch(scenario, change, slot),
        };
        var text = ScenarioFile.Resolve(edited with { Measure = AsBefore(scenario) });
        if (Encoding.UTF8.GetByteCount(text) > MostBytes)
            throw new UserErrorException($"The changed scenario would have more than {MostBytes} bytes: fewer faults, or shorter ones.");
        ScenarioFile.Parse(text, run.Name + ".conf"); // what only the whole shows, such as a policy that there is not
        return new ChangedRun(run with { ScenarioText = text }, told);
    }

    /// <summary>What is measured stays what it was, else tables would begin in the middle.</summary>
    private static MeasureSection AsBefore(Scenario scenario) => new()
    {
        Twins = scenario.MeasuresTwins ? TwinMeasure.On : TwinMeasure.Off,
        Regret = scenario.MeasuresRegret ? RegretMeasure.On : RegretMeasure.Off,
    };

    private static (Scenario, string) Add(Scenario scenario, RunSpec run, string text, int slot)
    {
        if (Foreign().IsMatch(text))
            throw new UserErrorException("A fault that is thrown in stands for itself: found an include or a ${substitution}; allowed: faults by their names.");
        var errors = new List<ScenarioError>();
        // What is read by itself cannot say anything of the rest of the scenario.
        var added = HoconReader.ReadText(Path.GetFullPath(Asked), text, errors).ConvertAll(entry => entry with { Key = $"faults.{entry.Key}", File = Asked });
        if (errors.Count == 0 && added.Count == 0)
            throw new UserErrorException("A fault is wanted, and none is there; allowed: faults by their names, such as { name { kind = cut, link = sync } }.");
        var before = errors.Count == 0 ? HoconReader.ReadText(Path.GetFullPath(run.Name + ".conf"), run.ScenarioText, errors) : [];
        if (added.FirstOrDefault(entry => scenario.Faults.Find(NameOf(entry)) is not null) is { } taken)
            throw new UserErrorException($"faults.{NameOf(taken)}: there is a fault of that name; take another name.");
        var faults = ScenarioKeys.Read([.. before, .. added], errors.Select(error => error with { File = Asked })).Faults;
        Fault[] fresh = [.. faults.All.Where(fault => scenario.Faults.Find(fault.Name) is null).Select(fault => Timed(fault, scenario, slot))];
        return (
            scenario with { Faults = new FaultMap([.. scenario.Faults.All, .. fresh]) },
            string.Join("; ", fresh.Select(fault => $"fault {fault.Name}: {FaultWords.Of(fault.Kind)} on {FaultWords.Of(fault.What)} {FaultCatalogue.Times(fault)}")));
    }

    private static string NameOf(ScenarioEntry entry) => entry.Key.Split('.')[1];

    /// <summary>A fault without times is in force from now to the end; one with times must leave what was alone.</summary>
    private static Fault Timed(Fault fault, Scenario scenario, int slot)
    {
        var first = fault.Timing switch
        {
            FaultTiming.Slots => fault.FromSlot,
            FaultTiming.At => fault.At.Values[0],
            FaultTiming.Renewal when fault.RenewalFromSlot > 0 || fault.RenewalToSlot < int.MaxValue => fault.RenewalFromSlot,
            _ => slot,
        };
        var key = fault.Timing switch { FaultTiming.At => "at", FaultTiming.Renewal => "renewal.slots", _ => "slots" };
        if (first < slot)
            throw new UserErrorException(FormattableString.Invariant(
                $"faults.{fault.Name}.{key}: found slot {first}; allowed: slots from {slot} on, those that can still be changed."));
        if (fault.What == FaultWhat.Report && !scenario.ReportsEveryRound)
            throw new UserErrorException(
                $"faults.{fault.Name}.link: found report; allowed: others, since with faults on reports stations tell more from the first slot on. "
                + "A scenario with twins.load = reckoned, or with a fault on reports that begins later, takes it.");
        return fault.Timing switch
        {
            FaultTiming.Always => fault with { Timing = FaultTiming.Slots, FromSlot = slot, ToSlot = scenario.Slots },
            FaultTiming.Renewal => fault with { RenewalFromSlot = first, RenewalToSlot = Math.Min(fault.RenewalToSlot, scenario.Slots) },
            _ => fault,
        };
    }

    private static (Scenario, string) Clear(Scenario scenario, string name, int slot)
    {
        var names = scenario.Faults.All.Select(one => one.Name).ToArray();
        if (scenario.Faults.Find(name) is not { } fault)
            throw new UserErrorException(names.Length == 0
                ? $"NAME: found '{name}'; the run has no faults."
                : $"NAME: found '{name}'; allowed: {string.Join(", ", names)}. {Suggestion.For(name, names)}".TrimEnd());
        var ended = fault.Timing switch
        {
            FaultTiming.Always => fault with { Timing = FaultTiming.Slots, FromSlot = 0, ToSlot = slot },
            FaultTiming.Slots => fault with { ToSlot = Math.Min(fault.ToSlot, slot) },
            FaultTiming.At => fault with { At = new WholeNumbers(fault.At.Values.ToArray().Where(at => at < slot)) },
            _ => fault with { RenewalToSlot = Math.Min(fault.RenewalToSlot, slot) },
        };
        if (ended == fault)
            throw new UserErrorException($"NAME: fault {name} is over: it was in force {FaultCatalogue.Times(fault)}.");
        var never = ended.Timing switch
        {
            FaultTiming.Slots => ended.FromSlot >= ended.ToSlot || ended.FromSlot >= slot,
            FaultTiming.Renewal => ended.RenewalFromSlot >= slot,
            _ => ended.At.Values.Length == 0,
        };
        var others = scenario.Faults.All.Where(one => one.Name != name);
        if (never && (scenario with { Faults = new FaultMap(others) }).ReportsEveryRound != scenario.ReportsEveryRound)
            throw new UserErrorException(
                $"NAME: without fault {name}, which has not begun, stations would report less from the first slot on: it stays, or another one of the link report with it.");
        return never
            ? (scenario with { Faults = new FaultMap(others) }, $"fault {name} is taken back before it began")
            : (scenario with { Faults = new FaultMap([.. others, ended]) }, $"fault {name} ends: it was in force {FaultCatalogue.Times(ended)}");
    }

    private static (Scenario, string) Switch(Scenario scenario, RunChange change, int slot)
    {
        if (change.File.Length > 0 && !Path.IsPathFullyQualified(change.File))
            throw new UserErrorException($"file: found '{change.File}'; allowed: a full path, the same on all nodes.");
        var one = new PolicySwitch(slot, change.Text, change.File.Length > 0 ? change.File : null);
        var all = scenario.Policy.Switches.All;
        var switches = new PolicySwitches([.. all.Where(other => other.Slot < slot), one, .. all.Where(other => other.Slot > slot)]);
        return (scenario with { Policy = scenario.Policy with { Switches = switches } }, $"policy {change.Text} decides");
    }

    [GeneratedRegex("""\$\{|\binclude\b\s*("|\(|file\b|url\b|classpath\b|required\b)""")]
    private static partial Regex Foreign();
}
