import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../prove/eventually.mjs';
import { fixedPort } from '../prove/ports.mjs';
import { ROOT } from '../start/settings.mjs';

const SCRAPE = '2s';
/** What Grafana puts in its place, for a scrape of two seconds. */
const RATE_INTERVAL = '1m';
const READY_SECONDS = 20;

/** Starts a Prometheus that scrapes the processes of a house, with our alerts; null where there is no Prometheus. */
export async function startPrometheus(house, opened, signal) {
  if (spawnSync('prometheus', ['--version']).status !== 0) return null;
  const folder = join(house.folder, 'prometheus');
  mkdirSync(folder);
  copyFileSync(join(ROOT, 'docker/prometheus/alerts.yml'), join(folder, 'alerts.yml'));
  writeFileSync(join(folder, 'prometheus.yml'), configuration(house.services));
  const port = await fixedPort();
  const args = [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--log.level=error',
  ];
  const child = spawn('prometheus', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  opened.add('Prometheus', async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  });
  const url = `http://127.0.0.1:${port}`;
  const isReady = () =>
    fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  if (!(await eventually(isReady, { seconds: READY_SECONDS, signal }))) throw new Error('Prometheus did not start.');
  const began = Date.now();
  return { range: (expr) => range(url, expr, began), alerts: () => alerts(url) };
}

/** Ours, with the house's addresses and a shorter time between two looks. */
function configuration(services) {
  const ours = readFileSync(join(ROOT, 'docker/prometheus/prometheus.yml'), 'utf8');
  const targets = Object.values(services)
    .filter(({ app }) => app !== 'sandbox')
    .map(({ app, env }) => `      - targets: ['127.0.0.1:${env.PORT}']\n        labels: { service: '${app}' }\n`);
  return ours
    .replaceAll(/(scrape|evaluation)_interval: \w+/g, `$1_interval: ${SCRAPE}`)
    .replace(/ {4}static_configs:[^]*$/, `    static_configs:\n${targets.join('')}`);
}

async function range(url, expr, began) {
  const query = new URLSearchParams({
    query: expr.replaceAll('$__rate_interval', RATE_INTERVAL),
    start: String(began / 1000),
    end: String(Date.now() / 1000),
    step: '5',
  });
  const answer = await (await fetch(`${url}/api/v1/query_range?${query}`)).json();
  if (answer.status !== 'success') throw new Error(`${expr}: ${answer.error}`);
  // What was divided by nothing is no answer.
  return answer.data.result.filter(({ values }) => values.some(([, value]) => Number.isFinite(Number(value))));
}

async function alerts(url) {
  const { data } = await (await fetch(`${url}/api/v1/rules?type=alert`)).json();
  const rules = data.groups.flatMap(({ rules: some }) => some);
  const bad = rules.filter(({ state, health }) => state === 'firing' || health !== 'ok');
  return { rules: rules.length, firing: bad.map(({ name, state, lastError }) => ({ name, state, lastError })) };
}
