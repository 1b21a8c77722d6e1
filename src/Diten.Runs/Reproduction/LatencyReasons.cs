using Diten.Runs.Results;
using static Diten.Runs.Reproduction.GridNames;

namespace Diten.Runs.Reproduction;

/// <summary>Why claims of latency and failures hold in part only, or not at all, or are open: from what was measured.</summary>
internal static class LatencyReasons
{
    /// <summary>Whether the gain is larger or smaller than it is read.</summary>
    public static string Gain(ReproductionResults results, Judgement found)
    {
        Check[] above = [.. found.Checks.Where(check => check.Low > check.Most)], below = [.. found.Checks.Where(check => check.High < check.Least)];
        return Reasons.Joined(
            above.Length == 0 ? "" : $"The gain is larger than {above[0].Unit.Number(above[0].Most)} in {above.Length} of {found.Checks.Count} points: direction reproduced, magnitude larger. Servers would have to differ less, as with a narrower servers.background.range.",
            below.Length == 0 ? "" : $"The gain is smaller than {below[0].Unit.Number(below[0].Least)} in {below.Length} of {found.Checks.Count} points.");
    }

    /// <summary>How far schemes are from the deadline, how busy servers are there, and whether latency still rises.</summary>
    public static string Deadline(ReproductionResults results, Judgement found)
    {
        var grid = results["figure-5"];
        if (grid.Levels(Users) is not [.., var before, var most])
            return "";
        return $"At {most} users: " + string.Join("; ", new[] { NearestFirst, Learned, Learned10 }.Where(scheme => found.Checks.Any(check => !check.Inside && check.At.StartsWith(scheme + ",", StringComparison.Ordinal))).Select(scheme =>
        {
            var (here, there) = (grid.Case((Users, most), (Scheme, scheme)), grid.Case((Users, before), (Scheme, scheme)));
            var busy = here.Mean(Metric.Utilisation).Mean;
            return $"with {scheme} servers are used to {Reasons.Percent(busy)}, {Reasons.Percent(here.Mean(Metric.FailureRate).Mean)} of the tasks fail, and from {before} users on capped latency changed by {Reasons.Signed(Metric.LatencyCapped, here.Less(there, Metric.LatencyCapped))}";
        })) + ".";
    }

    /// <summary>How many tasks fail where more candidates are not seen to help.</summary>
    public static string FewFailures(ReproductionResults results, Judgement found)
    {
        var grid = results["figure-7"];
        return string.Join(' ', grid.Levels(Users).Where(users => found.Checks.Any(check => !check.Inside && check.At == $"users={users}"))
            .Select(users => $"At {users} users {Reasons.Percent(grid.Mean(Metric.FailureRate, (Users, users), (Scheme, Learned)).Mean)} of the tasks fail with 5 candidates."));
    }
}
