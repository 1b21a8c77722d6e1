import { Chart } from './charts.js';

/** Figures over time: name in the series, and what its chart looks like. */
const usual = [
  ['latency', { title: 'mean latency', unit: 'ms', factor: 1e3, digits: 1 }],
  ['failed', { title: 'failed', unit: '%', factor: 100, digits: 1 }],
  ['migrated', { title: 'migrated', unit: '%', factor: 100, digits: 1 }],
  ['deficit', { title: 'deficit queue a device' }],
  ['twinAge', { title: 'twin age', unit: 'slots' }],
  ['twinError', { title: 'twin error, share of capacity', unit: '%', factor: 100, digits: 1 }],
  ['reward', { title: 'reward a task', digits: 3 }],
  ['regret', { title: 'mean regret', unit: 'ms', factor: 1e3, digits: 2 }],
];

/** The usual figures of a world: there is no regret where none is measured. */
export const usualOf = world => usual.filter(([name]) => name !== 'regret' || world.measuresRegret);

const mostChosen = 8, element = id => document.getElementById(id);

/** Figures over slots: the usual ones, and any that is chosen from the table of metrics. */
export class Plots {
  #chosen = new Map();

  constructor(feed, { go, changed }) {
    Object.assign(this, { feed, go, changed, learning: [] });
    this.usual = usualOf(feed.world).map(([name, look]) => Object.assign(this.#chart(element('charts'), look), { figure: feed.world.series.indexOf(name) }));
    this.rate = this.#chart(element('charts'), { title: 'device-slots/s', digits: 0 });
    const picker = element('metric');
    for (const { name, title, meaning } of feed.metrics) picker.append(Object.assign(document.createElement('option'), { value: name, textContent: title, title: meaning }));
    picker.addEventListener('change', () => {
      this.choose(picker.value);
      picker.value = '';
      this.changed();
    });
  }

  /** Names of the metrics that were chosen. */
  get chosen() { return [...this.#chosen.keys()]; }

  /** Draws a metric from now on, too, where there is one of that name. */
  choose(name) {
    const metric = this.feed.metrics.find(each => each.name === name);
    if (!metric || this.#chosen.has(name) || this.#chosen.size >= mostChosen) return;
    const box = document.createElement('div'), away = Object.assign(document.createElement('button'), { type: 'button', textContent: '×', className: 'away' });
    away.setAttribute('aria-label', `Plot ${metric.title} no more`);
    away.addEventListener('click', () => {
      this.#chosen.delete(name);
      box.remove();
      this.changed();
    });
    element('chosen').append(box);
    const chart = this.#chart(box, metric);
    box.append(away);
    this.#chosen.set(name, { chart, values: [] });
    this.#fetch(name);
  }

  grown() {
    this.#showLearning();
    const { slots, figures } = this.feed.series;
    for (const chart of this.usual) chart.show(slots, [{ values: figures[chart.figure] }]);
    this.rate.canvas.hidden = this.feed.nodes.moments.length === 0;
    this.rate.show(slots, [{ values: this.feed.nodes.rates(slots) }]);
    for (const name of this.#chosen.keys()) this.#fetch(name);
  }

  draw(index) {
    const slot = this.feed.series.slots[index];
    for (const chart of this.learning) chart.draw(Math.max(0, chart.slots.findLastIndex(each => each <= slot)));
    for (const chart of [...this.usual, this.rate]) chart.draw(index);
    for (const { chart } of this.#chosen.values()) chart.draw(index);
  }

  /** Of a training: what each version of its policy came to. */
  #showLearning() {
    const learned = this.feed.events.filter(event => event.kind === 'policy');
    if (learned.length === 0) return;
    if (this.learning.length === 0) {
      this.learning = [['reward of a journey', 2], ['entropy of the policy, nats', 3]].map(([title, digits]) => {
        const chart = this.#chart(element('learning'), { title, digits }, at => this.feed.series.indexOf(chart.slots[at] ?? 0));
        return chart;
      });
    }
    ['reward', 'entropy'].forEach((name, i) => {
      const told = learned.filter(event => event[name] !== undefined); // journeys do not end in every version
      this.learning[i].show(told.map(event => event.slot), [{ values: told.map(event => event[name]) }]);
    });
  }

  #chart(parent, look, toIndex = at => at) {
    const canvas = Object.assign(document.createElement('canvas'), { className: 'chart' }), chart = new Chart(canvas, look);
    canvas.setAttribute('role', 'img');
    parent.append(canvas);
    canvas.addEventListener('click', event => this.go(toIndex(chart.indexAt(event.offsetX))));
    return chart;
  }

  /** Fetches what is missing of a metric; while that is on its way, nothing else of it. */
  async #fetch(name) {
    const plot = this.#chosen.get(name);
    if (plot.asking) return;
    plot.asking = true;
    try {
      plot.values.push(...await this.feed.metric(name, plot.values.length));
    } finally {
      plot.asking = false;
    }
    plot.chart.show(this.feed.series.slots.slice(0, plot.values.length), [{ values: plot.values }]);
    this.changed();
  }
}
