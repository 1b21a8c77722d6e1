import { Beliefs } from './beliefs.js';
import { Beside } from './beside.js';
import { Camera } from './camera.js';
import { Choices } from './choices.js';
import { Feed } from './feed.js';
import { drawLegend } from './legend.js';
import { CityMap } from './map.js';
import { Questions } from './questions.js';

const element = id => document.getElementById(id);

/** The page of a lecture: which scene and load are shown, and the slot that both sides are in. */
export class Lecture {
  #feeds = new Map();

  constructor(told) {
    Object.assign(this, { told, scene: 0, load: 0, entering: null, index: 0, frames: [], feeds: [], maps: [], selected: null, stories: [], playing: false, drawn: 0 });
    this.questions = new Questions(this);
    this.beside = new Beside(this);
    this.beliefs = new Beliefs();
    this.choices = new Choices(this);
    element('acts').replaceChildren(...told.scenes.map(({ title }, i) => {
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: `${i + 1} ${title}` });
      button.addEventListener('click', () => this.enter(i));
      return button;
    }));
  }

  /** The scene and load that are on their way to be shown, or are shown. */
  get bound() { return this.entering ?? this; }

  get shown() { return this.told.scenes[this.scene]; }

  get pair() { return this.shown.pairs[this.load]; }

  get slots() { return this.feeds[0].series.slots; }

  get slot() { return this.frames[0]?.slot ?? 0; }

  /** What is shown of the left run; both show the same slot. */
  get frame() { return this.frames[0]; }

  /** The last slot that may be seen: that of the first question that waits for an answer. */
  get limit() { return Math.min(this.slots.length - 1, this.feeds[0].series.indexOf(this.questions.waiting?.slot ?? Infinity)); }

  /** Shows a scene at one of its loads, from a slot on. */
  async enter(scene, load = 0, slot = 0) {
    const { scenes } = this.told, wanted = Math.min(Math.max(0, scene), scenes.length - 1);
    const at = Math.min(Math.max(0, load), scenes[wanted].pairs.length - 1), entering = this.entering = { scene: wanted, load: at };
    this.playing = false;
    const feeds = await Promise.all(scenes[wanted].pairs[at].runs.map(({ number }) => this.#feed(number)));
    if (this.entering !== entering) return; // somebody wants another one meanwhile
    const same = this.scene === wanted && this.feeds.length > 0;
    [this.scene, this.load, this.feeds, this.frames, this.stories] = [wanted, at, feeds, [], []];
    this.camera = same ? this.camera : new Camera(feeds[0].world.area);
    this.maps = feeds.map((feed, side) => new CityMap(element(`map${side}`), feed.world, this.camera));
    const { server } = this.shown;
    if (!same) this.selected = server === null ? null : { kind: 'server', id: server };
    this.#words();
    this.questions.enter();
    this.beside.enter();
    this.choices.enter();
    drawLegend(this.maps[0], element('legend'), feeds[1].world);
    this.resize();
    this.entering = null;
    await this.go(this.feeds[0].series.indexOf(slot));
  }

  /** Shows a slot, and stays there; no further than to a question that waits. */
  go(index) {
    this.playing = false;
    return this.step(index);
  }

  async step(index) {
    const wanted = this.wanted = Math.min(Math.max(0, index), this.limit), { feeds } = this;
    const frames = await Promise.all(feeds.map(feed => feed.frame(wanted)));
    if (this.wanted !== wanted || this.feeds !== feeds) return;
    const before = this.frames, now = performance.now();
    frames.forEach((frame, side) => {
      if (this.playing && before[side]) this.maps[side].motion.begin(before[side], frame, now, this.between);
      else this.maps[side].motion.stop();
    });
    [this.frames, this.index] = [frames, wanted];
    this.show();
  }

  show() {
    const { slot } = this, said = `slot ${slot} of ${this.feeds[0].world.slots}`;
    if (this.questions.show(slot)) this.playing = false;
    element('time').max = this.slots.length - 1;
    element('time').value = this.index;
    element('slot').textContent = said;
    element('time').setAttribute('aria-valuetext', said);
    const caption = Object.entries(this.shown.captions).filter(([from]) => +from <= slot).at(-1)?.[1] ?? '';
    if (element('caption').textContent !== caption) element('caption').textContent = caption;
    this.beside.show();
    this.choices.show();
    this.#tell();
    this.buttons();
    this.dirty = true;
    clearTimeout(this.linking);
    this.linking = setTimeout(() => history.replaceState(null, '', `#scene=${this.scene + 1}&load=${this.load}&slot=${slot}`), 300);
  }

  /** Time that a slot takes while it is played, milliseconds. */
  get between() { return 1000 / element('speed').value; }

  toggle() {
    if (this.playing) this.playing = false;
    else if (this.questions.waiting?.slot <= this.slot) this.questions.focus();
    else {
      if (this.index >= this.slots.length - 1) this.step(0);
      [this.playing, this.due] = [true, performance.now()];
    }
    this.buttons();
  }

  faster(steps) {
    const speed = element('speed');
    speed.selectedIndex = Math.min(Math.max(0, speed.selectedIndex + steps), speed.options.length - 1);
  }

  buttons() { element('play').textContent = this.playing ? 'Pause' : 'Play'; }

  /** Once a picture of the screen. */
  async tick(now) {
    requestAnimationFrame(next => this.tick(next));
    if (this.playing && now >= this.due && !this.loading) {
      this.due = Math.max(this.due + this.between, now - this.between);
      this.loading = true;
      try {
        for (const feed of this.feeds) feed.prepare(Math.min(this.index + 1, this.limit));
        if (this.index < this.limit) await this.step(this.index + 1);
        else this.playing = false;
        this.buttons();
      } finally {
        this.loading = false;
      }
    }
    if (this.dirty) this.draw(now);
    else if (this.maps.some(map => map.motion.from)) this.drawMaps(now);
  }

  drawMaps(now) {
    this.drawn++;
    this.maps.forEach((map, side) => {
      const told = this.stories[side] ?? {}, device = this.choices.selected;
      map.draw(this.frames[side], this.selected ?? device, this.selected ? told : {}, null, now);
      if (device && this.frames[side]) this.choices.drawCandidates(map, side);
    });
  }

  draw(now = performance.now()) {
    this.dirty = false;
    this.drawMaps(now);
    this.beside.draw(this.index);
    this.maps.forEach((map, side) => map.canvas.setAttribute('aria-label', `Map, ${this.shown.sides[side]}, slot ${this.slot}${
      this.selected ? `; selected: ${this.selected.kind} ${this.selected.id}` : ''}.`));
  }

  resize() {
    if (!this.feeds.length) return;
    for (const map of this.maps) map.resize();
    this.draw(); // at once: a canvas whose size was set is black
  }

  retheme() { for (const map of this.maps) map.retheme(); }

  /** What the pointer does on a map: both move together. */
  pointedAt(side) {
    return {
      pan: (dx, dy) => this.pan(dx, dy),
      zoom: (factor, x, y) => this.zoom(factor, x, y),
      pickAt: ({ x, y }) => { if (this.frames[side]) this.select(this.maps[side].pick(x, y, this.frames[side])); },
    };
  }

  pan(dx, dy) { this.camera.pan(dx, dy); this.dirty = true; }

  zoom(factor, x, y) { this.camera.zoom(factor, x, y); this.dirty = true; }

  fit() { this.camera.fit(); this.dirty = true; }

  /** A server is looked at on both sides; of devices there is no story here. */
  select(selected) {
    [this.selected, this.stories] = [selected?.kind === 'server' ? selected : null, []];
    this.#tell();
    this.dirty = true;
  }

  selectNext(step) {
    const count = this.feeds[0].world.stationOfServer.length;
    this.select({ kind: 'server', id: ((this.selected?.id ?? (step > 0 ? -1 : 0)) + step + count) % count });
  }

  /** A digit was pressed: an answer where a question waits, else a candidate. */
  pick(number) {
    if (this.questions.waiting?.slot <= this.slot) this.questions.give(number);
    else this.choices.pick(number);
  }

  help() { element('keys').showModal(); }

  #words() {
    const { sides, text, loads, loadLabel } = this.shown;
    for (const [i, button] of [...element('acts').children].entries()) {
      if (i === this.scene) button.setAttribute('aria-current', 'page');
      else button.removeAttribute('aria-current');
    }
    element('text').textContent = text.replaceAll('\n\n', ' ');
    sides.forEach((name, side) => {
      const alone = Object.assign(document.createElement('a'), { textContent: 'alone', href: `/acts/${this.pair.runs[side].number}/`, target: '_blank', title: 'This run in the usual view, in a tab of its own: it shows all of it, answers, too' });
      element(`side${side}`).replaceChildren(`${side === 0 ? 'Left' : 'Right'}: ${name}`, alone);
    });
    element('loadBox').hidden = loads.length < 2;
    element('loadLabel').textContent = loadLabel;
    Object.assign(element('load'), { max: loads.length - 1, value: this.load });
    element('load').setAttribute('aria-valuetext', loads[this.load]);
    element('loadName').textContent = loads[this.load];
  }

  /** Asks for the story of the selected server on both sides; while one is on its way, no other. */
  async #tell() {
    const { selected, feeds, index } = this;
    this.beliefs.show(this);
    if (!selected || this.asking) return;
    this.asking = true;
    try {
      const stories = await Promise.all(feeds.map(async feed => {
        const [asked, served] = await Promise.all([feed.story(selected, index), feed.served(index)]);
        return { ...asked, served };
      }));
      if (this.selected === selected && this.feeds === feeds) this.stories = stories;
    } finally {
      this.asking = false;
    }
    this.beliefs.show(this);
    this.dirty = true;
    if (this.selected !== selected || this.feeds !== feeds || this.index !== index) this.#tell();
  }

  /** The recording of a run; it is fetched once. */
  #feed(number) {
    if (!this.#feeds.has(number)) {
      this.#feeds.set(number, (async () => {
        const feed = await Feed.open(() => {}, `acts/${number}/`);
        await feed.grow();
        return feed;
      })());
    }
    return this.#feeds.get(number);
  }
}
