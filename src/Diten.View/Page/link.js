// The address of the page says slot, place, selection, plots and where to stop: who opens it sees the same.

/** What the address says; null where it says nothing of it. */
export function readLink() {
  const said = new URLSearchParams(location.hash.slice(1)), number = name => said.has(name) && Number.isFinite(+said.get(name)) ? +said.get(name) : null;
  const [x, y, scale] = ['x', 'y', 'zoom'].map(number);
  const kind = ['server', 'device'].find(each => Number.isInteger(number(each)));
  return {
    slot: number('slot'),
    place: x !== null && y !== null && scale > 0 ? { x, y, scale } : null,
    stops: said.get('stop') ?? '',
    plots: said.get('plot')?.split(',') ?? [],
    selected: kind ? { kind, id: number(kind) } : null,
  };
}

export function writeLink(slot, camera, selected, plots, stops) {
  const said = new URLSearchParams();
  if (slot !== null) said.set('slot', slot);
  if (camera.moved) {
    said.set('x', camera.x.toFixed(1));
    said.set('y', camera.y.toFixed(1));
    said.set('zoom', camera.scale.toPrecision(4));
  }
  if (selected) said.set(selected.kind, selected.id);
  if (plots.length) said.set('plot', plots.join());
  if (stops) said.set('stop', stops);
  history.replaceState(null, '', `#${said}`);
}
