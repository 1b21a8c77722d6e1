const element = id => document.getElementById(id);

/** Kills nodes of a run that has processes of its own, and starts others in their place; part of the panel of nodes. */
export class NodeHands {
  #listed = '';

  constructor(hands) {
    this.hands = hands;
    const [asks, chosen] = [element('killAsks'), element('nodeChosen')];
    element('kill').addEventListener('click', () => {
      element('killWhom').textContent = `Kill node ${chosen.selectedOptions[0].textContent}? Its process ends at once, as by a power cut (SIGKILL). Its zones go on elsewhere from the last checkpoint; the results stay the same.`;
      asks.showModal();
    });
    asks.addEventListener('close', () => {
      if (asks.returnValue === 'kill') this.post('api/nodes/kill', { name: chosen.value });
      asks.returnValue = '';
    });
    element('startNode').addEventListener('click', () => this.post('api/nodes/start', {}));
  }

  /** Goes there, by a key. */
  open() { if (!element('nodeHands').hidden) element('nodeChosen').focus(); }

  /** Shows who can be killed; null = nobody can. What was chosen stays so. */
  list(nodes) {
    const text = JSON.stringify(nodes), chosen = element('nodeChosen');
    if (text === this.#listed) return;
    this.#listed = text;
    element('nodeHands').hidden = !nodes;
    if (!nodes) return;
    const before = chosen.value;
    chosen.replaceChildren(...nodes.map(({ node, clock }) => Object.assign(document.createElement('option'), { value: node, textContent: clock ? `${node} (clock)` : node })));
    if (nodes.some(({ node }) => node === before)) chosen.value = before;
    element('kill').disabled = nodes.length === 0;
  }

  async post(path, body) {
    if (!element('token').value) {
      element('nodesTold').textContent = 'The token that the run printed is needed: see Hands on.';
      return this.hands.open();
    }
    await this.hands.post(path, body, element('nodesTold'));
  }
}
