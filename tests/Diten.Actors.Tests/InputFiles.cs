using System.Text;
using Diten.Model.Policies.Networks;

namespace Diten.Actors.Tests;

/// <summary>Small files of sites, journeys, CPU load and policies in a folder of their own, gone after the tests.</summary>
public sealed class InputFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("diten-tests-");

    public InputFiles()
    {
        // Each column has a second one beside it that says something else: for keys that name columns.
        Write("sites.csv", "lon,lat,lon2,lat2", 20, i => Row(116 + i % 5 * 0.002, 40 + i / 5 * 0.0015, 116 + i % 5 * 0.0021, 40 + i / 5 * 0.0016));
        Write("other-sites.csv", "lon,lat", 20, i => Row(116 + i % 4 * 0.002, 40 + i / 4 * 0.0015));
        Write("journeys.csv", "id,time,x,y,id2,time2,x2,y2", 6 * 30, i => Journey(i, 0));
        Write("other-journeys.csv", "id,time,x,y,id2,time2,x2,y2", 6 * 30, i => Journey(i, 1));
        Write("degrees.csv", null, 6 * 30, i => Row(i / 30, i % 30 * 10, 30 + i % 30 * 0.0003 * (1 + i / 30), 40 + i % 7 * 0.0005));
        Write("days.csv", "id,time,x,y", 6 * 30, i => Row(i / 30) + (i % 30 < 15 ? ",01/02/2019 23:59:" : ",02/02/2019 00:00:") + Row(i % 15 * 4, i % 30 * 90, i / 30 * 1000));
        Write("mixed.csv", null, 6 * 30, i => $"0;{Journey(i, 0).Replace(',', ';')};0,{Journey(i, 1)},0");
        Write("cpu.csv", "timestamp,value,time2,value2", 300, i => Row(i, 10 + i % 50, 2 * i, 11 + i % 50));
        Write("cpu-days.csv", "time,cpu", 24, i => (i < 12 ? "01/02/2019 23:59:" : "02/02/2019 00:00:") + Row(i % 12 * 5, 10 + i));
        // Commas and semicolons both leave a time and a value in the second and third field.
        Write("cpu-mixed.csv", null, 300, i => $"0;{Row(i)};{Row(10 + i % 50)};0,{Row(i, 11 + i % 50)},0");
        Write("cpu-values.txt", null, 300, i => Row(10 + i % 50));
        Write("other-cpu.csv", "timestamp,value", 300, i => Row(i, 11 + i % 50));
        PolicyFile.Write(this["set.policy"], UntrainedPolicy.Set(1));
        PolicyFile.Write(this["other-set.policy"], UntrainedPolicy.Set(2));
    }

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Six vehicles, 30 points each, 10 s apart: the first step at 46 to 49 m/s, the others slower, and one pause of 300 s.</summary>
    private static string Journey(int row, int shift)
    {
        var (vehicle, point) = (row / 30, row % 30);
        var seconds = 10 * point + (point >= 20 ? 290 : 0);
        var x = (60.0 + 5 * vehicle) * point + (point >= 1 ? 400 : 0) + shift * point;
        var y = 1000 * vehicle + 30.0 * point % 200;
        return Row(vehicle, seconds, x, y, 9 - vehicle, 2 * seconds, x + point % 3, y + point % 4);
    }

    private static string Row(params double[] values) => string.Join(",", values.Select(v => FormattableString.Invariant($"{v:R}")));

    private void Write(string name, string? header, int rows, Func<int, string> row)
    {
        var text = new StringBuilder(header is null ? "" : header + "\n");
        for (var i = 0; i < rows; i++)
            text.Append(row(i)).Append('\n');
        File.WriteAllText(this[name], text.ToString());
    }
}
