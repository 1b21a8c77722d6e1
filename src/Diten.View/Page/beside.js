import { Chart } from './charts.js';

const element = id => document.getElementById(id);

const told = (figure, value) => value === null || value === undefined ? '–' : (value * figure.scale).toFixed(figure.digits).replace('-', '−');

/** "148.1 to 152.3" of [mean, low, high]. */
const interval = (figure, [, low, high]) => low === null ? '–' : `${told(figure, low)} to ${told(figure, high)}`;

function row(cells, heads = 1, className = '') {
  const made = Object.assign(document.createElement('tr'), { className });
  cells.forEach((text, i) => made.append(Object.assign(document.createElement(i < heads ? 'th' : 'td'), { textContent: text, ...(i < heads ? { scope: 'row' } : {}) })));
  return made;
}

/** A table's head; its first column is that of names. */
export function head(...titles) {
  const made = document.createElement('thead'), line = document.createElement('tr');
  for (const title of titles) line.append(Object.assign(document.createElement('th'), { textContent: title, scope: 'col' }));
  made.append(line);
  return made;
}

/** The figures of both sides beside each other, with what all worlds came to, and how they go. */
export class Beside {
  constructor(lecture) {
    this.lecture = lecture;
    this.charts = [];
    this.seen = new Set();
  }

  enter() {
    const { shown, feeds } = this.lecture;
    element('courses').replaceChildren();
    this.charts = shown.figures.map((figure, f) => {
      const canvas = Object.assign(document.createElement('canvas'), { className: 'chart' }), [title, unit] = figure.title.split(', ');
      canvas.setAttribute('role', 'img');
      element('courses').append(canvas);
      const chart = new Chart(canvas, { title, unit, factor: figure.scale, digits: figure.digits });
      canvas.addEventListener('click', event => this.lecture.go(chart.indexAt(event.offsetX)));
      return Object.assign(chart, { figure: f, slots: feeds[0].series.slots });
    });
    this.until = -1;
  }

  /** Charts end where nobody may look further; only then intervals are whole, too. */
  show() {
    const { lecture } = this, { shown, pair, feeds, load } = lecture, { slots } = feeds[0].series, whole = lecture.questions.toldAll(shown, load);
    const until = whole ? slots.length - 1 : lecture.index;
    if (until !== this.until) {
      this.until = until;
      for (const chart of this.charts) {
        const part = values => slots.map((slot, i) => i <= until ? values[slot] ?? NaN : NaN);
        chart.show(slots, pair.runs.map(({ figures }, side) => {
          const { shown: values, slots: all } = figures[chart.figure];
          return { values: part(values), dashed: side === 1, low: part(all.map(each => each[1])), high: part(all.map(each => each[2])) };
        }));
      }
    }
    this.#table(whole);
    if (whole) this.seen.add(`${shown.name}.${load}`);
    this.#loads();
    lecture.dirty = true;
  }

  draw(index) { for (const chart of this.charts) chart.draw(index); }

  #table(whole) {
    const { shown, pair, slot, told: { seeds, firstSeed } } = this.lecture, body = document.createElement('tbody');
    shown.figures.forEach((figure, f) => pair.runs.forEach((run, side) => {
      const course = run.figures[f];
      body.append(row([side === 0 ? figure.title : '', side === 0 ? 'left' : 'right', told(figure, course.shown[slot]), interval(figure, course.slots[slot])], 2, side === 0 ? 'first' : ''));
    }));
    if (whole) {
      shown.figures.forEach((figure, f) => {
        pair.runs.forEach((run, side) => body.append(row([side === 0 ? `whole run: ${figure.title}` : '', side === 0 ? 'left' : 'right', told(figure, run.figures[f].run[0]), interval(figure, run.figures[f].run)], 2, side === 0 ? 'first' : '')));
        const difference = pair.differences[f];
        body.append(row(['', 'right less left', told(figure, difference[0]), interval(figure, difference)], 2));
      });
    }
    element('nowTitle').textContent = `Figures of slot ${slot}`;
    element('now').replaceChildren(head('', '', 'this run', `${seeds} worlds, 95 %`), body);
    element('nowKey').textContent = `Left solid, right dashed. The interval is of the mean over seeds ${firstSeed} to ${firstSeed + seeds - 1}, in this slot; bands in the charts show it.${
      whole ? ' Of whole runs it stands beside the mean of all worlds.' : ''}`;
  }

  /** What came at each load that has been looked at to its end. */
  #loads() {
    const { shown, told: { seeds } } = this.lecture, figure = shown.figures[0];
    if (shown.loads.length < 2) return;
    const rows = shown.loads.flatMap((name, load) => this.#known(shown, load)
      ? [row([name, ...shown.pairs[load].runs.map(run => told(figure, run.figures[0].run[0])), `${told(figure, shown.pairs[load].differences[0][0])} (${interval(figure, shown.pairs[load].differences[0])})`])] : []);
    const body = document.createElement('tbody');
    body.append(...rows);
    element('loads').replaceChildren(head(shown.loadLabel.toLowerCase(), 'left', 'right', 'right less left (95 %)'), body);
    element('loadsKey').textContent = rows.length > 0 ? `${figure.title}, of whole runs, means of ${seeds} worlds.` : 'What came of a load stands here when its questions have been told, or its last slot was seen.';
  }

  #known(scene, load) {
    const asks = scene.questions.some(question => question.load === load), { lecture } = this, key = `${scene.name}.${load} seen`;
    if (load === lecture.load && lecture.index === lecture.slots.length - 1) this.seen.add(key);
    return asks ? lecture.questions.toldAll(scene, load) : this.seen.has(key);
  }
}
