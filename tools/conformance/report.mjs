const SHOWN = 8;

/** Prints what was compared and what differed, and answers the exit code. */
export function tell({ order, versions, zones, differing, changes, comparison }) {
  const { passed, failures, frequencies, moved } = comparison;
  const seed = `seed ${order.seed}${order.isTampered ? ', TAMPERED: this must fail' : ''}`;
  console.log(`conformance: ${passed + failures.length} pairs of rule and zone, ${seed}`);
  console.log(`  python-dateutil ${versions.dateutil}, tz ${versions.tz} there; tz ${process.versions.tz} here`);
  console.log(`  ${zones.length} zones; left out, for they read otherwise there: ${differing.join(', ') || 'none'}`);
  console.log(`  ${comparison.changes.size} of their ${changes} changes from 2025 to 2027 inside a window`);
  console.log(`  ${moved} weekly pairs with BYSETPOS begin with a week: dateutil's first set begins with DTSTART`);
  console.log(
    '  not generated: weeks 52 and 53, plain beside numbered weekdays, which dateutil reads otherwise (see rules.mjs)',
  );
  console.log('\n             pairs  without starts     starts  within 3 h of a change  failed');
  for (const [frequency, sums] of frequencies) console.log(`  ${line(frequency, sums)}`);
  for (const failure of failures.slice(0, SHOWN)) console.log(`\n${difference(failure)}`);
  if (failures.length > SHOWN) console.log(`\n  … and ${failures.length - SHOWN} more`);
  const isMissed = comparison.changes.size < changes && passed + failures.length >= 3_000;
  if (isMissed) console.log('\n  FAILED: some changes are inside no window');
  const failed = failures.length + (isMissed ? 1 : 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

function line(frequency, { pairs, empty, starts, near, failed }) {
  const columns = [
    [pairs, 8],
    [empty, 16],
    [starts, 11],
    [near, 24],
    [failed, 8],
  ];
  return frequency.padEnd(8) + columns.map(([figure, width]) => figure.toLocaleString('en').padStart(width)).join('');
}

function difference({ pair, ours, theirs }) {
  const ourOwn = ours.filter((at) => !theirs.includes(at));
  const missing = theirs.filter((at) => !ours.includes(at));
  return [
    `  ${pair.zone}, ${pair.local}${pair.startWall ? ' (given as a wall time)' : ''}: ${pair.rule}`,
    `    from ${pair.from.toISOString()} until ${pair.until.toISOString()}, pair ${pair.id}`,
    `    only ours: ${shown(ourOwn)}; only dateutil's: ${shown(missing)}`,
  ].join('\n');
}

const shown = (starts) =>
  starts
    .slice(0, 3)
    .map((at) => (typeof at === 'number' ? new Date(at * 1000).toISOString() : at))
    .join(', ') || 'none';
