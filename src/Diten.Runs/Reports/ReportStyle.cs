using Diten.Runs.Plots;

namespace Diten.Runs.Reports;

/// <summary>How a report looks.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet, light and dark.</summary>
    public static string Css { get; } =
        $":root{{{Palette.Css(dark: false)}}}\n@media(prefers-color-scheme:dark){{:root{{{Palette.Css(dark: true)}}}}}\n" + Rules;

    private const string Rules = """
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        h1,h2,p,li{overflow-wrap:anywhere}
        main{max-width:1120px;margin:0 auto;padding:40px 24px 64px}
        h1{font-size:30px;line-height:1.2;margin:0 0 6px}
        h2{font-size:20px;margin:44px 0 14px}
        p{margin:0 0 10px}
        .soft{color:var(--soft)}
        code{font:13px/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
        .warn{border-left:4px solid var(--orange);background:var(--card);padding:10px 16px;margin:18px 0;border-radius:4px}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(240px,1fr));gap:14px;margin-top:26px}
        .cards+.grid,.grid+.stack{margin-top:16px}
        .card,figure,.panel{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px 18px;margin:0}
        .panel{overflow-x:auto}
        .card .name{color:var(--soft);font-size:14px}
        .card .value{font-size:30px;font-weight:650;line-height:1.25;letter-spacing:-.01em}
        .card .value small{font-size:14px;letter-spacing:0;font-weight:500;color:var(--soft)}
        .card p{font-size:13.5px;color:var(--soft);margin:4px 0 0}
        .bar{display:flex;height:26px;border-radius:6px;overflow:hidden;background:var(--line);margin:10px 0 8px}
        .bar span{display:block;height:100%}
        .bar span+span{border-left:2px solid var(--card)}
        .scale{position:relative}
        .mark{position:absolute;top:-5px;height:36px;border-left:2px dashed var(--ink)}
        .legend{display:flex;flex-wrap:wrap;gap:4px 20px;font-size:13.5px;color:var(--soft)}
        .legend i{display:inline-block;width:11px;height:11px;border-radius:3px;margin-right:7px}
        .grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(500px,100%),1fr));gap:16px;align-items:start}
        .stack{display:grid;gap:16px}
        figure svg{display:block;width:100%;height:auto}
        .told rect:hover{fill:currentColor;fill-opacity:.13}
        details{margin-top:8px;font-size:13.5px;color:var(--soft)}
        summary{cursor:pointer}
        .numbers{max-height:320px;overflow:auto;margin-top:8px}
        figcaption{font-size:13.5px;color:var(--soft);padding:8px 4px 0}
        figcaption b{color:var(--ink)}
        table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
        th{font-weight:600;color:var(--soft);text-align:right;padding:4px 7px;border-bottom:1px solid var(--line)}
        td{text-align:right;padding:4px 7px;border-bottom:1px solid var(--line)}
        tr:last-child td{border-bottom:0}
        th.left,td.left{text-align:left;overflow-wrap:anywhere;min-width:4.5em}
        pre{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 18px;overflow-x:auto;margin:0 0 12px;font:13px/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
        a{color:var(--accent)}
        @media(max-width:520px){main{padding:20px 12px 40px}h1{font-size:24px}.card,figure,.panel{padding:12px}td,th{padding:4px 5px}}
        """;
}
