import { NodeHands } from './nodehands.js';

const element = id => document.getElementById(id), kept = 'diten-token', askEvery = 2000;

/** What can be done to what is selected; null: nothing. Faults last until they are cleared. */
const faultsOf = {
  'freeze its twin': server => ({ kind: 'freeze', on: 'twins', ids: [server.id] }),
  'cut its syncs': server => ({ kind: 'cut', link: 'sync', ids: [server.id] }),
  'take it down': server => ({ kind: 'down', on: 'servers', ids: [server.id] }),
  'cut all syncs around it': server => ({ kind: 'cut', link: 'sync', circle: [`${server.x} m`, `${server.y} m`, `${element('radius').value} m`] }),
  'take stations around it down': server => ({ kind: 'down', on: 'stations', circle: [`${server.x} m`, `${server.y} m`, `${element('radius').value} m`] }),
};

/** Faults thrown into a run that goes on, other policies, and nodes that are killed or started, by who has its token: docs/hands-on.md. */
export class Hands {
  /** changed: is told that another circle is to be drawn, or none. */
  constructor(world, changed) {
    Object.assign(this, { world, changed });
    this.panel = element('hands');
    this.nodes = new NodeHands(this);
    element('token').value = sessionStorage.getItem(kept) ?? '';
    element('token').addEventListener('input', () => sessionStorage.setItem(kept, element('token').value.trim()));
    element('throws').append(...Object.entries(faultsOf).map(([text, faultOf]) => {
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: text });
      button.addEventListener('click', () => this.throwIn(text, faultOf(this.server)));
      return button;
    }));
    element('radius').addEventListener('input', changed);
    this.panel.addEventListener('toggle', changed);
    element('throw').addEventListener('click', () => this.post('api/faults', { faults: element('fault').value }));
    element('switch').addEventListener('click', () => this.post('api/policy', { name: element('policy').value.trim(), file: element('policyFile').value.trim() }));
  }

  /** Around whom buttons would strike all within a radius, as long as they are there to be seen: place and metres; null = nobody. */
  get circle() {
    const metres = +element('radius').value;
    return this.server && this.takes && !this.panel.hidden && this.panel.open && metres > 0 ? { ...this.server, metres } : null;
  }

  /** Asks from time to time which faults there are, as long as the run takes changes. */
  async follow() {
    for (;;) {
      let answer;
      try { answer = await fetch('api/faults'); } catch { return this.end(); }
      if (!answer.ok) return this.end();
      this.panel.hidden = false;
      const listed = await answer.json();
      element('handing').hidden = !(this.takes = listed.takesChanges);
      this.list(listed);
      this.nodes.list(listed.nodes);
      await new Promise(done => setTimeout(done, askEvery));
    }
  }

  end() {
    this.panel.hidden = true;
    this.nodes.list(null);
    this.changed();
  }

  /** Goes there, by a key. */
  open() {
    if (this.panel.hidden) return;
    this.panel.open = true;
    if (!this.takes) return this.panel.firstElementChild.focus();
    element(element('token').value ? 'throw' : 'token').focus();
  }

  /** Tells of whom the buttons are. */
  select(selected) {
    const is = selected?.kind === 'server', station = is && this.world.stationOfServer[selected.id];
    this.server = is ? { id: selected.id, x: this.world.stationX[station], y: this.world.stationY[station] } : null;
    element('whom').textContent = is ? `Server ${selected.id}:` : 'Click a server to freeze its twin, cut its syncs or take it down.';
    element('throws').hidden = element('around').hidden = !is;
  }

  list({ policy, faults, changes }) {
    const text = JSON.stringify([policy, faults, changes]);
    if (text === this.text) return;
    this.text = text;
    element('decides').textContent = `Policy: ${policy}`;
    element('thrown').replaceChildren(...faults.map(({ name, kind, what, times }) => {
      const line = document.createElement('li'), button = Object.assign(document.createElement('button'), { type: 'button', textContent: 'clear' });
      button.setAttribute('aria-label', `clear ${name}`);
      button.addEventListener('click', () => this.post('api/faults/clear', { name }));
      line.append(`${name}: ${kind} on ${what}, ${times} `, ...this.takes ? [button] : []);
      return line;
    }));
    this.names = new Set(faults.map(fault => fault.name));
  }

  throwIn(text, fault) {
    const word = text.split(' ')[0];
    let number = 1;
    while (this.names?.has(`${word}-${this.server.id}-${number}`)) number++;
    return this.post('api/faults', { faults: { [`${word}-${this.server.id}-${number}`]: fault } });
  }

  async post(path, body, told = element('handsTold')) {
    told.textContent = 'asked…';
    try {
      const answer = await fetch(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Diten-Token': element('token').value.trim() },
        body: JSON.stringify(body),
      });
      const { slot, what, error } = await answer.json();
      told.textContent = !answer.ok ? error : slot === undefined ? what : `${what}: from slot ${slot} on`;
    } catch (problem) {
      told.textContent = `It was not answered: ${problem.message}`;
    }
  }
}
