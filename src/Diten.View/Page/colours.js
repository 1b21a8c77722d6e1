// Colours of the page as canvases need them; told apart by the colour-blind, and always by shape or text, too.

const names = ['back', 'panel', 'text', 'faint', 'line', 'accent', 'in-time', 'late', 'uncovered', 'lost', 'station', 'cell', 'ring'];

export const outcomes = ['in time', 'late', 'uncovered', 'lost'];
export const conditions = ['in sync', 'suspect', 'desynchronised', 'resynchronising'];

/** Colours of the theme that is on. */
export function theme() {
  const style = getComputedStyle(document.documentElement), found = {};
  for (const name of names) found[name] = style.getPropertyValue(`--${name}`).trim();
  found.outcomes = ['in-time', 'late', 'uncovered', 'lost'].map(name => found[name]);
  return found;
}

/** Load from 0 to 255 as a colour: dark blue, grey, yellow. The order of lightness is that of the load, with and without colours. */
export const loads = Array.from({ length: 256 }, (_, load) => {
  const stops = [[0, 32, 96], [60, 90, 130], [124, 123, 120], [188, 175, 90], [255, 225, 60]];
  const at = load / 255 * (stops.length - 1), i = Math.min(stops.length - 2, Math.floor(at)), part = at - i;
  return `rgb(${stops[i].map((c, k) => Math.round(c + (stops[i + 1][k] - c) * part)).join(' ')})`;
});

/** A colour like #1a2b3c as a pixel of an ImageData on a little-endian machine. */
export const pixel = hex => {
  const [red, green, blue] = [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
  return (255 << 24 | blue << 16 | green << 8 | red) >>> 0;
};

/** Colours of nodes, told apart by the colour-blind; their numbers stand beside them. */
export const nodeColours = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#b8a800', '#808080'];

/** Called when the user's system changes between light and dark. */
export const onTheme = tell => matchMedia('(prefers-color-scheme: dark)').addEventListener('change', tell);
