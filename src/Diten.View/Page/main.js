import { Camera } from './camera.js';
import { Chart } from './charts.js';
import { onTheme } from './colours.js';
import { Feed } from './feed.js';
import { FiguresTable } from './figures.js';
import { bindKeys } from './keys.js';
import { drawLegend } from './legend.js';
import { readLink, writeLink } from './link.js';
import { CityMap } from './map.js';
import { bindPointer } from './pointer.js';
import { StoryPanel } from './stories.js';

const element = id => document.getElementById(id), mostLines = 500;

const shownCharts = [
  ['latency', { title: 'mean latency', unit: 'ms', factor: 1e3, digits: 1 }],
  ['failed', { title: 'failed', unit: '%', factor: 100, digits: 1 }],
  ['migrated', { title: 'migrated', unit: '%', factor: 100, digits: 1 }],
  ['deficit', { title: 'deficit queue a device' }],
  ['twinAge', { title: 'twin age', unit: 'slots' }],
  ['twinError', { title: 'twin error, share of capacity', unit: '%', factor: 100, digits: 1 }],
];

/** The page: which slot is shown, what is selected, and whether time goes on. */
class App {
  constructor(feed) {
    Object.assign(this, { feed, world: feed.world, index: 0, frame: null, selected: null, story: null, playing: false, following: !feed.ended, drawn: 0 });
    this.camera = new Camera(feed.world.area);
    this.map = new CityMap(element('map'), feed.world, this.camera);
    this.figures = new FiguresTable(element('figures'));
    this.stories = new StoryPanel(feed.world);
    this.charts = shownCharts.map(([name, look]) => {
      const canvas = Object.assign(document.createElement('canvas'), { className: 'chart' });
      canvas.setAttribute('role', 'img');
      element('charts').append(canvas);
      const chart = Object.assign(new Chart(canvas, look), { figure: feed.world.series.indexOf(name) });
      canvas.addEventListener('click', event => this.go(chart.indexAt(event.offsetX)));
      return chart;
    });
  }

  /** Takes over what has come, and shows a frame. */
  grown() {
    const { series, events } = this.feed;
    element('time').max = Math.max(0, series.length - 1);
    for (const chart of this.charts) chart.show(series.slots, [{ values: series.figures[chart.figure] }]);
    const log = element('log');
    for (const event of events.slice(this.logged ?? 0)) {
      const line = document.createElement('li'), button = Object.assign(document.createElement('button'), { type: 'button', textContent: `slot ${event.slot} · ${event.text}` });
      button.addEventListener('click', () => this.go(series.indexOf(event.slot)));
      line.append(button);
      log.append(line);
      if (log.childElementCount > mostLines) log.firstElementChild.remove();
    }
    this.logged = events.length;
    this.redraw();
  }

  show(frame) {
    [this.frame, this.index] = [frame, frame.index];
    element('time').value = frame.index;
    const slot = `slot ${frame.slot} of ${this.world.slots}`;
    element('slot').textContent = slot;
    element('time').setAttribute('aria-valuetext', slot);
    this.figures.show(frame);
    this.tellStory();
    this.redraw();
    this.link();
  }

  /** Shows a recorded slot, and stays there. */
  go(index) {
    [this.playing, this.following] = [false, false];
    return this.step(index);
  }

  async step(index) {
    const wanted = this.wanted = Math.min(Math.max(0, index), this.feed.series.length - 1);
    if (wanted < 0) return;
    this.index = wanted;
    this.buttons();
    const frame = await this.feed.frame(wanted);
    if (this.wanted === wanted) this.show(frame);
  }

  newest() {
    const last = this.go(this.feed.series.length - 1);
    this.following = !this.feed.ended;
    this.buttons();
    return last;
  }

  toggle() {
    if (this.following) this.following = false;
    else if (this.playing) this.playing = false;
    else if (this.index >= this.feed.series.length - 1 && !this.feed.ended) this.following = true;
    else {
      if (this.index >= this.feed.series.length - 1) this.step(0);
      [this.playing, this.due] = [true, performance.now()];
    }
    this.buttons();
  }

  faster(steps) {
    const speed = element('speed');
    speed.selectedIndex = Math.min(Math.max(0, speed.selectedIndex + steps), speed.options.length - 1);
  }

  buttons() {
    element('play').textContent = this.playing || this.following ? 'Pause' : 'Play';
  }

  /** Once a picture of the screen: goes on where time does, and draws where something changed. */
  async tick(now) {
    requestAnimationFrame(next => this.tick(next));
    const between = 1000 / element('speed').value;
    if (this.playing && now >= this.due && !this.loading) {
      this.due = Math.max(this.due + between, now - between);
      this.loading = true;
      try {
        if (this.index < this.feed.series.length - 1) {
          this.feed.prepare(this.index + 1);
          await this.step(this.index + 1);
        } else {
          [this.playing, this.following] = [false, !this.feed.ended];
          this.buttons();
        }
      } finally {
        this.loading = false;
      }
    }
    if (!this.dirty) return;
    this.draw();
  }

  draw() {
    this.dirty = false;
    this.drawn++;
    this.map.draw(this.frame, this.selected, this.story);
    for (const chart of this.charts) chart.draw(this.index);
    element('map').setAttribute('aria-label', this.frame
      ? `Map of ${this.frame.stations} stations and ${this.frame.servers} servers in slot ${this.frame.slot}${this.selected ? `; selected: ${this.selected.kind} ${this.selected.id}` : ''}.`
      : 'Map; no slot is done yet.');
  }

  redraw() { this.dirty = true; }

  pan(dx, dy) { this.camera.pan(dx, dy); this.redraw(); this.link(); }

  zoom(factor, x, y) { this.camera.zoom(factor, x, y); this.redraw(); this.link(); }

  fit() { this.camera.fit(); this.redraw(); this.link(); }

  pickAt({ x, y }) { if (this.frame) this.select(this.map.pick(x, y, this.frame)); }

  select(selected) {
    [this.selected, this.story] = [selected, null];
    this.tellStory();
    this.redraw();
    this.link();
  }

  selectNext(step) {
    const kind = this.selected?.kind ?? 'server', by = kind === 'server' ? 1 : this.world.drawnEvery;
    const count = kind === 'server' ? this.world.stationOfServer.length : Math.ceil(this.world.devices / by);
    const at = this.selected ? this.selected.id / by + step : 0;
    this.select({ kind, id: (at + count) % count * by });
  }

  /** Why nothing of that kind and number can be selected; empty = it can. */
  refusal({ kind, id }) {
    if (kind === 'server') return id < this.world.stationOfServer.length ? '' : `servers are 0 to ${this.world.stationOfServer.length - 1}`;
    if (id >= this.world.devices) return `devices are 0 to ${this.world.devices - 1}`;
    return id % this.world.drawnEvery ? `of devices, multiples of ${this.world.drawnEvery} are recorded` : '';
  }

  find(text) {
    const [, kind = 'server', number] = /^\s*(?:(s|d)\w*)?\s*(\d+)\s*$/i.exec(text) ?? [];
    const wanted = { kind: kind.toLowerCase() === 'd' ? 'device' : 'server', id: +number };
    const why = number === undefined ? 'say server 17, or device 40' : this.refusal(wanted);
    element('found').textContent = why;
    if (why || !this.frame) return;
    this.select(wanted);
    const [x, y] = wanted.kind === 'server'
      ? [this.world.stationX, this.world.stationY].map(places => places[this.world.stationOfServer[wanted.id]])
      : [this.frame.x(wanted.id / this.world.drawnEvery), this.frame.y(wanted.id / this.world.drawnEvery)];
    this.camera.place({ x, y, scale: this.camera.scale });
    this.redraw();
    this.link();
    element('map').focus();
  }

  /** Asks for the story of what is selected; while one is on its way, no other. */
  async tellStory() {
    this.stories.show(this.selected, this.story, this.frame?.slot, this.feed.events);
    if (!this.selected || !this.frame || this.asking) return;
    const { selected, index } = this;
    this.asking = true;
    try {
      const story = await this.feed.story(selected, index);
      if (this.selected === selected) this.story = story;
    } finally {
      this.asking = false;
    }
    this.stories.show(this.selected, this.story, this.frame.slot, this.feed.events);
    this.redraw();
    if (this.selected !== selected || this.index !== index) this.tellStory();
  }

  /** Soon, and not with each slot of a film: browsers refuse too many. */
  link() {
    clearTimeout(this.linking);
    this.linking = setTimeout(() => writeLink(this.following ? null : this.frame?.slot ?? null, this.camera, this.selected), 300);
  }

  help() { element('keys').showModal(); }

  resize() {
    this.map.resize();
    drawLegend(this.map, element('legend'), this.world);
    this.draw(); // at once: a canvas whose size was set is black
  }
}

function bindControls(app) {
  const click = (id, act) => element(id).addEventListener('click', act);
  click('first', () => app.go(0));
  click('back', () => app.go(app.index - 1));
  click('play', () => app.toggle());
  click('forward', () => app.go(app.index + 1));
  click('newest', () => app.newest());
  click('clear', () => app.select(null));
  click('help', () => app.help());
  element('time').addEventListener('input', event => app.go(+event.target.value));
  element('find').addEventListener('submit', event => { event.preventDefault(); app.find(element('query').value); });
  new ResizeObserver(() => app.resize()).observe(element('map'));
  onTheme(() => { app.map.retheme(); app.resize(); });
}

async function start() {
  const feed = await Feed.open(() => { element('notice').textContent = 'The run has not begun.'; });
  element('notice').textContent = '';
  const { world } = feed, drawn = Math.ceil(world.devices / world.drawnEvery);
  document.title = `${world.name} – Diten`;
  element('name').textContent = world.name;
  element('about').textContent = `seed ${world.seed} · ${world.policy} · ${world.devices} devices${drawn < world.devices ? `, ${drawn} of them drawn` : ''} · ${
    world.stationOfServer.length} servers${world.everySlots > 1 ? ` · every ${world.everySlots} slots are recorded` : ''}`;
  element('legendBox').open = innerWidth > 760; // on a phone it would cover the city
  const app = new App(feed), link = readLink();
  bindControls(app);
  bindKeys(app);
  bindPointer(element('map'), app);
  if (link.place) app.camera.place(link.place);
  if (link.selected && !app.refusal(link.selected)) app.selected = link.selected;
  app.resize();
  requestAnimationFrame(now => app.tick(now));
  await feed.grow();
  app.grown();
  if (link.slot !== null) await app.go(feed.series.indexOf(link.slot));
  else if (feed.series.length > 0) await app.step(feed.ended ? 0 : feed.series.length - 1);
  app.buttons();
  globalThis.diten = app; // for whoever looks into it with the browser's tools, and for tests
  await feed.follow(frame => {
    if (frame === null) element('notice').textContent = 'The server is gone.';
    app.grown();
    if (frame && app.following) app.show(frame);
    if (frame === undefined) app.following = false;
    app.buttons();
  }, () => app.following ? 16 : 500);
}

start();
