import { loads } from './colours.js';

const least = 9; // half sides of squares that ghosts are drawn of: smaller ones would hide each other

/** Servers, their twins' rings and, where one is near enough, what twins believe. */
export function drawServers(map, frame) {
  const { context, camera, colours } = map, size = map.serverSize, seen = [];
  for (let id = 0; id < frame.servers; id++) {
    const [x, y] = map.serverAt(id);
    if (x < -20 || y < -20 || x > camera.width + 20 || y > camera.height + 20) continue;
    seen.push([id, x, y]);
    context.fillStyle = colours.faint; // an outline, of small ones too: on no ground do both ends of the scale stand out
    context.fillRect(x - size - 0.8, y - size - 0.8, 2 * size + 1.6, 2 * size + 1.6);
    drawSquare(map, x, y, size, frame.load[id], frame.isServerDown(id));
    map.drawRing(x, y, size * 1.5 + 2, frame.condition[id]);
  }
  if (size >= least) for (const [id, x, y] of seen) drawGhost(map, x, y, size, frame.belief[id], 1);
}

/** The square of a server, by its load; one that is down is empty and crossed out. */
export function drawSquare({ context, colours }, x, y, size, load, down) {
  context.fillStyle = down ? colours.back : loads[load];
  context.fillRect(x - size, y - size, 2 * size, 2 * size);
  if (!down) return;
  context.strokeStyle = colours.lost;
  context.lineWidth = Math.max(1.5, size / 4);
  context.beginPath();
  context.moveTo(x - size, y - size); context.lineTo(x + size, y + size);
  context.moveTo(x - size, y + size); context.lineTo(x + size, y - size);
  context.stroke();
}

/** What a twin believes: as far above the server as it believes more of the CPU to be free than is, or below. */
export function drawGhost({ context, colours }, x, y, size, belief, width) {
  const up = belief / 127 * 6 * size;
  if (Math.abs(up) < 1) return;
  context.strokeStyle = colours.accent;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x, y - up);
  context.stroke();
  context.setLineDash([3, 2]);
  context.strokeRect(x - size, y - up - size, 2 * size, 2 * size);
  context.setLineDash([]);
}
