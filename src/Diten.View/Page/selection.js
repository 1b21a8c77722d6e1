import { loads } from './colours.js';

/** Draws what is selected on the map, with what its story says of the slot. */
export function drawSelection(map, frame, selected, story) {
  if (selected.kind === 'server') drawServer(map, frame, selected.id);
  else drawDevice(map, frame, selected.id, story);
}

/** The truth, and the twin's belief as a ghost: as far above the truth as it believes more of the CPU to be free, or below. */
function drawServer(map, frame, id) {
  const { context, colours } = map, [x, y] = map.serverAt(id), size = Math.max(9, map.serverSize);
  const belief = frame.belief[id] / 127, up = belief * 6 * size;
  context.fillStyle = loads[frame.load[id]];
  context.fillRect(x - size, y - size, 2 * size, 2 * size);
  context.strokeStyle = colours.text;
  context.lineWidth = 2;
  context.strokeRect(x - size, y - size, 2 * size, 2 * size);
  map.drawRing(x, y, size * 1.5 + 2, frame.condition[id], true);
  if (Math.abs(up) < 1) return;
  context.strokeStyle = colours.accent;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x, y - up);
  context.stroke();
  context.setLineDash([3, 2]);
  context.strokeRect(x - size, y - up - size, 2 * size, 2 * size);
  context.setLineDash([]);
}

/** The device, its way so far, and the server that runs its task. */
function drawDevice(map, frame, id, story) {
  const { context, colours, camera, world } = map, i = id / world.drawnEvery;
  if (!frame.tells(i)) return;
  const x = camera.left(frame.x(i)), y = camera.top(frame.y(i));
  const moments = (story ?? []).filter(moment => moment.slot <= frame.slot);
  context.strokeStyle = colours.accent;
  context.lineWidth = 1.5;
  context.beginPath();
  moments.forEach((moment, k) => context[k === 0 ? 'moveTo' : 'lineTo'](camera.left(moment.x), camera.top(moment.y)));
  context.stroke();
  context.fillStyle = colours.accent;
  for (const moment of moments.filter(moment => moment.migrated)) {
    const [mx, my] = [camera.left(moment.x), camera.top(moment.y)];
    context.beginPath();
    context.moveTo(mx, my - 4); context.lineTo(mx + 4, my + 3); context.lineTo(mx - 4, my + 3);
    context.fill();
  }
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
