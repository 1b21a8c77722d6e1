import { pixel, theme } from './colours.js';
import { ageUnit } from './frames.js';
import { between, Motion } from './motion.js';
import { tintZones } from './nodes.js';
import { drawSelection } from './selection.js';
import { drawServers } from './servers.js';

/** Draws the city: stations as a layer that is kept, servers and their twins as one of the slot, devices through one ImageData anew each time. */
export class CityMap {
  #stations = document.createElement('canvas');
  #scene = document.createElement('canvas');
  #devices = document.createElement('canvas');
  #kept = '';
  #shown = '';
  #place = [0, 0];
  #image = null;

  constructor(canvas, world, camera) {
    Object.assign(this, { canvas, world, camera });
    this.front = this.context = canvas.getContext('2d', { alpha: false });
    this.motion = new Motion();
    this.share = 1;
    this.retheme();
    this.spacing = Math.sqrt((world.area[2] - world.area[0]) * (world.area[3] - world.area[1]) / world.stationX.length);
  }

  retheme() {
    this.colours = theme();
    this.dots = this.colours.outcomes.map(pixel);
    this.#kept = '';
  }

  /** inset: pixels on the left that the legend covers. */
  resize(inset = 0) {
    const box = this.canvas.getBoundingClientRect();
    this.ratio = Math.min(devicePixelRatio, 2);
    [this.canvas.width, this.canvas.height] = [Math.max(1, Math.round(box.width * this.ratio)), Math.max(1, Math.round(box.height * this.ratio))];
    this.camera.resize(box.width, box.height, inset);
    this.#image = null;
    this.#kept = '';
  }

  /** zones: the number of the node of each zone, or null; told: story and served devices of what is selected, as far as they have come. */
  draw(frame, selected, told, zones, now) {
    const { context, camera, canvas, motion } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    this.#keepStations(zones);
    this.share = motion.from ? motion.share(now) : 1;
    if (frame) {
      this.#keepScene(frame);
      context.drawImage(this.#scene, 0, 0);
      this.#plotDevices(frame);
      context.drawImage(this.#devices, 0, 0, canvas.width, canvas.height);
    } else {
      context.drawImage(this.#stations, 0, 0);
    }
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    if (frame && selected) drawSelection(this, frame, selected, told);
    this.#drawScale(camera);
  }

  /** Where a recorded device is on the page just now. */
  deviceAt(frame, i) {
    const [west, south, east, north] = this.world.area;
    between(this.motion.from?.places[i] ?? 0xffffffff, frame.places[i], this.share, this.#place);
    return [this.camera.left(west + (east - west) * this.#place[0] / 32766), this.camera.top(south + (north - south) * this.#place[1] / 32766)];
  }

  /** Half the side of a server's square, pixels of the page. */
  get serverSize() { return Math.min(Math.max(this.spacing * this.camera.scale * 0.16, 2), 14); }

  serverAt(id) {
    const station = this.world.stationOfServer[id];
    return [this.camera.left(this.world.stationX[station]), this.camera.top(this.world.stationY[station])];
  }

  /** What is at a point of the page: the nearest server or recorded device, not too far off; null = nothing. */
  pick(px, py, frame) {
    let best = null, nearest = Math.max(12, this.serverSize) ** 2;
    const look = (kind, id, x, y) => {
      const far = (x - px) ** 2 + (y - py) ** 2;
      if (far < nearest) [best, nearest] = [{ kind, id }, far];
    };
    for (let id = 0; id < frame.servers; id++) look('server', id, ...this.serverAt(id));
    nearest = Math.min(nearest, 64);
    for (let i = 0; i < frame.devices; i++)
      if (frame.tells(i)) look('device', i * this.world.drawnEvery, ...this.deviceAt(frame, i));
    return best;
  }

  #keepStations(zones) {
    const { camera, canvas, world, colours } = this, key = `${camera.x} ${camera.y} ${camera.scale} ${canvas.width} ${canvas.height} ${zones}`;
    if (this.#kept === key) return;
    [this.#kept, this.#shown] = [key, ''];
    for (const layer of [this.#stations, this.#scene]) [layer.width, layer.height] = [canvas.width, canvas.height];
    const context = this.#stations.getContext('2d', { alpha: false });
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.fillStyle = colours.back;
    context.fillRect(0, 0, camera.width, camera.height);
    context.fillStyle = colours.cell;
    const radius = world.coverageMetres * camera.scale;
    context.beginPath();
    this.#eachStation(radius, (x, y) => { context.moveTo(x + radius, y); context.arc(x, y, radius, 0, 2 * Math.PI); });
    context.fill();
    if (zones) tintZones(context, camera, world, zones, colours);
    context.fillStyle = colours.station;
    this.#eachStation(4, (x, y) => context.fillRect(x - 1.5, y - 1.5, 3, 3));
    const [west, south, east, north] = world.area;
    context.strokeStyle = colours.line;
    context.strokeRect(camera.left(west), camera.top(north), (east - west) * camera.scale, (north - south) * camera.scale);
  }

  /** Stations, holes, servers and their twins: they stand still while devices move. */
  #keepScene(frame) {
    if (this.#shown === frame) return;
    this.#shown = frame;
    this.context = this.#scene.getContext('2d', { alpha: false });
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    this.context.drawImage(this.#stations, 0, 0);
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.#drawHoles(frame);
    drawServers(this, frame);
    this.#crossHoles(frame);
    this.context = this.front;
  }

  #eachStation(margin, act) {
    const { camera, world } = this;
    for (let s = 0; s < world.stationX.length; s++) {
      const x = camera.left(world.stationX[s]), y = camera.top(world.stationY[s]);
      if (x > -margin && y > -margin && x < camera.width + margin && y < camera.height + margin) act(x, y, s);
    }
  }

  #drawHoles(frame) {
    const { context, camera, world, colours } = this, radius = world.coverageMetres * camera.scale;
    context.fillStyle = colours.back;
    context.strokeStyle = colours.lost;
    context.lineWidth = 1.5;
    this.#eachStation(radius, (x, y, s) => {
      if (!frame.isDown(s)) return;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
      context.setLineDash([4, 3]);
      context.stroke();
      context.setLineDash([]);
    });
  }

  #crossHoles(frame) {
    const { context, colours } = this, arm = this.serverSize + 4;
    context.strokeStyle = colours.lost;
    context.lineWidth = 2;
    context.beginPath();
    this.#eachStation(arm, (x, y, s) => {
      if (!frame.isDown(s)) return;
      context.moveTo(x - arm, y - arm); context.lineTo(x + arm, y + arm);
      context.moveTo(x - arm, y + arm); context.lineTo(x + arm, y - arm);
    });
    context.stroke();
  }

  /** The ring of a twin: it closes as the twin ages, and its stroke says the condition. A twin in sync has none at age 0 but where one is near. */
  drawRing(x, y, radius, condition, always = false) {
    const { context, colours, world } = this, age = (condition & 63) * ageUnit(world), kind = condition >> 6;
    if (kind === 0 && age === 0 && !always && radius < 12) return;
    const share = kind === 0 && age === 0 ? 1 : Math.min(1, Math.max(age, 1) / Math.max(1, world.ageLimits[1]));
    context.strokeStyle = [colours.faint, colours.late, colours.lost, colours.uncovered][kind];
    context.lineWidth = [0.8, 1.6, 2.6, 2][kind];
    context.setLineDash([[], [4, 2], [], [1.5, 2.5]][kind]);
    context.beginPath();
    context.arc(x, y, radius, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * share);
    context.stroke();
    context.setLineDash([]);
  }

  #plotDevices(frame) {
    const { camera, canvas, world } = this, layer = this.#devices;
    if (!this.#image) {
      [layer.width, layer.height] = [canvas.width, canvas.height];
      this.#image = layer.getContext('2d').createImageData(canvas.width, canvas.height);
      this.pixels = new Uint32Array(this.#image.data.buffer);
    }
    const { pixels } = this, { width, height } = canvas, [west, south, east, north] = world.area;
    pixels.fill(0);
    const half = Math.round(this.ratio * (frame.devices > 2000 && camera.scale < 0.3 ? 1 : 1.5));
    const stepX = (east - west) / 32766, stepY = (north - south) / 32766, before = this.motion.from?.places, place = this.#place;
    for (let i = 0; i < frame.devices; i++) {
      const word = frame.places[i];
      if (word === 0xffffffff) continue;
      between(before ? before[i] : 0xffffffff, word, this.share, place);
      const x = Math.round(camera.left(west + place[0] * stepX) * this.ratio);
      const y = Math.round(camera.top(south + place[1] * stepY) * this.ratio);
      if (x < half || y < half || x >= width - half || y >= height - half) continue;
      const colour = this.dots[word >>> 30];
      const size = word >>> 30 === 0 ? half : half + 1;
      for (let v = Math.max(0, y - size); v <= Math.min(height - 1, y + size); v++)
        pixels.fill(colour, v * width + Math.max(0, x - size), v * width + Math.min(width - 1, x + size) + 1);
    }
    layer.getContext('2d').putImageData(this.#image, 0, 0);
  }

  #drawScale(camera) {
    const { context, colours } = this, most = Math.min(160, camera.width / 3) / camera.scale;
    const power = 10 ** Math.floor(Math.log10(most)), metres = [5, 2, 1].map(n => n * power).find(n => n <= most);
    const length = metres * camera.scale, x = 12, y = camera.height - 14;
    const text = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
    context.font = '12px system-ui, sans-serif';
    context.fillStyle = colours.panel;
    context.fillRect(x - 6, y - 20, Math.max(length, context.measureText(text).width) + 12, 28);
    context.strokeStyle = context.fillStyle = colours.text;
    context.lineWidth = 1.5;
    context.beginPath();
    context.moveTo(x, y - 4); context.lineTo(x, y); context.lineTo(x + length, y); context.lineTo(x + length, y - 4);
    context.stroke();
    context.fillText(text, x, y - 6);
  }
}
