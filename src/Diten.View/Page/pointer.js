/** Mouse and fingers on the map: drag moves it, wheel and two fingers zoom, a click or tap selects. */
export function bindPointer(canvas, app) {
  const down = new Map();
  let dragged = 0;
  const apart = () => {
    const [a, b] = [...down.values()];
    return Math.hypot(a.x - b.x, a.y - b.y);
  };
  const local = event => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  canvas.addEventListener('pointerdown', event => {
    canvas.setPointerCapture(event.pointerId);
    down.set(event.pointerId, local(event));
    if (down.size === 1) dragged = 0;
  });
  canvas.addEventListener('pointermove', event => {
    const before = down.get(event.pointerId);
    if (!before) return;
    const far = down.size === 2 ? apart() : 0, now = local(event);
    down.set(event.pointerId, now);
    dragged += Math.hypot(now.x - before.x, now.y - before.y);
    if (down.size === 2) app.zoom(apart() / Math.max(1, far), now.x, now.y);
    else if (dragged > 4) app.pan(now.x - before.x, now.y - before.y);
  });
  const up = event => {
    const known = down.delete(event.pointerId);
    if (known && event.type === 'pointerup' && down.size === 0 && dragged <= 4) app.pickAt(local(event));
    if (down.size > 0) dragged = Infinity;
  };
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', up);
  canvas.addEventListener('wheel', event => {
    event.preventDefault();
    const { x, y } = local(event);
    app.zoom(Math.exp(-event.deltaY / 400), x, y);
  }, { passive: false });
}
