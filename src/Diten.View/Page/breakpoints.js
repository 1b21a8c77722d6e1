const element = id => document.getElementById(id), desynchronised = 2;

/** Where time stops by itself: at a slot, or when something happens. */
export class Breakpoints {
  constructor(feed) {
    this.feed = feed;
    element('stopSlot').max = feed.world.slots - 1;
  }

  /**
   * Why to stop at a frame, if time came to it from another one; null = no reason.
   * Slots that were skipped on the way count for events; twins are compared between the two frames.
   */
  reason(before, frame) {
    const came = slot => slot > before.slot && slot <= frame.slot;
    const wanted = element('stopSlot').value;
    if (wanted !== '' && came(+wanted)) return { text: `slot ${wanted}` };
    for (const [id, kinds] of [['stopFault', ['fault', 'change']], ['stopNode', ['node-lost']]]) {
      const event = element(id).checked && this.feed.events.find(each => kinds.includes(each.kind) && came(each.slot));
      if (event) return { text: event.text };
    }
    if (!element('stopDesync').checked) return null;
    const server = frame.condition.findIndex((condition, id) => condition >> 6 === desynchronised && before.condition[id] >> 6 !== desynchronised);
    return server < 0 ? null : { text: `the twin of server ${server} is desynchronised`, selected: { kind: 'server', id: server } };
  }
}
