/** The middle one, or the mean of the two in the middle. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The value that so many of a hundred do not exceed. */
export function percentile(values, percent) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)];
}

/**
 * Lets contenders measure themselves by turns, forwards and backwards, so that what changes on the machine meets them all.
 * Answers each one's figures by name, one a round.
 */
export async function byTurns(contenders, rounds, signal) {
  const figures = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const turn = Object.entries(contenders);
    for (const [name, measure] of round % 2 === 0 ? turn : turn.toReversed()) {
      signal.throwIfAborted();
      figures[name].push(await measure());
    }
  }
  return figures;
}

/**
 * One row of the table: our figures beside the twin's of the same rounds, `show` writes one of them.
 * The ratio is the median of the rounds' ratios, and the spread its least and largest.
 */
export function compare({ what, ours, twin, show, aim }) {
  const ratios = ours.map((value, round) => value / twin[round]);
  return {
    what,
    ours: show(median(ours)),
    twin: show(median(twin)),
    ratio: median(ratios),
    spread: [Math.min(...ratios), Math.max(...ratios)],
    aim,
  };
}
