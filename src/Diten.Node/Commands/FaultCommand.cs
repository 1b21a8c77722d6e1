using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Diten.Runs;
using Diten.Runs.Execution;
using Spectre.Console;

namespace Diten.Node.Commands;

/// <summary><c>diten fault</c>: what goes wrong on purpose in a run that goes on.</summary>
internal sealed class FaultCommand : DocumentedCommand
{
    public const string RunMeaning = "Folder of a run that goes on, or the address that it printed, http://127.0.0.1:PORT/";

    public FaultCommand(Session session)
        : base(
            "fault", "Throw faults into a run that goes on, see them, and clear them.",
            """
            The run must have been begun with diten run --view, and keep checkpoints, as runs do. It says where it listens, and a token; both are
            in its folder (hands.json), which is read for its owner alone. A fault holds from the slot that is printed on, in all zones at once,
            on any number of nodes. The run's scenario.conf has all of them with their slots: it makes the same run from the beginning.
            """,
            ("run scenarios/quickstart.conf --view --set pace=2 --set slots=300", "a run to try it on, in another terminal"),
            ("fault add runs/quickstart-seed1 '{ frozen { kind = freeze, on = twins, ids = [17] } }'", "freeze a twin from now on"),
            ("fault list runs/quickstart-seed1", "what goes wrong in it"),
            ("fault clear runs/quickstart-seed1 frozen", "and let it go on"))
    {
        Add(new FaultAddCommand(session));
        Add(new FaultListCommand(session));
        Add(new FaultClearCommand(session));
    }

    public static Argument<string> Run() => new("run") { HelpName = "RUN", Description = RunMeaning };

    public static Option<string?> Token() => new("--token") { HelpName = "TOKEN", Description = "The token that the run printed; needed with an address, else read from the run's folder" };
}

/// <summary><c>diten fault add</c></summary>
internal sealed class FaultAddCommand : DocumentedCommand
{
    private readonly Argument<string> _run = FaultCommand.Run();
    private readonly Argument<string> _faults = new("faults") { HelpName = "FAULTS", Description = "Faults by their names, as in the map faults of a scenario; HOCON or JSON" };
    private readonly Option<string?> _token = FaultCommand.Token();

    public FaultAddCommand(Session session)
        : base(
            "add", "Throw faults into a run.",
            """
            Kinds and keys are those of scenarios: diten scenarios faults. Without slots or at a fault is in force from now to the end of the run, or
            until it is cleared; with them, from slots that are still to come. Targets are ids, a share, a circle or a rectangle. The slot that is
            printed is the first one that is otherwise: that after the next one, for devices look ahead one slot.
            """,
            ("fault add runs/quickstart-seed1 '{ frozen { kind = freeze, on = twins, ids = [17] } }'", "freeze this twin"),
            ("fault add runs/quickstart-seed1 '{ quarter { kind = cut, link = sync, circle = [500 m, 500 m, 300 m] } }'", "cut the syncs of this circle"),
            ("fault add runs/quickstart-seed1 '{ out { kind = down, on = servers, ids = [3], slots = [200, 220] } }'", "take this server down for twenty slots"),
            ("fault add http://127.0.0.1:4780/ --token 0123abcd '{ \"late\": { \"kind\": \"delay\", \"link\": \"sync\", \"by\": \"[0, 3]\" } }'", "by address, as JSON"))
    {
        Add(_token);
        Add(_run);
        Add(_faults);
        session.Act(this, async (parsed, cancel) =>
        {
            using var hands = RemoteHands.Of(parsed.GetRequiredValue(_run), parsed.GetValue(_token), needsToken: true);
            using var answer = await hands.PostAsync("api/faults", new { Faults = parsed.GetRequiredValue(_faults) }, cancel);
            session.Terminal.Out.WriteLine(RemoteHands.Told(answer));
            return ExitCode.Ok;
        });
    }
}

/// <summary><c>diten fault clear</c></summary>
internal sealed class FaultClearCommand : DocumentedCommand
{
    private readonly Argument<string> _run = FaultCommand.Run();
    private readonly Argument<string> _name = new("name") { HelpName = "NAME", Description = "Name of the fault" };
    private readonly Option<string?> _token = FaultCommand.Token();

    public FaultClearCommand(Session session)
        : base(
            "clear", "End a fault of a run.",
            "Its slots end before the slot that is printed; one that has not begun is taken back. What it delayed still arrives.",
            ("fault clear runs/quickstart-seed1 frozen", "end the fault of that name"))
    {
        Add(_token);
        Add(_run);
        Add(_name);
        session.Act(this, async (parsed, cancel) =>
        {
            using var hands = RemoteHands.Of(parsed.GetRequiredValue(_run), parsed.GetValue(_token), needsToken: true);
            using var answer = await hands.PostAsync("api/faults/clear", new { Name = parsed.GetRequiredValue(_name) }, cancel);
            session.Terminal.Out.WriteLine(RemoteHands.Told(answer));
            return ExitCode.Ok;
        });
    }
}

/// <summary><c>diten fault list</c></summary>
internal sealed class FaultListCommand : DocumentedCommand
{
    private readonly Argument<string> _run = FaultCommand.Run();
    private readonly Option<bool> _json = new("--json") { Description = "Print the answer as JSON" };

    public FaultListCommand(Session session)
        : base(
            "list", "Show the faults of a run that goes on, and what was changed in it.", "",
            ("fault list runs/quickstart-seed1", "by folder"),
            ("fault list http://127.0.0.1:4780/ --json", "by address, for scripts; no token is needed"))
    {
        Add(_json);
        Add(_run);
        session.Act(this, async (parsed, cancel) =>
        {
            using var hands = RemoteHands.Of(parsed.GetRequiredValue(_run), null, needsToken: false);
            using var answer = await hands.GetAsync("api/faults", cancel);
            if (parsed.GetValue(_json))
                session.Terminal.Out.WriteLine(answer.RootElement.GetRawText());
            else
                Write(session, answer.RootElement);
            return ExitCode.Ok;
        });
    }

    private static void Write(Session session, JsonElement answer)
    {
        session.Terminal.Out.WriteLine($"Policy: {answer.GetProperty("policy").GetString()}");
        Table(session, answer.GetProperty("faults"), "No faults.", ["fault", "kind", "strikes", "in force"],
            fault => [Text(fault, "name"), Text(fault, "kind"), Text(fault, "what"), Text(fault, "times")]);
        Table(session, answer.GetProperty("changes"), "Nothing was changed while it went on.", ["from slot", "change"],
            change => [change.GetProperty("slot").GetInt32().ToString(CultureInfo.InvariantCulture), Text(change, "what")]);
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString() ?? "";

    private static void Table(Session session, JsonElement rows, string none, string[] columns, Func<JsonElement, string[]> cells)
    {
        if (rows.GetArrayLength() == 0)
        {
            session.Terminal.Out.WriteLine(none);
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns(columns);
        foreach (var row in rows.EnumerateArray())
            table.AddRow([.. cells(row).Select(cell => new Text(cell))]);
        session.Terminal.Tables().Write(table);
    }
}
