import { conditions, loads, outcomes } from './colours.js';
import { ageUnit } from './frames.js';
import { drawGhost, drawSquare } from './servers.js';

/** Says what colours and strokes mean; drawn by the map's own strokes. */
export function drawLegend(map, box, world) {
  const ratio = Math.min(devicePixelRatio, 2);
  box.replaceChildren();
  const line = (text, width, draw) => {
    const row = document.createElement('div'), canvas = document.createElement('canvas'), label = document.createElement('span');
    [canvas.width, canvas.height] = [width * ratio, 16 * ratio];
    canvas.style.width = `${width}px`;
    canvas.style.height = '16px';
    const context = canvas.getContext('2d');
    context.scale(ratio, ratio);
    draw(context);
    label.textContent = text;
    row.append(canvas, label);
    box.append(row);
  };
  line('server: idle to busy', 48, context => {
    for (let x = 0; x < 48; x++) { context.fillStyle = loads[Math.round(x / 47 * 255)]; context.fillRect(x, 3, 1.5, 10); }
  });
  line('server that is down', 16, context => drawSquare({ context, colours: map.colours }, 8, 8, 6, 0, true));
  line('ghost: free CPU, as its twin believes', 16, context => {
    drawSquare({ context, colours: map.colours }, 6, 11, 4, 128, false);
    drawGhost({ context, colours: map.colours }, 6, 11, 4, 30, 1);
  });
  conditions.forEach((name, kind) => {
    if (kind === 3 && !world.measuresTwins) return;
    line(`twin ${name}`, 16, context => {
      const drawn = { context, colours: map.colours, world };
      map.drawRing.call(drawn, 8, 8, 6, kind << 6 | Math.ceil(world.ageLimits[1] * [0, 0.5, 1, 0.7][kind] / ageUnit(world)), true);
    });
  });
  outcomes.forEach((name, i) => {
    if (i === 3 && !world.faults.length) return;
    line(`device: ${name}`, 16, context => { context.fillStyle = map.colours.outcomes[i]; context.fillRect(5, 5, 6, 6); });
  });
  if (world.drawnEvery > 1) {
    const said = document.createElement('div');
    said.textContent = `1 of ${world.drawnEvery} devices is drawn`;
    box.append(said);
  }
}
