const HEAD = ['what', 'ours', 'twin', 'ratio', 'rounds', 'aim', ''];

/** The rows as a Markdown table, under the line that says where they come from. */
export function table(rows, { command, machine }) {
  const cells = [HEAD, HEAD.map(() => ''), ...rows.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column].length), 3));
  const lines = cells.map((row, n) =>
    n === 1 ? widths.map((width) => '-'.repeat(width)) : row.map((cell, column) => cell.padEnd(widths[column])),
  );
  return [`\n\`${command}\` on ${machine}\n`, ...lines.map((line) => `| ${line.join(' | ')} |`)].join('\n');
}

function cellsOf({ what, ours, twin, ratio, spread, aim }) {
  const [sign, limit] = aim.atLeast === undefined ? ['≤', aim.atMost] : ['≥', aim.atLeast];
  const met = sign === '≤' ? ratio <= limit : ratio >= limit;
  const range = spread[0] === spread[1] ? '' : `${figure(spread[0])}–${figure(spread[1])}`;
  return [what, ours, twin, figure(ratio), range, `${sign} ${limit}`, met ? '' : 'missed'];
}

const figure = (ratio) => (ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0));

/** How figures are written in a table. */
export const perSecond = (value) => `${whole(value)}/s`;
export const milliseconds = (value) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
export const seconds = (value) => `${value.toFixed(1)} s`;
export const megabytes = (value) => `${whole(value)} MB`;

/** A number with its thousands apart. */
export const whole = (value) => Math.round(value).toLocaleString('en-US');
