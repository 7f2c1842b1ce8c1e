import { escaped, svg } from './trace-picture.mjs';

const COLUMNS = 4;
const WIDE = 390;
const HIGH = 170;
const COLORS = ['#4c6ef5', '#12b886', '#f59f00', '#e64980', '#7950f2', '#15aabf', '#fd7e14', '#82c91e'];

/** The series of each query as small pictures. */
export function panelsPicture(panels) {
  const cells = panels.map((panel, at) => {
    const [x, y] = [(at % COLUMNS) * WIDE, Math.floor(at / COLUMNS) * HIGH];
    return `<g transform="translate(${x},${y})">${cell(panel)}</g>`;
  });
  return svg(COLUMNS * WIDE, Math.ceil(panels.length / COLUMNS) * HIGH, cells.join(''));
}

function cell({ board, title, unit, series }) {
  const points = series.map(({ values }) =>
    values.map(([at, value]) => [at, Number(value)]).filter(([, v]) => Number.isFinite(v)),
  );
  const all = points.flat();
  const [from, to] = [Math.min(...all.map(([at]) => at)), Math.max(...all.map(([at]) => at))];
  const most = Math.max(...all.map(([, value]) => value), 0) || 1;
  const lines = points.map((some, n) => {
    const path = some.map(
      ([at, v]) =>
        `${(10 + ((at - from) / (to - from || 1)) * (WIDE - 30)).toFixed(1)},${(HIGH - 20 - (v / most) * (HIGH - 70)).toFixed(1)}`,
    );
    return `<polyline points="${path.join(' ')}" fill="none" stroke="${COLORS[n % COLORS.length]}" stroke-width="1.5"/>`;
  });
  const told =
    series.length === 0 ? 'nothing to show' : `${series.length} series, at most ${most.toPrecision(3)} ${unit}`;
  return `<rect x="2" y="2" width="${WIDE - 6}" height="${HIGH - 6}" rx="4" fill="none" stroke="#ccc"/><text x="10" y="20" font-weight="700">${escaped(title)}</text><text x="10" y="36" fill="#777">${board}: ${told}</text>${lines.join('')}`;
}
