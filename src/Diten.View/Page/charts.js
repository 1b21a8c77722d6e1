import { theme } from './colours.js';

const format = (value, digits) => Number.isFinite(value) ? value.toFixed(digits) : '–';

/** A line, or several, over slots, with a marker at the slot that is shown. What it says is also its text for screen readers. */
export class Chart {
  #base = document.createElement('canvas');
  #kept = '';

  /** lines: { name, values, dashed, low, high }, the last two an interval around it, where there is one; factor turns them into the unit that is shown. */
  constructor(canvas, { title, unit = '', factor = 1, digits = 2 }) {
    Object.assign(this, { canvas, title, unit, factor, digits, slots: [], lines: [] });
    this.context = canvas.getContext('2d');
    this.version = 0;
  }

  show(slots, lines) {
    Object.assign(this, { slots, lines });
    this.version++;
  }

  /** The number of the recorded slot under a point, pixels from the left. */
  indexAt(px) {
    const share = (px - 2) / Math.max(1, this.canvas.clientWidth - 4);
    return Math.round(Math.min(1, Math.max(0, share)) * (this.slots.length - 1));
  }

  draw(index) {
    const { canvas, context } = this, ratio = Math.min(devicePixelRatio, 2);
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (width === 0) return;
    const key = `${this.version} ${width} ${height} ${ratio} ${matchMedia('(prefers-color-scheme: dark)').matches}`;
    if (this.#kept !== key) {
      this.#kept = key;
      this.colours = theme();
      for (const each of [canvas, this.#base]) [each.width, each.height] = [width * ratio, height * ratio];
      this.#drawBase(this.#base.getContext('2d'), width, height, ratio);
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(this.#base, 0, 0);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const n = this.slots.length, at = Math.min(index, n - 1);
    if (n === 0) return;
    const x = 2 + (n > 1 ? at / (n - 1) : 0) * (width - 4);
    context.strokeStyle = this.colours.accent;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(x, 16); context.lineTo(x, height);
    context.stroke();
    const now = this.lines.map(line => format(line.values[at] * this.factor, this.digits)).join(' / ');
    context.fillStyle = this.colours.text;
    context.font = '12px system-ui, sans-serif';
    context.textAlign = 'right';
    context.fillText(`${now} ${this.unit}`, width - 2, 11);
    canvas.setAttribute('aria-label', `${this.title}: ${now} ${this.unit} in slot ${this.slots[at]}; between ${
      format(this.low, this.digits)} and ${format(this.high, this.digits)} over ${n} slots.`);
  }

  #drawBase(context, width, height, ratio) {
    const { colours, factor } = this, all = this.lines.flatMap(line => [line.values, line.low ?? [], line.high ?? []].flatMap(values => range(values))).filter(Number.isFinite);
    [this.low, this.high] = all.length ? [Math.min(...all) * factor, Math.max(...all) * factor] : [NaN, NaN];
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    context.font = '12px system-ui, sans-serif';
    context.fillStyle = colours.faint;
    const told = `${this.title} · up to ${format(this.high, this.digits)}`;
    context.fillText(all.length && context.measureText(told).width < width - (this.lines.length > 1 ? 150 : 90) ? told : this.title, 2, 11); // the rest is for what is now
    context.strokeStyle = colours.line;
    context.strokeRect(0.5, 16.5, width - 1, height - 17);
    const low = Math.min(0, this.low), span = Math.max(this.high, 0) - low || 1;
    const top = value => height - 3 - (value * factor - low) / span * (height - 22);
    this.lines.forEach((line, k) => {
      context.strokeStyle = context.fillStyle = k === 0 ? colours['in-time'] : colours.late;
      if (line.low) band(context, line, width, top);
      context.lineWidth = 1.5;
      context.setLineDash(line.dashed ? [4, 3] : []);
      plot(context, line.values, width, top);
      context.setLineDash([]);
    });
  }
}

/** A line with no more than two points a pixel: least and greatest value there. */
function plot(context, values, width, top) {
  const n = values.length, columns = Math.min(n, Math.floor(width - 4));
  let open = false;
  context.beginPath();
  for (let c = 0; c < columns; c++) {
    const from = Math.floor(c * n / columns), to = Math.max(from + 1, Math.floor((c + 1) * n / columns));
    const [low, high] = range(values, from, to);
    if (!Number.isFinite(low)) { open = false; continue; }
    const x = 2 + (n > 1 ? from / (n - 1) : 0) * (width - 4);
    context[open ? 'lineTo' : 'moveTo'](x, top(low));
    if (high !== low) context.lineTo(x, top(high));
    open = true;
  }
  context.stroke();
}

/** An interval around a line, over all slots in which there is one. */
function band(context, { low, high }, width, top) {
  const n = low.length, told = [...low.keys()].filter(i => Number.isFinite(low[i]) && Number.isFinite(high[i]));
  const x = i => 2 + (n > 1 ? i / (n - 1) : 0) * (width - 4);
  context.globalAlpha = 0.2;
  context.beginPath();
  told.forEach((i, k) => context[k === 0 ? 'moveTo' : 'lineTo'](x(i), top(high[i])));
  told.reverse().forEach(i => context.lineTo(x(i), top(low[i])));
  context.fill();
  context.globalAlpha = 1;
}

function range(values, from = 0, to = values.length) {
  let low = NaN, high = NaN;
  for (let i = from; i < to; i++) {
    if (!(values[i] >= low)) low = Number.isFinite(values[i]) ? values[i] : low;
    if (!(values[i] <= high)) high = Number.isFinite(values[i]) ? values[i] : high;
  }
  return [low, high];
}
