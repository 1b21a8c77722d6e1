import { drawGhost, drawSquare } from './servers.js';

/** Draws what is selected on the map, with what is told of it in the slot. */
export function drawSelection(map, frame, selected, { story, served }) {
  if (selected.kind === 'server') {
    if (served) drawServed(map, frame, selected.id, served);
    drawServer(map, frame, selected.id);
  } else drawDevice(map, frame, selected.id, story);
}

/** A line to each drawn device whose task the server runs: bold, with a triangle, where the service migrated to it in this slot. */
function drawServed(map, frame, id, { index, servers }) {
  if (Math.abs(index - frame.index) > 1) return; // of the slot, or, while time goes on and its own is on its way, of the one before
  const { context, colours } = map, [x, y] = map.serverAt(id), came = [];
  context.strokeStyle = context.fillStyle = colours.accent;
  context.lineWidth = 1;
  context.beginPath();
  for (let i = 0; i < servers.length; i++) {
    if (servers[i] !== id || !frame.tells(i)) continue;
    const [dx, dy] = map.deviceAt(frame, i);
    context.moveTo(x, y); context.lineTo(dx, dy);
    if (frame.hasMigrated(i)) came.push([dx, dy]);
  }
  context.stroke();
  context.lineWidth = 2.5;
  for (const [dx, dy] of came) {
    context.beginPath();
    context.moveTo(x, y); context.lineTo(dx, dy);
    context.stroke();
    triangle(context, dx, dy);
  }
}

function triangle(context, x, y) {
  context.beginPath();
  context.moveTo(x, y - 4); context.lineTo(x + 4, y + 3); context.lineTo(x - 4, y + 3);
  context.fill();
}

/** The truth, and the twin's belief as a ghost. */
function drawServer(map, frame, id) {
  const { context, colours } = map, [x, y] = map.serverAt(id), size = Math.max(9, map.serverSize);
  drawSquare(map, x, y, size, frame.load[id], frame.isServerDown(id));
  context.strokeStyle = colours.text;
  context.lineWidth = 2;
  context.strokeRect(x - size, y - size, 2 * size, 2 * size);
  map.drawRing(x, y, size * 1.5 + 2, frame.condition[id], true);
  drawGhost(map, x, y, size, frame.belief[id], 2);
}

/** A circle around a place, metres: whom a fault would strike that is not thrown in yet. */
export function drawCircle({ context, colours, camera }, { x, y, metres }) {
  context.strokeStyle = colours.lost;
  context.lineWidth = 2;
  context.setLineDash([8, 5]);
  context.beginPath();
  context.arc(camera.left(x), camera.top(y), metres * camera.scale, 0, 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
}

/** The device, its way so far, and the server that runs its task. */
function drawDevice(map, frame, id, story) {
  const { context, colours, camera, world } = map, i = id / world.drawnEvery;
  if (!frame.tells(i)) return;
  const [x, y] = map.deviceAt(frame, i);
  const moments = (story ?? []).filter(moment => moment.slot <= frame.slot);
  context.strokeStyle = colours.accent;
  context.lineWidth = 1.5;
  context.beginPath();
  moments.forEach((moment, k) => context[k === 0 ? 'moveTo' : 'lineTo'](...moment.slot === frame.slot ? [x, y] : [camera.left(moment.x), camera.top(moment.y)]));
  context.stroke();
  context.fillStyle = colours.accent;
  for (const moment of moments.filter(moment => moment.migrated)) triangle(context, camera.left(moment.x), camera.top(moment.y));
  const now = moments.at(-1);
  if (now && now.slot === frame.slot && now.server >= 0) {
    const [sx, sy] = map.serverAt(now.server), size = map.serverSize + 2;
    context.strokeStyle = colours.text;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(x, y); context.lineTo(sx, sy);
    context.stroke();
    context.strokeRect(sx - size, sy - size, 2 * size, 2 * size);
  }
  context.fillStyle = colours.outcomes[frame.outcome(i)];
  context.strokeStyle = colours.text;
  context.beginPath();
  context.arc(x, y, 6, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}
