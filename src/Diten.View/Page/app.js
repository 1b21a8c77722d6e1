import { mapInWords } from './aloud.js';
import { Breakpoints } from './breakpoints.js';
import { Camera } from './camera.js';
import { FiguresTable } from './figures.js';
import { Hands } from './hands.js';
import { drawLegend } from './legend.js';
import { writeLink } from './link.js';
import { EventLog } from './log.js';
import { CityMap } from './map.js';
import { Plots, usualOf } from './plots.js';
import { drawCircle } from './selection.js';
import { StoryPanel } from './stories.js';

const element = id => document.getElementById(id);

/** The page: which slot is shown, what is selected, and whether time goes on. */
export class App {
  constructor(feed, demo) {
    Object.assign(this, { feed, demo, world: feed.world, index: 0, frame: null, selected: null, told: {}, playing: false, following: !feed.ended, drawn: 0 });
    this.camera = new Camera(feed.world.area);
    this.map = new CityMap(element('map'), feed.world, this.camera);
    this.figures = new FiguresTable(element('figures'));
    this.stories = new StoryPanel(feed.world);
    this.breakpoints = new Breakpoints(feed, usualOf(feed.world), () => this.link());
    this.hands = new Hands(feed.world, () => this.redraw());
    this.log = new EventLog(element('log'), slot => this.go(feed.series.indexOf(slot)));
    this.plots = new Plots(feed, { go: index => this.go(index), changed: () => { this.redraw(); this.link(); } });
  }

  /** Takes over what has come, and shows a frame. */
  grown() {
    const { series, events } = this.feed;
    element('time').max = Math.max(0, series.length - 1);
    this.plots.grown();
    this.log.grown(events);
    if (this.frame) this.feed.nodes.show(this.frame.slot, events);
    this.redraw();
  }

  show(frame) {
    const before = this.frame, goesOn = this.playing || this.following, now = performance.now();
    if (goesOn) this.map.motion.begin(before, frame, now, this.playing ? this.between : now - this.shownAt);
    else this.map.motion.stop();
    [this.frame, this.index, this.shownAt] = [frame, frame.index, now];
    if (goesOn && before && frame.index > before.index) this.stopAt(before, frame);
    element('time').value = frame.index;
    const slot = `slot ${frame.slot} of ${this.world.slots}`;
    element('slot').textContent = slot;
    element('time').setAttribute('aria-valuetext', slot);
    this.figures.show(frame);
    this.log.show(frame.slot);
    this.demo?.show(frame.slot);
    this.feed.nodes.show(frame.slot, this.feed.events);
    this.tellStory();
    this.redraw();
    this.link();
  }

  /** Stands still where a breakpoint says so. */
  stopAt(before, frame) {
    element('notice').textContent = '';
    const reason = this.breakpoints.reason(before, frame);
    if (!reason) return;
    [this.playing, this.following] = [false, false];
    this.map.motion.stop();
    element('notice').textContent = `Stopped: ${reason.text}`;
    if (reason.selected) this.select(reason.selected);
    this.buttons();
  }

  /** Opens the breakpoints. */
  stopWhen() {
    element('stops').open = true;
    element('stopDesync').focus();
  }

  /** Shows a recorded slot, and stays there. */
  go(index) {
    this.demo?.stay();
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

  /** Time that a slot takes while it is played, milliseconds. */
  get between() { return 1000 / element('speed').value; }

  toggle() {
    this.demo?.stay();
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
    const { between } = this;
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
          if (this.feed.ended) this.demo?.next();
        }
      } finally {
        this.loading = false;
      }
    }
    if (this.dirty) this.draw(now);
    else if (this.map.motion.from) this.drawMap(now);
  }

  drawMap(now) {
    this.drawn++;
    this.map.draw(this.frame, this.selected, this.told, this.frame && this.feed.nodes.ofZones(this.frame.slot), now);
    const { circle } = this.hands;
    if (circle) drawCircle(this.map, circle);
  }

  draw(now = performance.now()) {
    this.dirty = false;
    this.drawMap(now);
    this.plots.draw(this.index);
    element('map').setAttribute('aria-label', this.frame ? mapInWords(this.frame, this.selected) : 'Map; no slot is done yet.');
  }

  redraw() { this.dirty = true; }

  pan(dx, dy) { this.camera.pan(dx, dy); this.redraw(); this.link(); }

  zoom(factor, x, y) { this.camera.zoom(factor, x, y); this.redraw(); this.link(); }

  fit() { this.camera.fit(); this.redraw(); this.link(); }

  pickAt({ x, y }) { if (this.frame) this.select(this.map.pick(x, y, this.frame)); }

  select(selected) {
    [this.selected, this.told] = [selected, {}];
    this.hands.select(selected);
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

  /** Asks for the story of what is selected, and whom it serves; while one is on its way, no other. */
  async tellStory() {
    this.stories.show(this.selected, this.told, this.frame);
    if (!this.selected || !this.frame || this.asking) return;
    const { selected, index } = this;
    this.asking = true;
    try {
      const [asked, served] = await Promise.all([this.feed.story(selected, index), selected.kind === 'server' ? this.feed.served(index) : null]);
      if (this.selected === selected) this.told = { ...asked, served };
    } finally {
      this.asking = false;
    }
    this.stories.show(this.selected, this.told, this.frame);
    this.redraw();
    if (this.selected !== selected || this.index !== index) this.tellStory();
  }

  /** Soon, and not with each slot of a film: browsers refuse too many. */
  link() {
    clearTimeout(this.linking);
    this.linking = setTimeout(() => writeLink(this.following ? null : this.frame?.slot ?? null, this.camera, this.selected, this.plots.chosen, this.breakpoints.text), 300);
  }

  help() { element('keys').showModal(); }

  resize() {
    drawLegend(this.map, element('legend'), this.world);
    const box = element('legendBox');
    this.map.resize(box.open && innerWidth > 760 ? box.offsetLeft + box.offsetWidth : 0);
    this.draw(); // at once: a canvas whose size was set is black
  }
}
