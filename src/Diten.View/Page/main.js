import { App } from './app.js';
import { onTheme } from './colours.js';
import { Demo } from './demo.js';
import { Feed } from './feed.js';
import { bindKeys } from './keys.js';
import { readLink } from './link.js';
import { bindPointer } from './pointer.js';
import { Watched } from './watched.js';

const element = id => document.getElementById(id);

function bindControls(app) {
  const click = (id, act) => element(id).addEventListener('click', act);
  click('first', () => app.go(0));
  click('back', () => app.go(app.index - 1));
  click('play', () => app.toggle());
  click('forward', () => app.go(app.index + 1));
  click('newest', () => app.newest());
  click('clear', () => app.select(null));
  click('help', () => app.help());
  element('time').addEventListener('input', event => app.go(+event.target.value));
  element('find').addEventListener('submit', event => { event.preventDefault(); app.find(element('query').value); });
  element('legendBox').addEventListener('toggle', () => app.resize());
  new ResizeObserver(() => app.resize()).observe(element('map'));
  onTheme(() => { app.map.retheme(); app.resize(); });
}

async function start() {
  const demo = await Demo.open() ?? await Watched.open();
  if (demo && !demo.named) return demo.enter(); // what is shown at the root changes with the acts
  const feed = await Feed.open(() => { element('notice').textContent = 'The run has not begun.'; });
  if (!feed) return location.replace(demo?.follows ? '/?follow' : '/');
  element('notice').textContent = '';
  const { world } = feed, drawn = Math.ceil(world.devices / world.drawnEvery);
  document.title = `${world.name} – Diten`;
  element('name').textContent = demo?.title ?? world.name;
  element('about').textContent = `seed ${world.seed} · ${world.policy} · ${world.devices} devices${drawn < world.devices ? `, ${drawn} of them drawn` : ''} · ${
    world.stationOfServer.length} servers${world.everySlots > 1 ? ` · every ${world.everySlots} slots are recorded` : ''}`;
  element('legendBox').open = innerWidth > 760; // on a phone it would cover the city
  const app = new App(feed, demo), link = readLink();
  bindControls(app);
  bindKeys(app);
  bindPointer(element('map'), app);
  if (link.place) app.camera.place(link.place);
  if (link.stops) app.breakpoints.text = link.stops;
  for (const name of link.plots) app.plots.choose(name);
  if (link.selected && !app.refusal(link.selected)) app.selected = link.selected;
  app.resize();
  app.hands.select(app.selected);
  if (!feed.ended && !demo) app.hands.follow();
  requestAnimationFrame(now => app.tick(now));
  await feed.grow();
  app.grown();
  if (link.slot !== null) await app.go(feed.series.indexOf(link.slot));
  else if (feed.series.length > 0) await app.step(feed.ended ? 0 : feed.series.length - 1);
  if (demo?.plays && feed.ended) app.toggle();
  app.buttons();
  globalThis.diten = app; // for whoever looks into it with the browser's tools, and for tests
  await feed.follow(frame => {
    if (frame === null) element('notice').textContent = 'The server is gone.';
    app.grown();
    if (frame && app.following) app.show(frame);
    if (frame === undefined && app.following) demo?.next();
    if (frame === undefined) app.following = false;
    app.buttons();
  }, () => app.following ? 16 : 500);
}

start();
