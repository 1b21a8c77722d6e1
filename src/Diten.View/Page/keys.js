/** Keys of the page, and what they do. A key is what KeyboardEvent.key says. */
export function bindKeys(app) {
  const keys = [
    [[' '], 'Space', 'play or pause', () => app.toggle()],
    [['ArrowLeft'], '←', 'one slot back', () => app.go(app.index - 1)],
    [['ArrowRight'], '→', 'one slot on', () => app.go(app.index + 1)],
    [['PageUp'], 'Page up', 'ten slots back', () => app.go(app.index - 10)],
    [['PageDown'], 'Page down', 'ten slots on', () => app.go(app.index + 10)],
    [['Home'], 'Home', 'first slot', () => app.go(0)],
    [['End'], 'End', 'newest slot, and follow it', () => app.newest()],
    [['<', '>'], '< >', 'slower, faster', key => app.faster(key === '>' ? 1 : -1)],
    [['+', '-'], '+ −', 'zoom', key => app.zoom(key === '+' ? 1.25 : 0.8)],
    [['w', 'a', 's', 'd'], 'W A S D', 'move the map', key => app.pan(...{ w: [0, 60], a: [60, 0], s: [0, -60], d: [-60, 0] }[key])],
    [['0'], '0', 'the whole city', () => app.fit()],
    [['n', 'p'], 'N P', 'next, previous server (or device)', key => app.selectNext(key === 'n' ? 1 : -1)],
    [['f', '/'], 'F', 'find by number', () => document.getElementById('query').focus()],
    [['b'], 'B', 'where to stop', () => app.stopWhen()],
    [['m'], 'M', 'plot another figure', () => document.getElementById('metric').focus()],
    [['h'], 'H', 'hands on: throw in a fault', () => app.hands.open()],
    [['k'], 'K', 'kill or start a node', () => app.hands.nodes.open()],
    [['l'], 'L', 'legend', () => { document.getElementById('legendBox').open ^= true; }],
    [['Escape'], 'Esc', 'select nothing', () => app.select(null)],
    [['?'], '?', 'these keys', () => app.help()],
  ];
  const list = document.getElementById('keyList');
  for (const [, shown, meaning] of keys) {
    const [key, what] = [document.createElement('dt'), document.createElement('dd')];
    key.append(Object.assign(document.createElement('kbd'), { textContent: shown }));
    what.textContent = meaning;
    list.append(key, what);
  }
  document.addEventListener('keydown', event => {
    const writes = event.target.matches('input:not([type=range]), select, textarea'), presses = event.target.matches('button, summary') && event.key === ' ';
    if (event.ctrlKey || event.altKey || event.metaKey || presses || document.querySelector('dialog[open]')) return;
    if (writes) {
      if (event.key === 'Escape') event.target.blur();
      return;
    }
    const bound = keys.find(([names]) => names.includes(event.key.length === 1 ? event.key.toLowerCase() : event.key));
    if (!bound) return;
    event.preventDefault();
    bound[3](event.key.toLowerCase());
  });
}
