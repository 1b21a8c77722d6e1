// The cells of an experiment, by part and case, and what became of them.

const element = id => document.getElementById(id), askEvery = 1000;
const words = { w: 'waits', r: 'runs', d: 'done', k: 'done before' };
const follows = new URLSearchParams(globalThis.location?.search).has('follow');
let plan = null, cells = [], rows = [], squares = [];

/** A time that is left, for people. */
export const time = seconds => seconds < 90 ? `${Math.round(seconds)} s` : seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;

/** How far an experiment is, in words. */
export function progress({ states, leftSeconds, over, trains }) {
  const done = [...states].filter(state => state === 'd' || state === 'k').length;
  return [
    states ? `${done} of ${states.length} runs done` : 'about to begin',
    ...trains ? [`the policy ${trains} is trained`] : [],
    ...over ? ['all that was wanted is done'] : leftSeconds ? [`about ${time(leftSeconds)} left`] : [],
  ].join(' · ');
}

/** Builds a table a part and a row a case, with a square for each seed. */
function build() {
  squares = [];
  rows = [];
  const parts = Map.groupBy(cells.map((cell, index) => ({ ...cell, index })), cell => cell.part);
  element('parts').replaceChildren(...[...parts].map(([part, own]) => {
    const section = document.createElement('section'), table = document.createElement('table');
    if (part) section.append(Object.assign(document.createElement('h2'), { textContent: part }));
    for (const [name, runs] of Map.groupBy(own, cell => cell.case)) {
      const row = table.insertRow(), head = Object.assign(document.createElement('th'), { scope: 'row', textContent: name || 'the scenario as it is' });
      row.append(head);
      const told = row.insertCell(), drawn = row.insertCell();
      told.className = 'told';
      for (const { index } of runs) {
        squares[index] = document.createElement('span');
        drawn.append(squares[index]);
      }
      rows.push({ told, indexes: runs.map(run => run.index) });
    }
    section.append(table);
    return section;
  }));
}

/** Shows one cell: a link where it runs, else a square. */
function mark(index, state, run) {
  const old = squares[index], key = `${state}${run ?? ''}`;
  if (old.dataset.key === key) return;
  const fresh = document.createElement(run ? 'a' : 'span'), text = `seed ${cells[index].seed}: ${words[state]}`;
  if (run) {
    fresh.href = `/runs/${run}/`;
    fresh.setAttribute('aria-label', `watch ${cells[index].case}, seed ${cells[index].seed}`);
  } else fresh.setAttribute('aria-hidden', 'true'); // the row says how many
  fresh.className = `cell ${state}`;
  fresh.title = text;
  fresh.dataset.key = key;
  const focused = document.activeElement === old;
  old.replaceWith(fresh);
  if (focused && run) fresh.focus();
  squares[index] = fresh;
}

function show(told) {
  element('name').textContent = told.title;
  document.title = `${told.title} – Diten`;
  element('about').textContent = progress(told);
  const { states } = told, runs = new Map(told.running.map(({ run, cell }) => [cell, run]));
  element('done').max = Math.max(1, states.length);
  element('done').value = [...states].filter(state => state === 'd' || state === 'k').length;
  [...states].forEach((state, index) => mark(index, state, state === 'r' ? runs.get(index) : undefined));
  for (const { told: cell, indexes } of rows) {
    const count = letters => indexes.filter(index => letters.includes(states[index])).length, running = count('r');
    const text = `${count('dk')} of ${indexes.length}${running ? `, ${running} running` : ''}`;
    if (cell.textContent !== text) cell.textContent = text;
  }
  const newest = Math.max(0, ...runs.values()), watch = element('watch');
  const href = newest ? `/runs/${newest}/?follow` : '';
  if (follows && newest) location.replace(href); // the run that was wanted is over, and its recording gone
  if ((watch.firstElementChild?.getAttribute('href') ?? '') === href) return;
  watch.replaceChildren(...href ? [Object.assign(document.createElement('a'), { href, textContent: 'Watch one run after another on the map' })] : []);
}

async function ask() {
  for (;;) {
    let told;
    try { told = await (await fetch('/api/experiment')).json(); } catch {
      element('about').textContent = 'The server is gone.';
      return;
    }
    if (told.plan !== plan) {
      const fresh = await (await fetch('/api/experiment/cells')).json();
      [plan, cells] = [fresh.plan, fresh.cells];
      build();
    }
    if (told.plan === plan && told.states.length === cells.length) show(told);
    await new Promise(done => setTimeout(done, askEvery));
  }
}

if (document.body.id === 'experiment') ask();
