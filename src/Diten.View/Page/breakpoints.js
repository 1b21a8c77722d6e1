const element = id => document.getElementById(id), desynchronised = 2;
const boxes = { desync: 'stopDesync', fault: 'stopFault', node: 'stopNode' }, inputs = ['stopSlot', 'stopFigure', 'stopSide', 'stopValue'];

/** Where time stops by itself: at a slot, when something happens, or when a figure passes a value. */
export class Breakpoints {
  /**
   * @param figures Those over time: name in the series, what a chart of it looks like.
   * @param changed Is told that one was set or taken back.
   */
  constructor(feed, figures, changed) {
    Object.assign(this, { feed, figures: new Map(figures) });
    element('stopSlot').max = feed.world.slots - 1;
    element('stopFigure').append(...figures.map(([name, { title, unit }]) =>
      Object.assign(document.createElement('option'), { value: name, textContent: unit ? `${title}, ${unit}` : title })));
    for (const id of [...Object.values(boxes), ...inputs]) element(id).addEventListener('change', changed);
  }

  /** All that is set, as the page's address says it: slot:40,desync,latency>150. */
  get text() {
    const { stopSlot, stopFigure, stopSide, stopValue } = Object.fromEntries(inputs.map(id => [id, element(id).value]));
    return [
      ...stopSlot === '' ? [] : [`slot:${stopSlot}`],
      ...Object.entries(boxes).filter(([, id]) => element(id).checked).map(([name]) => name),
      ...stopValue === '' ? [] : [`${stopFigure}${stopSide}${stopValue}`],
    ].join();
  }

  /** Sets what an address says; what it says otherwise is left alone. */
  set text(said) {
    for (const part of said.split(',')) {
      const [, figure, side, value] = /^(\w+)([<>])(-?\d+(?:\.\d+)?)$/.exec(part) ?? [], slot = /^slot:(\d+)$/.exec(part)?.[1];
      if (boxes[part]) element(boxes[part]).checked = true;
      else if (slot) element('stopSlot').value = slot;
      else if (this.figures.has(figure)) ['stopFigure', 'stopSide', 'stopValue'].forEach((id, i) => { element(id).value = [figure, side, value][i]; });
    }
    if (this.text) element('stops').open = true;
  }

  /**
   * Why to stop at a frame, if time came to it from another one; null = no reason.
   * Slots that were skipped on the way count for events and figures; twins are compared between the two frames.
   */
  reason(before, frame) {
    const came = slot => slot > before.slot && slot <= frame.slot;
    const wanted = element('stopSlot').value;
    if (wanted !== '' && came(+wanted)) return { text: `slot ${wanted}` };
    for (const [id, kinds] of [['stopFault', ['fault', 'change']], ['stopNode', ['node-lost']]]) {
      const event = element(id).checked && this.feed.events.find(each => kinds.includes(each.kind) && came(each.slot));
      if (event) return { text: event.text };
    }
    const passed = this.#passed(before.index, frame.index);
    if (passed || !element('stopDesync').checked) return passed;
    const server = frame.condition.findIndex((condition, id) => condition >> 6 === desynchronised && before.condition[id] >> 6 !== desynchronised);
    return server < 0 ? null : { text: `the twin of server ${server} is desynchronised`, selected: { kind: 'server', id: server } };
  }

  /** The first recorded slot in which a figure came to be beyond the value, and was not in the one before; where it stays there, time goes on. */
  #passed(from, to) {
    const [name, side, text] = ['stopFigure', 'stopSide', 'stopValue'].map(id => element(id).value);
    if (text === '' || !Number.isFinite(+text)) return null;
    const { title, unit, factor = 1, digits = 2 } = this.figures.get(name), { series, world } = this.feed;
    const values = series.figures[world.series.indexOf(name)], beyond = at => side === '>' ? values[at] * factor > +text : values[at] * factor < +text;
    for (let at = from + 1; at <= Math.min(to, series.length - 1); at++)
      if (beyond(at) && !beyond(at - 1)) return { text: `${title} ${(values[at] * factor).toFixed(digits)}${unit ? ` ${unit}` : ''} in slot ${series.slots[at]}` };
    return null;
  }
}
