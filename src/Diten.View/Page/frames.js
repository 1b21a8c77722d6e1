// Reads frames: the layout is that of FrameLayout in src/Diten.View/Recordings.

const magic = 0x31465644, header = 32, mostPlace = 32766;
const padded = bytes => (bytes + 3) & ~3, bit = (bytes, i) => (bytes[i >> 3] >> (i & 7) & 1) === 1;

/** Slots that ages in frames count by; what a server's story says is exact. */
export const ageUnit = ({ ageLimits }) => Math.max(1, Math.ceil(ageLimits[1] / 63));

/** What a frame says, as views on its bytes; places in metres are made when they are asked for. */
export class Frame {
  constructor(buffer, world) {
    const head = new Int32Array(buffer, 0, 8);
    if ((head[0] >>> 0) !== magic) throw new Error('This is no frame.');
    [, this.index, this.slot, this.stations, this.servers, this.devices] = head;
    this.world = world;
    const data = new DataView(buffer);
    let at = header;
    const sums = names => {
      const read = {};
      for (const name of names) { read[name] = data.getFloat64(at, true); at += 8; }
      return read;
    };
    this.totals = sums(world.totals);
    this.run = sums(world.totals);
    this.twins = sums(world.twinTotals);
    at += 4 * world.series.length;
    this.places = new Uint32Array(buffer, at, this.devices);
    at += 4 * this.devices;
    this.migrated = new Uint8Array(buffer, at, (this.devices + 7) >> 3);
    at += padded(this.migrated.length);
    this.load = new Uint8Array(buffer, at, this.servers);
    at += padded(this.servers);
    this.belief = new Int8Array(buffer, at, this.servers);
    at += padded(this.servers);
    this.condition = new Uint8Array(buffer, at, this.servers);
    at += padded(this.servers);
    this.down = new Uint8Array(buffer, at, (this.stations + 7) >> 3);
    at += padded(this.down.length);
    this.serversDown = new Uint8Array(buffer, at, (this.servers + 7) >> 3);
  }

  isDown(station) { return bit(this.down, station); }

  isServerDown(server) { return bit(this.serversDown, server); }

  /** Whether the slot tells of a recorded device. */
  tells(i) { return this.places[i] !== 0xffffffff; }

  hasMigrated(i) { return bit(this.migrated, i); }

  outcome(i) { return this.places[i] >>> 30; }

  x(i) { const [west, , east] = this.world.area; return west + (east - west) * (this.places[i] & 0x7fff) / mostPlace; }

  y(i) { const [, south, , north] = this.world.area; return south + (north - south) * (this.places[i] >>> 15 & 0x7fff) / mostPlace; }
}

/** Figures over time, one row a recorded slot; grows while the run goes on. */
export class Series {
  constructor(names) {
    this.names = names;
    this.slots = [];
    this.figures = names.map(() => []);
  }

  get length() { return this.slots.length; }

  append(buffer) {
    const data = new DataView(buffer), row = 4 + 4 * this.names.length;
    for (let at = 0; at + row <= buffer.byteLength; at += row) {
      this.slots.push(data.getInt32(at, true));
      this.figures.forEach((figure, i) => figure.push(data.getFloat32(at + 4 + 4 * i, true)));
    }
  }

  /** The last recorded slot that is not after one; the first where all are. */
  indexOf(slot) {
    let low = 0, high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.slots[middle] <= slot) low = middle + 1; else high = middle;
    }
    return Math.max(0, low - 1);
  }
}
