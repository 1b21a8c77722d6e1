// Figures of the run up to the slot that is shown, and of that slot: the same sums as summary.json, divided in the same way.

const completed = t => t.in_time + t.late;

const rows = [
  ['device-slots', 'device-slots', t => t.devices, 0],
  ['latency.mean', 'latency, ms', t => 1e3 * t.latency / completed(t), 2],
  ['failureRate', 'failed', t => (t.late + t.uncovered + t.lost) / t.devices, 4],
  ['migrationRate', 'migrated', t => t.migrations / t.migration_opportunities, 4],
  ['rewardPerSlot', 'reward/slot', t => t.reward / completed(t), 3],
  ['regret.mean', 'regret, ms', t => 1e3 * t.regret / t.regret_tasks, 2],
  ['deficitQueue.mean', 'deficit queue', t => t.deficit_queue / t.devices, 3],
];

const told = (value, digits) => Number.isFinite(value) ? value.toFixed(digits).replace('-', '−') : '–';

/** The table of figures. */
export class FiguresTable {
  constructor(table) {
    table.innerHTML = '<thead><tr><th></th><th scope="col">up to here</th><th scope="col">this slot</th></tr></thead>';
    const body = table.createTBody();
    this.rows = rows.map(([name, title, of, digits]) => {
      const row = body.insertRow(), head = document.createElement('th');
      head.scope = 'row';
      head.textContent = title;
      row.append(head);
      const cells = [row.insertCell(), row.insertCell()];
      cells[0].dataset.figure = name;
      return { cells, of, digits };
    });
  }

  show(frame) {
    for (const { cells, of, digits } of this.rows)
      [frame.run, frame.totals].forEach((sums, i) => { cells[i].textContent = told(of(sums), digits); });
  }
}
