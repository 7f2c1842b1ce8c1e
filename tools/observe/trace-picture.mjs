const ROW = 22;
const LEFT = 430;
const WIDTH = 1500;
const COLORS = {
  gateway: '#4c6ef5',
  booking: '#12b886',
  notification: '#f59f00',
  availability: '#e64980',
  'calendar-sync': '#7950f2',
  accounts: '#868e96',
};

/** A trace as a picture: each step under its cause, with how long it took. */
export function tracePicture(spans) {
  const first = Math.min(...spans.map(({ startAt }) => startAt));
  const last = Math.max(...spans.map(({ endAt }) => endAt));
  const x = (at) => LEFT + ((at - first) / (last - first || 1)) * (WIDTH - LEFT - 90);
  const rows = inOrder(spans, null, 0).map(({ span, depth }, at) => {
    const y = 40 + at * ROW;
    const width = Math.max(2, x(span.endAt) - x(span.startAt));
    const color = COLORS[span.service] ?? '#868e96';
    const ms = (span.endAt - span.startAt).toFixed(1);
    return [
      `<text x="${8 + depth * 14}" y="${y + 15}" fill="${color}" font-weight="600">${span.service}</text>`,
      `<text x="${8 + depth * 14 + span.service.length * 7.9 + 8}" y="${y + 15}">${escaped(span.name)}</text>`,
      `<rect x="${x(span.startAt).toFixed(1)}" y="${y + 3}" width="${width.toFixed(1)}" height="${ROW - 8}" rx="3" fill="${color}"/>`,
      `<text x="${(x(span.startAt) + width + 5).toFixed(1)}" y="${y + 15}" fill="#555">${ms} ms</text>`,
    ].join('');
  });
  const title = `<text x="8" y="24" font-size="15" font-weight="700">${spans.length} steps, ${(last - first).toFixed(0)} ms from the click to the mail</text>`;
  return svg(WIDTH, 60 + rows.length * ROW, title + rows.join(''));
}

function inOrder(spans, parentId, depth) {
  const ids = new Set(spans.map(({ id }) => id));
  return spans
    .filter((span) => (parentId ? span.parentId === parentId : !ids.has(span.parentId)))
    .toSorted((a, b) => a.startAt - b.startAt)
    .flatMap((span) => [{ span, depth }, ...inOrder(spans, span.id, depth + 1)]);
}

/** A picture of so many points, with what is in it. */
export const svg = (width, height, inner) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans, sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>${inner}</svg>\n`;

/** A text as it may stand in a picture. */
export const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
