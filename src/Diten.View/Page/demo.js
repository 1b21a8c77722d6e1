const askEvery = 2000, lastWords = 3000;

/** The acts of a demo: what is said in which slot, the way from act to act, and what came of them. */
export class Demo {
  /** Null where a run is shown, and no demo. */
  static async open() {
    const told = await (await fetch('/api/demo')).json();
    return told.acts ? new Demo(told) : null;
  }

  constructor(told) {
    this.named = location.pathname.startsWith('/acts/');
    this.act = (+/^\/acts\/(\d+)\//.exec(location.pathname)?.[1] || told.current + 1) - 1;
    [this.nav, this.caption, this.digests] = ['acts', 'caption', 'digests'].map(id => document.getElementById(id));
    document.getElementById('outcome').hidden = this.nav.hidden = false;
    this.take(told);
    this.asking = setInterval(async () => {
      try { this.take(await (await fetch('/api/demo')).json()); } catch { clearInterval(this.asking); }
    }, askEvery);
  }

  /** Goes to the act that goes on, as soon as one does. */
  enter() {
    document.getElementById('notice').textContent = 'The demo is about to begin.';
    const waits = setInterval(() => {
      const { acts, current } = this.told;
      if (!acts[current].begun) return;
      clearInterval(waits);
      location.replace(`/acts/${current + 1}/`);
    }, 300);
  }

  get title() { return this.told.acts[this.act].title; }

  /** Whether somebody came from the act before, and time goes on. */
  get plays() { return new URLSearchParams(location.search).has('play'); }

  take(told) {
    const text = JSON.stringify(told);
    if (text === this.text) return;
    [this.text, this.told] = [text, told];
    this.nav.replaceChildren(...told.acts.map(({ title, begun }, i) => {
      const link = Object.assign(document.createElement(begun && i !== this.act ? 'a' : 'span'), { textContent: `${i + 1} ${title}` });
      if (begun && i !== this.act) link.href = this.#address(i);
      if (i === this.act) link.setAttribute('aria-current', 'page');
      return link;
    }));
    this.digests.replaceChildren(...told.acts.map(({ title, digest, alone }) => {
      const row = document.createElement('tr');
      row.append(...[title, digest?.slice(0, 16) ?? '…', !alone ? '…' : alone === digest ? 'the same ✓' : `ANOTHER: ${alone.slice(0, 16)}`]
        .map(cell => Object.assign(document.createElement('td'), { textContent: cell })));
      return row;
    }));
  }

  /** Says what is to be said in a slot. */
  show(slot) {
    const said = Object.entries(this.told.acts[this.act].captions).filter(([from]) => +from <= slot).at(-1)?.[1] ?? '';
    if (this.caption.textContent !== said) this.caption.textContent = said;
    this.caption.hidden = !said;
  }

  /** The act is over: goes to the next one as soon as that has begun, and from the last to the first once all digests are there. */
  next() {
    clearInterval(this.leaving);
    this.leaving = setInterval(() => {
      const { acts } = this.told, last = this.act === acts.length - 1;
      if (last ? !acts.every(act => act.alone) : !acts[this.act + 1].begun) return;
      clearInterval(this.leaving);
      location.assign(this.#address(last ? 0 : this.act + 1));
    }, lastWords);
  }

  /** Somebody wants to see something: stays. */
  stay() { clearInterval(this.leaving); }

  #address(act) { return `/acts/${act + 1}/?play`; }
}
