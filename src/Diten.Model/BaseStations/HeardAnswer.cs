namespace Diten.Model.BaseStations;

/// <summary>What a server told with its answer to tasks (<c>decisions.answers = use</c>).</summary>
/// <param name="Slot">The slot in which the tasks ran; <see cref="Never"/> before the first answer.</param>
/// <param name="FreeHertz">c of the server in that slot, hertz.</param>
/// <param name="Tasks">Tasks of all stations that ran there.</param>
public readonly record struct HeardAnswer(int Slot, double FreeHertz, int Tasks)
{
    /// <summary>Older than any twin's word.</summary>
    public const int Never = int.MinValue;

    /// <summary>Nothing heard of so many servers.</summary>
    internal static HeardAnswer[] None(int servers)
    {
        var answers = new HeardAnswer[servers];
        Array.Fill(answers, new HeardAnswer(Never, 0, 0));
        return answers;
    }
}
