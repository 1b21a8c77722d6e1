/** Keys of the page of a run. */
export function bindKeys(app) {
  bind([
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
  ]);
}

/** Binds keys, and lists them: names as KeyboardEvent.key has them, how they are shown, what they do. */
export function bind(keys) {
  const list = document.getElementById('keyList');
  for (const [, shown, meaning] of keys) {
    const [key, what] = [document.createElement('dt'), document.createElement('dd')];
    key.append(Object.assign(document.createElement('kbd'), { textContent: shown }));
    what.textContent = meaning;
    list.append(key, what);
  }
  document.addEventListener('keydown', event => {
    const writes = event.target.matches('input:not([type=range], [type=radio]), select, textarea'), presses = event.target.matches('button, summary, [type=radio]') && event.key === ' ';
    const moves = event.target.matches('[type=radio], [type=range]:not(#time)') && /^(Arrow|Page|Home|End)/.test(event.key);
    if (event.ctrlKey || event.altKey || event.metaKey || presses || moves || document.querySelector('dialog[open]')) return;
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
