using System.Text;
using Diten.Runs.Plots.Figures;

namespace Diten.Runs.Experiments.Pages;

/// <summary>The figures of a page as Markdown: files in a folder of the page's name beside it.</summary>
internal sealed class PageFigures
{
    /// <summary>Makes the folder, and those above it.</summary>
    /// <param name="path">Of the page, ending in <c>.md</c>.</param>
    public PageFigures(string path)
    {
        Folder = Path.ChangeExtension(path, null);
        Directory.CreateDirectory(Folder);
    }

    /// <summary>Where they are.</summary>
    public string Folder { get; }

    /// <summary>Writes a figure, and shows it on the page; a figure of the same name is replaced, and nothing else that the folder holds.</summary>
    /// <param name="note">Said after its caption; empty = nothing.</param>
    public void Append(StringBuilder page, Figure figure, string note = "")
    {
        figure.Save(Folder);
        var files = $"{Path.GetFileName(Folder)}/{figure.Name}";
        var title = figure.Title.EndsWith('.') ? figure.Title : figure.Title + ".";
        string[] words = [$"*{title}*", figure.Caption, note, $"([data]({files}.csv), [Parquet]({files}.parquet))"];
        page.Append($"![{figure.Title}]({files}.svg)\n\n{string.Join(' ', words.Where(text => text.Length > 0))}\n\n");
    }
}
