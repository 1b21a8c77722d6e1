import { Chart } from './charts.js';
import { conditions } from './colours.js';

const element = id => document.getElementById(id), gigahertz = hertz => `${(hertz / 1e9).toFixed(2)} GHz`, counted = n => `${n} task${n === 1 ? '' : 's'}`;

/** One server on both sides: what its twin believes, what is true, and what stations decided for it. */
export class Beliefs {
  constructor() {
    this.sides = [0, 1].map(() => {
      const [title, text] = [document.createElement('h3'), document.createElement('p')];
      element('beliefs').append(title, text);
      const chart = look => {
        const canvas = Object.assign(document.createElement('canvas'), { className: 'chart' });
        canvas.setAttribute('role', 'img');
        element('beliefs').append(canvas);
        return new Chart(canvas, look);
      };
      return { title, text, tasks: chart({ title: 'tasks: sent there / believed', digits: 0 }), free: chart({ title: 'free CPU: true / believed', unit: 'GHz', factor: 1e-9, digits: 1 }) };
    });
  }

  show({ selected, stories, frames, feeds, shown, slot }) {
    element('belief').hidden = !selected;
    if (!selected) return;
    element('whose').textContent = `Server ${selected.id}: belief (dashed), truth and decisions (solid)`;
    this.sides.forEach(({ title, text, tasks, free }, side) => {
      title.textContent = `${side === 0 ? 'Left' : 'Right'}: ${shown.sides[side]}`;
      const story = (stories[side]?.story ?? []).filter(moment => moment.slot <= slot), now = story.at(-1);
      if (!now || !frames[side]) return;
      text.textContent = `The twin (${conditions[now.condition]}, age ${now.ageSlots}) believes in ${counted(now.twinTasks)} and ${gigahertz(now.twinFreeHertz)} free.\nTrue: ${
        gigahertz(now.freeHertz)} free. Stations decided to send ${counted(now.tasks)}.`;
      const { slots } = feeds[side].series, bySlot = new Map(story.map(moment => [moment.slot, moment])), line = of => slots.map(at => bySlot.has(at) ? of(bySlot.get(at)) : NaN);
      tasks.show(slots, [{ values: line(moment => moment.tasks) }, { values: line(moment => moment.twinTasks), dashed: true }]);
      free.show(slots, [{ values: line(moment => moment.freeHertz) }, { values: line(moment => moment.twinFreeHertz), dashed: true }]);
      for (const chart of [tasks, free]) chart.draw(slots.indexOf(now.slot));
    });
  }
}
