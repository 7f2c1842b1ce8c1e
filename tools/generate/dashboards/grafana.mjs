// docker/grafana/dashboards/*.json: the dashboards as Grafana reads them.
import { DASHBOARDS } from './panels.mjs';

const COLUMNS = 2;
const WIDTH = 24 / COLUMNS;
const HEIGHT = 8;
const SOURCE = { type: 'prometheus', uid: 'prometheus' };

/** How each file is made, by its path. */
export const dashboards = Object.fromEntries(
  Object.entries(DASHBOARDS).map(([name, board]) => [
    `docker/grafana/dashboards/${name}.json`,
    () => `${JSON.stringify(dashboard(name, board), null, 2)}\n`,
  ]),
);

function dashboard(name, { title, panels }) {
  return {
    uid: `scheduling-${name}`,
    title,
    tags: ['scheduling'],
    schemaVersion: 39,
    editable: false,
    refresh: '30s',
    time: { from: 'now-1h', to: 'now' },
    timezone: 'utc',
    panels: panels.map(panel),
  };
}

function panel([title, unit, series], place) {
  return {
    id: place + 1,
    type: 'timeseries',
    title,
    datasource: SOURCE,
    gridPos: { x: (place % COLUMNS) * WIDTH, y: Math.floor(place / COLUMNS) * HEIGHT, w: WIDTH, h: HEIGHT },
    fieldConfig: { defaults: { unit, min: 0, ...(unit === 'percentunit' && { max: 1 }) }, overrides: [] },
    options: { legend: { displayMode: 'table', placement: 'right', calcs: ['lastNotNull', 'max'] } },
    targets: series.map(([legend, expr], at) => ({
      refId: String.fromCodePoint(65 + at),
      datasource: SOURCE,
      expr,
      legendFormat: legend || title,
    })),
  };
}
