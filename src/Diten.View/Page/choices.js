import { head } from './beside.js';

const element = id => document.getElementById(id), milliseconds = seconds => `${(1e3 * seconds).toFixed(1)}`;

/** "Be a device": choose one of its candidates, and see what each would have given. All numbers are the run's own; here they are only added up. */
export class Choices {
  #picked = new Map(); // by scene, side, device and slot: number of the candidate

  constructor(lecture) {
    this.lecture = lecture;
    element('next').addEventListener('click', async () => {
      await lecture.go(lecture.index + 1);
      element('candidates').querySelector('button')?.focus(); // where a question waits, time stands, and so does this
    });
    for (const id of ['device', 'side']) element(id).addEventListener('change', () => lecture.show());
  }

  /** The device for which one chooses, as something to draw; null where there is none. */
  get selected() { return this.devices.length > 0 ? { kind: 'device', id: +element('device').value } : null; }

  get devices() { return this.lecture.pair.runs[0].choices.map(choice => choice.device); }

  get side() { return +element('side').value; }

  enter() {
    const { shown } = this.lecture, options = entries => entries.map(([value, textContent]) => Object.assign(document.createElement('option'), { value, textContent }));
    element('game').hidden = this.devices.length === 0;
    element('device').replaceChildren(...options(this.devices.map(id => [id, id])));
    element('side').replaceChildren(...options(shown.sides.map((name, side) => [side, `${side === 0 ? 'left' : 'right'}: ${name}`])));
  }

  /** What there is to choose from in the slot that is shown; undefined where the device has no task. */
  get #choice() { return this.#all().find(choice => choice.slot === this.lecture.slot); }

  #all() { return this.lecture.pair.runs[this.side].choices.find(each => each.device === +element('device').value)?.slots ?? []; }

  #key(slot) { return `${this.lecture.shown.name} ${this.side} ${element('device').value} ${slot}`; }

  /** Takes a candidate for the reader's choice; the first word counts. */
  pick(number) {
    const choice = this.devices.length > 0 && this.#choice;
    if (!choice || number >= choice.candidates.length || this.#picked.has(this.#key(choice.slot))) return;
    this.lecture.playing = false;
    this.#picked.set(this.#key(choice.slot), number);
    this.lecture.show();
    element('next').focus();
  }

  show() {
    if (this.devices.length === 0) return;
    const choice = this.#choice, picked = choice && this.#picked.get(this.#key(choice.slot)), known = picked !== undefined;
    element('asked').textContent = choice
      ? `Slot ${choice.slot}: ${choice.serving < 0 ? 'a journey begins' : `server ${choice.serving} has its service`}; the task is late after ${milliseconds(choice.deadlineSeconds)} ms. Which server?`
      : 'It is out of coverage in this slot.';
    element('candidates').replaceChildren(...choice ? this.#table(choice, picked) : []);
    element('next').hidden = !known;
    element('came').textContent = known ? this.#said(choice, picked) : '';
    this.#score();
  }

  #table(choice, picked) {
    const body = document.createElement('tbody'), known = picked !== undefined;
    choice.candidates.forEach((candidate, k) => {
      const line = document.createElement('tr'), button = Object.assign(document.createElement('button'), { type: 'button', textContent: `${k + 1}: server ${candidate.server}`, disabled: known });
      button.addEventListener('click', () => this.pick(k));
      const first = document.createElement('th');
      first.scope = 'row';
      const marks = [picked === k && 'you', known && choice.chosen === k && 'policy', known && candidate.regret === 0 && 'best'].filter(Boolean).join(', ');
      first.append(button, Object.assign(document.createElement('span'), { className: 'marks', textContent: marks }));
      line.append(first);
      for (const text of [candidate.metres.toFixed(0), candidate.tasks, milliseconds(candidate.predicted), known ? milliseconds(candidate.true) : '?', known ? milliseconds(candidate.regret) : '?'])
        line.append(Object.assign(document.createElement('td'), { textContent: text }));
      if (known && candidate.regret === 0) line.className = 'best';
      body.append(line);
    });
    return [head('', 'm', 'tasks, twin', 'promised, ms', 'true, ms', 'regret, ms'), body];
  }

  #said({ candidates, chosen, deadlineSeconds }, picked) {
    const mine = candidates[picked], policy = candidates[chosen];
    return `Server ${mine.server} would have given ${milliseconds(mine.true)} ms${mine.true > deadlineSeconds ? ', too late' : ''}: a regret of ${milliseconds(mine.regret)} ms. The policy took server ${policy.server}: ${milliseconds(policy.regret)} ms.`;
  }

  /** Sums over the slots in which a choice was made, for each side and all devices. */
  #score() {
    const { shown, pair } = this.lecture, body = document.createElement('tbody');
    shown.sides.forEach((name, side) => {
      const sums = { n: 0, mine: 0, policy: 0 };
      for (const { device, slots } of pair.runs[side].choices)
        for (const choice of slots) {
          const picked = this.#picked.get(`${shown.name} ${side} ${device} ${choice.slot}`);
          if (picked === undefined) continue;
          sums.n++;
          sums.mine += choice.candidates[picked].regret;
          sums.policy += choice.candidates[choice.chosen].regret;
        }
      const line = document.createElement('tr');
      line.append(Object.assign(document.createElement('th'), { textContent: name, scope: 'row' }));
      for (const text of [sums.n, ...[sums.mine, sums.policy].flatMap(sum => [milliseconds(sum), sums.n ? milliseconds(sum / sums.n) : '–'])])
        line.append(Object.assign(document.createElement('td'), { textContent: text }));
      body.append(line);
    });
    element('score').replaceChildren(head('regret so far, ms', 'choices', 'yours', 'a choice', 'policy', 'a choice'), body);
  }

  /** Numbers at the candidates, on the side that one chooses for. */
  drawCandidates(map, side) {
    const choice = side === this.side && this.#choice;
    if (!choice) return;
    const { context, colours } = map, far = map.serverSize + 4;
    context.font = 'bold 13px system-ui, sans-serif';
    choice.candidates.forEach(({ server }, k) => {
      const [x, y] = map.serverAt(server);
      context.fillStyle = colours.panel;
      context.fillRect(x + far - 2, y - far - 12, 13, 16);
      context.fillStyle = colours.text;
      context.fillText(`${k + 1}`, x + far, y - far);
    });
  }
}
