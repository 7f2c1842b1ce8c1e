/** Prints a line for each service: how large its image is, its memory, and how it ended. */
export function tell(services) {
  const rows = services.map(({ name, size, idle, after, stop }) => [
    name,
    `${Math.round(size / 1e6)} MB`,
    `${idle.now} MB`,
    `${after.now} MB`,
    `${after.most} MB`,
    `exit ${stop.code} after ${stop.seconds.toFixed(1)} s`,
  ]);
  const head = ['', 'image', 'idle', 'after the story', 'at most', 'SIGTERM'];
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at].length)));
  for (const row of [head, ...rows])
    console.log(
      row
        .map((cell, at) => cell.padEnd(widths[at]))
        .join('  ')
        .trimEnd(),
    );
}
