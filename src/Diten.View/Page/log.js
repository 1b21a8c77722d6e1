const most = 500, margin = 50; // lines that are there, and those left on either side of the slot that is shown

/** What happened, by slot; of more lines than a list can hold, those around the slot that is shown. */
export class EventLog {
  #lines = new Map(); // of those that are there
  #sorted = [];
  #from = 0;
  #current = null;

  constructor(list, go) { Object.assign(this, { list, go, slot: 0 }); }

  grown(events) {
    if (events.length === this.#sorted.length) return;
    this.#sorted = events.toSorted((a, b) => a.slot - b.slot); // those of one slot stay in the order in which they were told
    this.show(this.slot);
  }

  show(slot) {
    this.slot = slot;
    const events = this.#sorted, at = events.findLastIndex(event => event.slot <= slot), last = Math.max(0, events.length - most);
    let from = Math.min(this.#from, last);
    if (at < from + margin || at > from + most - margin) from = Math.min(Math.max(0, at - most / 2), last);
    this.#from = from;
    this.#fill(events.slice(from, from + most));
    this.#mark(this.#lines.get(events[at]) ?? null);
  }

  /** Lines that stay are not touched: one may have the focus. */
  #fill(events) {
    const wanted = new Set(events);
    for (const [event, line] of this.#lines) {
      if (wanted.has(event)) continue;
      line.remove();
      this.#lines.delete(event);
    }
    let next = this.list.firstChild;
    for (const event of events) {
      const line = this.#line(event);
      if (line === next) next = next.nextSibling;
      else this.list.insertBefore(line, next);
    }
  }

  #line(event) {
    if (!this.#lines.has(event)) {
      const line = document.createElement('li'), button = Object.assign(document.createElement('button'), { type: 'button', textContent: `slot ${event.slot} · ${event.text}` });
      button.addEventListener('click', () => this.go(event.slot));
      line.append(button);
      this.#lines.set(event, line);
    }
    return this.#lines.get(event);
  }

  /** The last thing that happened up to the slot; it is scrolled to, but for who reads elsewhere in the list. */
  #mark(line) {
    if (line === this.#current) return;
    this.#current?.removeAttribute('aria-current');
    this.#current = line;
    line?.setAttribute('aria-current', 'true');
    if (line && !this.list.matches(':hover, :focus-within')) this.list.scrollTop = line.offsetTop - this.list.offsetTop - this.list.clientHeight / 2;
  }
}
