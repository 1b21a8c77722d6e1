/** Which part of the city the map shows: the point in its middle, metres, and pixels of the page a metre. */
export class Camera {
  constructor(area) {
    this.area = area;
    this.width = this.height = 1;
    this.inset = 0;
    this.moved = false;
    this.fit();
  }

  /** inset: pixels on the left that something else covers. */
  resize(width, height, inset = this.inset) {
    [this.width, this.height, this.inset] = [width, height, inset];
    if (!this.moved) this.fit();
  }

  fit() {
    const [west, south, east, north] = this.area;
    this.scale = this.least() * 0.94;
    const beside = Math.max(0, this.inset - (this.width - (east - west) * this.scale) / 2);
    [this.x, this.y] = [(west + east) / 2 - beside / this.scale, (south + north) / 2];
    this.moved = false;
  }

  least() {
    const [west, south, east, north] = this.area;
    return Math.min(Math.max(1, this.width - this.inset) / (east - west), this.height / (north - south));
  }

  place({ x, y, scale }) {
    [this.x, this.y, this.moved] = [x, y, true];
    this.scale = Math.min(Math.max(scale, this.least() / 4), 20);
    const [west, south, east, north] = this.area;
    this.x = Math.min(Math.max(this.x, west), east);
    this.y = Math.min(Math.max(this.y, south), north);
  }

  /** Moves by pixels of the page. */
  pan(dx, dy) { this.place({ x: this.x - dx / this.scale, y: this.y + dy / this.scale, scale: this.scale }); }

  /** Zooms so that a point of the page stays where it is. */
  zoom(factor, px = this.width / 2, py = this.height / 2) {
    const [x, y] = this.toMetres(px, py);
    const scale = Math.min(Math.max(this.scale * factor, this.least() / 4), 20);
    this.place({ x: x - (px - this.width / 2) / scale, y: y + (py - this.height / 2) / scale, scale });
  }

  left(x) { return this.width / 2 + (x - this.x) * this.scale; }

  top(y) { return this.height / 2 - (y - this.y) * this.scale; }

  toMetres(px, py) { return [this.x + (px - this.width / 2) / this.scale, this.y - (py - this.height / 2) / this.scale]; }
}
