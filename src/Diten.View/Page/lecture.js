import { onTheme } from './colours.js';
import { bind } from './keys.js';
import { Lecture } from './scenes.js';
import { bindPointer } from './pointer.js';

const element = id => document.getElementById(id), pause = ms => new Promise(done => setTimeout(done, ms));

function bindControls(lecture) {
  const click = (id, act) => element(id).addEventListener('click', act);
  click('first', () => lecture.go(0));
  click('back', () => lecture.go(lecture.index - 1));
  click('play', () => lecture.toggle());
  click('forward', () => lecture.go(lecture.index + 1));
  click('newest', () => lecture.go(Infinity));
  click('clear', () => lecture.select(null));
  click('help', () => lecture.help());
  element('time').addEventListener('input', event => lecture.go(+event.target.value));
  element('load').addEventListener('input', event => lecture.enter(lecture.bound.scene, +event.target.value));
  for (const [side, map] of ['map0', 'map1'].entries()) {
    bindPointer(element(map), lecture.pointedAt(side));
    new ResizeObserver(() => lecture.resize()).observe(element(map));
  }
  onTheme(() => { lecture.retheme(); lecture.resize(); });
}

function bindKeys(lecture) {
  bind([
    [[' '], 'Space', 'play or pause', () => lecture.toggle()],
    [['ArrowLeft'], '←', 'one slot back', () => lecture.go(lecture.index - 1)],
    [['ArrowRight'], '→', 'one slot on', () => lecture.go(lecture.index + 1)],
    [['PageUp'], 'Page up', 'ten slots back', () => lecture.go(lecture.index - 10)],
    [['PageDown'], 'Page down', 'ten slots on', () => lecture.go(lecture.index + 10)],
    [['Home'], 'Home', 'first slot', () => lecture.go(0)],
    [['End'], 'End', 'last slot, or the next question', () => lecture.go(Infinity)],
    [['<', '>'], '< >', 'slower, faster', key => lecture.faster(key === '>' ? 1 : -1)],
    [['[', ']'], '[ ]', 'scene before, next scene', key => lecture.enter(lecture.bound.scene + (key === ']' ? 1 : -1))],
    [[',', '.'], ', .', 'less load, more load', key => lecture.enter(lecture.bound.scene, lecture.bound.load + (key === '.' ? 1 : -1))],
    [['1', '2', '3', '4', '5', '6', '7', '8', '9'], '1 … 9', 'answer, or candidate', key => lecture.pick(+key - 1)],
    [['+', '-'], '+ −', 'zoom', key => lecture.zoom(key === '+' ? 1.25 : 0.8)],
    [['w', 'a', 's', 'd'], 'W A S D', 'move the maps', key => lecture.pan(...{ w: [0, 60], a: [60, 0], s: [0, -60], d: [-60, 0] }[key])],
    [['0'], '0', 'the whole city', () => lecture.fit()],
    [['n', 'p'], 'N P', 'next, previous server', key => lecture.selectNext(key === 'n' ? 1 : -1)],
    [['Escape'], 'Esc', 'select nothing', () => lecture.select(null)],
    [['?'], '?', 'these keys', () => lecture.help()],
  ]);
}

async function start() {
  let told;
  while ((told = await (await fetch('api/lecture')).json()).waiting) {
    const far = told.runs > 0 ? `${told.done} of ${told.runs} runs are done. The lecture begins here when all are.` : '';
    if (element('caption').textContent !== far) element('caption').textContent = far;
    await pause(1000);
  }
  document.title = `${told.title} – Diten`;
  element('name').textContent = told.title;
  element('about').textContent = `runs of seed ${told.firstSeed} · intervals of ${told.seeds} worlds`;
  const lecture = new Lecture(told), said = new URLSearchParams(location.hash.slice(1));
  bindControls(lecture);
  bindKeys(lecture);
  await lecture.enter((+said.get('scene') || 1) - 1, +said.get('load') || 0, +said.get('slot') || 0);
  requestAnimationFrame(now => lecture.tick(now));
  globalThis.diten = lecture; // for whoever looks into it with the browser's tools, and for tests
}

start();
