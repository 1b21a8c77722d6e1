const count = (bits, n) => Array.from({ length: n }, (_, i) => bits(i)).filter(Boolean).length, counted = (n, what) => `${n} ${what}${n === 1 ? '' : 's'}`;
const desynchronised = 2;

/** The map of a slot in words, for who does not see it. */
export function mapInWords(frame, selected) {
  const apart = count(id => frame.condition[id] >> 6 === desynchronised, frame.servers), load = frame.load.reduce((sum, each) => sum + each, 0) / 255 / Math.max(1, frame.servers);
  const down = [counted(count(id => frame.isDown(id), frame.stations), 'station'), counted(count(id => frame.isServerDown(id), frame.servers), 'server')];
  return `Map of ${counted(frame.stations, 'station')} and ${counted(frame.servers, 'server')} in slot ${frame.slot}: ${counted(apart, 'twin')} desynchronised, ${
    down.join(' and ')} down, mean load ${(100 * load).toFixed(0)} %${selected ? `; selected: ${selected.kind} ${selected.id}` : ''}.`;
}
