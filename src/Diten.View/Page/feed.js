import { Frame, Series } from './frames.js';
import { Nodes } from './nodes.js';

const mostKept = 90, ahead = 6, pause = ms => new Promise(done => setTimeout(done, ms));

/** Asks the server for what the page shows, and keeps the last frames. */
export class Feed {
  #kept = new Map();

  /** Waits until there is a run; null = its recording is gone. base: where its answers are, from the page's address on. */
  static async open(waiting, base = '') {
    for (;;) {
      const asked = await fetch(`${base}api/world`);
      if (asked.status === 404) return null;
      const answer = await asked.json();
      if (!answer.waiting) return new Feed(answer, base);
      waiting();
      await pause(300);
    }
  }

  constructor({ world, ended, metrics }, base) {
    this.base = base;
    this.world = world;
    this.metrics = metrics;
    this.ended = ended;
    this.series = new Series(world.series);
    this.events = [];
    this.nodes = new Nodes(world);
  }

  /** Fetches what came since the last time. */
  async grow() {
    const asked = await Promise.all([
      fetch(`${this.base}api/series?from=${this.series.length}`),
      fetch(`${this.base}api/events?from=${this.events.length}`),
      fetch(`${this.base}api/nodes?from=${this.nodes.moments.length}`),
    ]);
    if (asked.some(answer => answer.status === 404)) return; // the recording is gone: what came of it stays
    const [series, events, nodes] = asked;
    this.series.append(await series.arrayBuffer());
    this.events.push(...await events.json());
    this.nodes.append(await nodes.json());
  }

  /** Waits for the next frames of a run that goes on, the newest of them first; tells of each, until there are no more. */
  async follow(tell, interval) {
    while (!this.ended) {
      let answer;
      try { answer = await fetch(`${this.base}api/next?seen=${this.series.length}`); } catch { return tell(null); }
      if (answer.status === 200) {
        const frame = this.#keep(await answer.arrayBuffer());
        await this.grow();
        tell(frame);
        await pause(interval());
      } else if (answer.status === 404 || answer.headers.get('Diten-Ended') === 'yes') {
        this.ended = true;
      }
    }
    await this.grow();
    tell(undefined);
  }

  /** A frame by its number. */
  frame(index) {
    if (!this.#kept.has(index)) {
      this.#put(index, fetch(`${this.base}api/frames/${index}`)
        .then(answer => answer.ok ? answer.arrayBuffer() : Promise.reject(new Error(`Frame ${index} cannot be had.`)))
        .then(buffer => new Frame(buffer, this.world)));
    }
    return this.#kept.get(index);
  }

  /** Asks early for the frames that come next. */
  prepare(index) {
    for (let i = index; i < Math.min(index + ahead, this.series.length); i++) this.frame(i).catch(() => this.#kept.delete(i));
  }

  /** What a server or device went through up to a slot, and the faults that are in force at it then. */
  async story(selected, index) {
    const kind = selected.kind === 'server' ? 'servers' : 'devices';
    const told = await (await fetch(`${this.base}api/${kind}/${selected.id}?at=${index}`)).json();
    return kind === 'servers' ? { story: told.moments, faults: told.faults } : { story: told, faults: [] };
  }

  /** The servers of the drawn devices in a slot. */
  async served(index) { return { index, servers: new Int32Array(await (await fetch(`${this.base}api/frames/${index}/servers`)).arrayBuffer()) }; }

  /** A metric of all recorded slots from one on. */
  async metric(name, from) { return new Float64Array(await (await fetch(`${this.base}api/metrics/${name}?from=${from}`)).arrayBuffer()); }

  #keep(buffer) {
    const frame = new Frame(buffer, this.world);
    this.#put(frame.index, Promise.resolve(frame));
    return frame;
  }

  #put(index, frame) {
    this.#kept.delete(index);
    this.#kept.set(index, frame);
    if (this.#kept.size > mostKept) this.#kept.delete(this.#kept.keys().next().value);
  }
}
