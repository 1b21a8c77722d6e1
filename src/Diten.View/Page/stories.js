import { Chart } from './charts.js';
import { conditions, outcomes } from './colours.js';

const gigahertz = hertz => `${(hertz / 1e9).toFixed(2)} GHz`, milliseconds = seconds => `${(1e3 * seconds).toFixed(1)} ms`;
const element = id => document.getElementById(id);
const inForce = ({ name, kind, what, ofStation, from, to }) =>
  `${ofStation ? 'its station: ' : ''}${name}: ${kind} on ${what}, ${to - from === 1 ? `slot ${from}` : `slots ${from}–${to - 1}`}`;

function tasksOf(id, { servers }, frame) {
  const own = [...servers.keys()].filter(i => servers[i] === id && frame.tells(i)), came = own.filter(i => frame.hasMigrated(i)).length;
  return [`serves ${own.length} drawn device${own.length === 1 ? '' : 's'}${came ? `, ${came} of them came by migration` : ''}`];
}

/** Tells of the server or device that is selected. */
export class StoryPanel {
  constructor(world) {
    this.world = world;
    this.server = new Chart(element('story'), { title: 'free CPU', unit: 'GHz', factor: 1e-9 });
    this.tasks = new Chart(element('tasks'), { title: 'tasks', digits: 0 });
    this.device = new Chart(element('story'), { title: 'latency', unit: 'ms', factor: 1e3, digits: 1 });
  }

  show(selected, { story, served, faults = [] }, frame) {
    const slot = frame?.slot;
    element('selected').hidden = !selected;
    element('tasks').hidden = selected?.kind !== 'server';
    if (!selected) return;
    element('who').textContent = selected.kind === 'server' ? `Server ${selected.id}` : `Device ${selected.id}`;
    const told = (story ?? []).filter(moment => moment.slot <= slot), now = told.at(-1);
    element('decisions').replaceChildren();
    if (!now) {
      element('what').textContent = 'Nothing is told of it in this slot.';
      return;
    }
    if (selected.kind === 'server') this.#server(told, now, faults.filter(({ from, to }) => from <= slot && slot < to), served?.index === frame.index ? tasksOf(selected.id, served, frame) : []);
    else this.#device(told, now);
  }

  #server(told, now, faults, tasks) {
    element('what').textContent = [
      `load ${(100 * now.load).toFixed(0)} % · capacity ${gigahertz(now.capacityHertz)}`,
      `free: true ${gigahertz(now.freeHertz)}, believed ${gigahertz(now.twinFreeHertz)}`,
      `tasks: true ${now.tasks}, believed ${now.twinTasks}`,
      ...tasks,
      `twin: ${conditions[now.condition]}, age ${now.ageSlots} slot${now.ageSlots === 1 ? '' : 's'}`,
      ...faults.map(inForce),
    ].join('\n');
    this.server.show(told.map(m => m.slot), [
      { values: told.map(m => m.freeHertz) }, { values: told.map(m => m.twinFreeHertz), dashed: true }]);
    this.server.draw(told.length - 1);
    this.tasks.show(told.map(m => m.slot), [{ values: told.map(m => m.tasks) }, { values: told.map(m => m.twinTasks), dashed: true }]);
    this.tasks.draw(told.length - 1);
    element('storyKey').textContent = 'true (solid) and believed by the twin (dashed)';
  }

  #device(told, now) {
    element('what').textContent = [
      `at ${now.x.toFixed(0)} m east, ${now.y.toFixed(0)} m north`,
      now.server < 0 ? 'out of coverage' : `task on server ${now.server}: ${outcomes[now.outcome]}`,
      `deficit queue ${now.queue.toFixed(2)}`,
    ].join('\n');
    const seen = value => value > 0 ? value : NaN;
    this.device.show(told.map(m => m.slot), [
      { values: told.map(m => seen(m.latencySeconds)) }, { values: told.map(m => seen(m.predictedSeconds)), dashed: true }]);
    this.device.draw(told.length - 1);
    element('storyKey').textContent = 'what came (solid) and what was predicted (dashed)';
    const table = element('decisions');
    table.innerHTML = '<thead><tr><th scope="col">slot</th><th scope="col">server</th><th scope="col">predicted</th><th scope="col">came</th><th scope="col"></th></tr></thead>';
    const body = table.createTBody();
    for (const m of told.slice(-8).reverse()) {
      const row = body.insertRow();
      for (const text of [m.slot, m.server < 0 ? '–' : m.migrated ? `▲ ${m.server}` : m.server, milliseconds(m.predictedSeconds), milliseconds(m.latencySeconds), outcomes[m.outcome]])
        row.insertCell().textContent = text;
    }
  }
}
