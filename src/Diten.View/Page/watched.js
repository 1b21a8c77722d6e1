import { progress } from './experiment.js';

const askEvery = 1000, lastLook = 1500;

/** A run of an experiment that is watched: how far the experiment is, and the way to its next run. Stands where a demo's acts do. */
export class Watched {
  /** Null where no experiment is shown. */
  static async open() {
    const run = +/^\/runs\/(\d+)\//.exec(location.pathname)?.[1];
    if (!run) return null;
    const [told, { cells }] = await Promise.all(['/api/experiment', '/api/experiment/cells'].map(async path => (await fetch(path)).json()));
    return new Watched(run, told, cells);
  }

  named = true;
  plays = false;

  constructor(run, told, cells) {
    this.run = run;
    this.follows = new URLSearchParams(location.search).has('follow');
    const cell = cells[told.running.find(each => each.run === run)?.cell];
    this.title = cell ? [cell.part, cell.case, `seed ${cell.seed}`].filter(Boolean).join(' · ') : told.title;
    const nav = document.getElementById('acts'), link = Object.assign(document.createElement('a'), { href: '/', textContent: 'All runs' });
    this.told = document.createElement('span');
    nav.setAttribute('aria-label', 'Experiment');
    nav.append(link, this.told);
    nav.hidden = false;
    this.take(told);
    this.asking = setInterval(async () => {
      try { this.take(await (await fetch('/api/experiment')).json()); } catch { clearInterval(this.asking); }
    }, askEvery);
  }

  take(told) {
    this.state = told;
    this.told.textContent = `${told.title}: ${progress(told)}`;
  }

  show() { }

  /** The run is over: goes to the newest one, where one run after another is watched. */
  next() {
    if (!this.follows) return;
    clearInterval(this.leaving);
    this.leaving = setInterval(() => {
      const newest = Math.max(0, ...this.state.running.map(each => each.run));
      if (newest > this.run) location.replace(`/runs/${newest}/?follow`);
      else if (this.state.over) location.replace('/');
      else return;
      clearInterval(this.leaving);
    }, lastLook);
  }

  /** Somebody wants to see something: stays. */
  stay() {
    this.follows = false;
    clearInterval(this.leaving);
  }
}
