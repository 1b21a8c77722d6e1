import { nodeColours } from './colours.js';

const element = id => document.getElementById(id), count = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** Which node held which zone, slot by slot, and the panel that says so. */
export class Nodes {
  #numbers = new Map();
  #told = '';
  moments = [];

  constructor(world) { this.world = world; }

  append(moments) {
    this.moments.push(...moments);
    for (const { nodes } of moments)
      for (const { node, zones } of nodes)
        if (zones.length > 0 && !this.#numbers.has(node)) this.#numbers.set(node, this.#numbers.size + 1);
  }

  #order({ node }) { return this.#numbers.get(node) ?? 1e9; }

  /** What held in a slot: of slots that were run again, what held when they were run last; null = nothing is known. */
  at(slot) { return this.moments.findLast(moment => moment.slot <= slot) ?? null; }

  /** Device-slots/s of all nodes in each of some slots, ascending; NaN before anything is known. */
  rates(slots) {
    const rates = new Array(slots.length).fill(NaN);
    let open = slots.length; // what was seen last holds; slots before it are those that an earlier moment may tell of
    for (const { slot, nodes } of this.moments.toReversed()) {
      const sum = nodes.reduce((all, { rate }) => all + rate, 0);
      while (open > 0 && slots[open - 1] >= slot) rates[--open] = sum;
    }
    return rates;
  }

  /** The number of the node of each zone in a slot, from 1, 0 = none; null where all is on one node from first to last. */
  ofZones(slot) {
    const moment = this.at(slot);
    if (!moment || this.#numbers.size < 2) return null;
    const numbers = new Array(this.world.tileOfZone.length).fill(0);
    for (const { node, zones } of moment.nodes)
      for (const zone of zones) numbers[zone] = this.#numbers.get(node);
    return numbers;
  }

  /** Tells of the nodes in a slot, and of what was lost up to it. */
  show(slot, events) {
    const moment = this.at(slot), lost = events.filter(event => (event.kind === 'node-lost' || event.kind === 'recovered') && event.slot <= slot);
    element('nodesPanel').hidden = !moment;
    const told = JSON.stringify([moment, lost.length]);
    if (!moment || this.#told === told) return;
    this.#told = told;
    const rate = moment.nodes.reduce((sum, node) => sum + node.rate, 0), gone = lost.filter(event => event.kind === 'node-lost').length;
    element('nodesWhat').textContent = [
      `${count.format(rate)} device-slots/s${moment.epoch ? ` · epoch ${moment.epoch}` : ''}`,
      ...gone ? [`${gone} node${gone === 1 ? '' : 's'} lost up to here`] : [],
      ...lost.filter(event => event.kind === 'recovered').map(event => event.text),
    ].join('\n');
    const body = element('nodes').tBodies[0];
    body.replaceChildren();
    for (const { node, state, zones, devices, rate: own, learns } of moment.nodes.toSorted((a, b) => this.#order(a) - this.#order(b))) {
      const row = body.insertRow(), number = this.#numbers.get(node), mark = document.createElement('th');
      mark.scope = 'row';
      mark.title = node;
      mark.textContent = `${number && this.#numbers.size > 1 ? `${number} · ` : ''}${node.replace(/#.*/, '')}${state === 'Up' ? '' : ` (${state.toLowerCase()})`}${learns ? ', learner' : ''}`;
      if (number && this.#numbers.size > 1) {
        const colour = document.createElement('i');
        colour.className = 'node';
        colour.style.background = nodeColours[(number - 1) % nodeColours.length];
        mark.prepend(colour);
      }
      row.append(mark);
      for (const text of [zones.length, count.format(devices), count.format(own)]) row.insertCell().textContent = text;
    }
  }
}

/** Tints each zone by the node that holds it, and says its number. */
export function tintZones(context, camera, world, numbers, colours) {
  const [columns, rows] = world.tiles, [west, south, east, north] = world.area;
  const wide = (east - west) / columns * camera.scale, high = (north - south) / rows * camera.scale;
  context.font = '11px system-ui, sans-serif';
  numbers.forEach((number, zone) => {
    const tile = world.tileOfZone[zone], column = tile % columns, row = Math.floor(tile / columns);
    const x = camera.left(west + (east - west) * column / columns), y = camera.top(south + (north - south) * (row + 1) / rows);
    if (x > camera.width || y > camera.height || x + wide < 0 || y + high < 0) return;
    if (number > 0) {
      context.globalAlpha = 0.22;
      context.fillStyle = nodeColours[(number - 1) % nodeColours.length];
      context.fillRect(x, y, wide, high);
      context.globalAlpha = 1;
    }
    context.strokeStyle = colours.faint;
    context.lineWidth = 0.8;
    context.strokeRect(x, y, wide, high);
    context.fillStyle = colours.text;
    if (wide > 40 && high > 20) context.fillText(number > 0 ? `node ${number}` : 'no node', x + 4, y + 12);
  });
}
