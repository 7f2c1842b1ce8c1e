import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DASHBOARDS } from '../generate/dashboards/panels.mjs';
import { secret } from '../postgres/secrets.mjs';
import { eventually } from '../prove/eventually.mjs';
import { startHouse } from '../prove/house.mjs';
import { doubles } from '../start/doubles.mjs';
import { Opened } from '../start/opened.mjs';
import { ROOT } from '../start/settings.mjs';
import { openSink } from '../traces/sink.mjs';
import { startPrometheus } from './prometheus.mjs';
import { panelsPicture } from './panels-picture.mjs';
import { tracePicture } from './trace-picture.mjs';

/** How often the story is played: rates need some minutes of a life. */
const STORIES = 4;
const STORY_MS = 180_000;
const SETTLE_MS = 8000;
const TRACED = ['gateway', 'booking', 'notification', 'availability', 'calendar-sync'];
const CONFIRMED = 'POST /api/v1/scheduling/booking/confirm';
const MAILED = 'deliver booking_confirmed by email';

/** What need not happen in a good run, and then has no series. */
const MAY_BE_EMPTY = new Set([
  'Slow statements',
  'Transactions that ran again',
  'Webhooks to platforms',
  'Differences repaired',
]);

/** Plays the story on a system that is watched: one trace leads from the click to the mail, and every panel's query has an answer. */
export async function observed(signal) {
  console.log('\nobserved: the story is played, traced and measured');
  const opened = new Opened();
  const checks = [];
  const check = (name, ok, said = '') => {
    console.log(`  ${ok ? 'ok    ' : 'FAILED'} ${name}${ok ? '' : `: ${said}`}`);
    checks.push({ name, ok, said });
  };
  try {
    const sink = await openSink();
    opened.add('the collector', sink.close);
    const house = await startHouse(
      { name: 'observed', say: console.log, beforeServices: async () => {}, more: watched(sink) },
      opened,
      signal,
    );
    const prometheus = await startPrometheus(house, opened, signal);
    if (!prometheus)
      console.log('\n*** NO PANEL IS ASKED HERE: prometheus is missing (apt-get install prometheus). ***\n');
    let told = 0;
    for (let n = 0; n < STORIES; n += 1) told += (await playStory(house.gateway, signal)) ? 1 : 0;
    check(`the story held ${STORIES} times`, told === STORIES, `${told} times`);
    await pause(SETTLE_MS, undefined, { signal });

    const trace = traceOf(sink.spans);
    const services = [...new Set(trace.map(({ service }) => service))];
    check(
      `one trace leads from a confirmation to its mail, through ${TRACED.join(', ')}`,
      TRACED.every((one) => services.includes(one)),
      services.join(', '),
    );
    const orphans = trace.filter(({ parentId }) => parentId && !trace.some(({ id }) => id === parentId));
    check(
      `each of its ${trace.length} steps has its cause`,
      trace.length > 0 && orphans.length === 0,
      JSON.stringify(orphans.slice(0, 3)),
    );
    const folder = join(ROOT, '.cache', 'observed');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'trace.svg'), tracePicture(trace));
    if (prometheus) await askPanels(prometheus, folder, check);
    console.log(`  pictures: .cache/observed`);
    return checks;
  } finally {
    await opened.close();
  }
}

const watched = (sink) => async (gateway, dataDir) => ({
  ...(await doubles({}, gateway, dataDir)),
  UNSUBSCRIBE_SECRET: secret(dataDir, 'unsubscribe'),
  ICS_LOCAL_ORIGIN: gateway,
  MESSAGE_PREVIEW: 'on',
  OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
  OTEL_BSP_SCHEDULE_DELAY: '500',
});

function playStory(gateway, signal) {
  const env = { PATH: process.env.PATH, TZ: 'UTC', GATEWAY_URL: gateway };
  const args = [join(ROOT, 'tools', 'demo', 'main.mjs')];
  const child = spawn(process.execPath, args, { env, signal, timeout: STORY_MS, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code !== 0) console.log(said);
      resolve(code === 0);
    });
  });
}

/** The steps of the largest trace that goes from a confirmation to a mail. */
function traceOf(spans) {
  const traces = [...Map.groupBy(spans, ({ traceId }) => traceId).values()];
  const whole = traces.filter((trace) => [CONFIRMED, MAILED].every((name) => trace.some((span) => span.name === name)));
  return whole.toSorted((a, b) => b.length - a.length)[0] ?? [];
}

async function askPanels(prometheus, folder, check) {
  const panels = Object.entries(DASHBOARDS).flatMap(([board, { panels: all }]) =>
    all.map(([title, unit, series]) => ({ board, title, unit, series })),
  );
  const answered = [];
  for (const panel of panels) {
    for (const [, expr] of panel.series) {
      const found = await eventually(() => prometheus.range(expr).then((all) => all.length > 0 && all), { seconds: 3 });
      answered.push({ ...panel, expr, series: found || [] });
    }
  }
  const empty = answered.filter(({ series, title }) => series.length === 0 && !MAY_BE_EMPTY.has(title));
  const series = answered.reduce((sum, one) => sum + one.series.length, 0);
  check(
    `every one of ${answered.length} queries of ${panels.length} panels has an answer, ${series} series in all`,
    empty.length === 0,
    empty.map(({ title, expr }) => `${title}: ${expr}`).join('\n'),
  );
  for (const one of answered.filter(({ series: some }) => some.length === 0))
    console.log(`  nothing to show: ${one.title}`);
  writeFileSync(join(folder, 'panels.svg'), panelsPicture(answered));
  const alerts = await prometheus.alerts();
  check(
    'all alerts are evaluated, and none fires in a good run',
    alerts.rules > 0 && alerts.firing.length === 0,
    JSON.stringify(alerts),
  );
}
