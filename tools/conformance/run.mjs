import { Comparison } from './compare.mjs';
import { CannotRun, Dateutil } from './dateutil.mjs';
import { readOrder } from './order.mjs';
import { pairsOf, productOf } from './pairs.mjs';
import { tell } from './report.mjs';
import { changesOf, readings, ZONES } from './zones.mjs';

const dateutil = new Dateutil();
try {
  const order = readOrder(process.argv.slice(2));
  const versions = await dateutil.ask({ fold: order.isTampered ? 1 : 0 });
  const zones = [];
  const differing = [];
  for (const zone of ZONES) {
    const isSame = await dateutil.ask({ zone, readings: readings(zone) });
    (isSame ? zones : differing).push(zone);
  }
  if (zones.length === 0)
    throw new CannotRun('python3 has no zone that reads as it does in Node: is tzdata installed?');
  const pairs = Math.min(order.pairs, productOf(zones));
  const comparison = new Comparison();
  for await (const { question: pair, answer } of dateutil.askAll(questions(pairsOf(order.seed, zones, pairs)))) {
    comparison.add(pair.of, answer);
  }
  const changes = zones.flatMap((zone) => changesOf(zone)).length;
  process.exitCode = tell({ order, versions, zones, differing, changes, comparison });
} catch (error) {
  console.error(error instanceof CannotRun ? `conformance cannot run: ${error.message}` : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  await dateutil.end();
}

/** Each pair as dateutil is asked for it; `of` is not sent. */
function* questions(pairs) {
  for (const pair of pairs) {
    const { zone, local, rule, from, until } = pair;
    const question = { zone, local, rule, from: from.getTime() / 1000, until: until.getTime() / 1000 };
    yield Object.defineProperty(question, 'of', { value: pair, enumerable: false });
  }
}
