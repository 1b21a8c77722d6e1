const jump = 32766 / 8, slowest = 1500, stillness = matchMedia('(prefers-reduced-motion: reduce)');

/** Between two slots devices go from where they were to where they are, in the time that a slot takes on the screen; never for whoever wants no motion. */
export class Motion {
  #begin = 0;
  #length = 0;

  /** The frame that devices come from; null = all are where they are. */
  from = null;

  begin(from, to, now, milliseconds) {
    if (stillness.matches || !from || to.index <= from.index) return this.stop();
    [this.from, this.#begin, this.#length] = [from, now, Math.min(milliseconds, slowest)];
  }

  stop() { this.from = null; }

  /** Which part of the way is behind them at a time; 1 = they have arrived. */
  share(now) {
    const share = this.#length > 0 ? Math.max(0, (now - this.#begin) / this.#length) : 1;
    if (share >= 1) this.stop();
    return Math.min(1, share);
  }
}

/** A place between two words of frames, in units of either side: eastwards, northwards. A device that jumped does not move in between. */
export function between(before, word, share, place) {
  [place[0], place[1]] = [word & 0x7fff, word >>> 15 & 0x7fff];
  if (before === 0xffffffff || share >= 1) return;
  const dx = place[0] - (before & 0x7fff), dy = place[1] - (before >>> 15 & 0x7fff);
  if (Math.abs(dx) > jump || Math.abs(dy) > jump) return;
  place[0] -= dx * (1 - share);
  place[1] -= dy * (1 - share);
}
