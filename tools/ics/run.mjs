import { isDeepStrictEqual } from 'node:util';
import { readOrder } from './order.mjs';
import { readByIcalJs } from './ical-js.mjs';
import { readByPython } from './python.mjs';
import { tampered } from './tampered.mjs';
import { writtenFiles } from './written.mjs';

const SHOWN = 5;
const TEXTS = ['summary', 'description', 'url'];
/** What python3-icalendar 4 does not read back even if it has written it itself: it undoes one escape after the other. */
const ESCAPES = /\\|%(2C|3A|3B|5C)/i;

try {
  const order = readOrder(process.argv.slice(2));
  const files = writtenFiles(order.seed, order.files);
  const texts = files.map(({ text }, i) => (order.isTampered ? tampered(text, i) : text));
  const python = readByPython(texts);
  const readers = [
    { reader: 'ical.js', read: texts.map(readByIcalJs), seen: (contents) => contents },
    { reader: `python3-icalendar ${python.version}`, read: python.read, seen: withoutEscapes },
  ];
  console.log(`ics: ${files.length} files, seed ${order.seed}${order.isTampered ? ', TAMPERED: this must fail' : ''}`);
  const failures = [];
  let passed = 0;
  for (const { reader, read, seen } of readers) {
    const compared = files.map(({ name, expected }, i) => ({
      name,
      reader,
      written: seen(expected, expected),
      read: seen(read[i], expected),
    }));
    const failed = compared.filter((one) => !isDeepStrictEqual(one.read, one.written));
    console.log(`  ${reader}: ${files.length - failed.length} read back as written, ${failed.length} not`);
    passed += files.length - failed.length;
    failures.push(...failed);
  }
  const all = files.flatMap(({ expected }) => expected.events.flatMap((event) => TEXTS.map((text) => event[text])));
  const escaped = all.filter((text) => ESCAPES.test(text ?? '')).length;
  console.log(
    `  ${escaped} of ${all.length} texts were compared by ical.js alone: the other undoes one escape after the other`,
  );
  for (const { name, reader, written, read } of failures.slice(0, SHOWN)) {
    console.log(`\n  FAILED ${name}, by ${reader}\n    written ${JSON.stringify(written)}`);
    console.log(`    read    ${JSON.stringify(read)}`);
  }
  if (failures.length > SHOWN) console.log(`\n  … and ${failures.length - SHOWN} more`);
  console.log(`\n${passed} passed, ${failures.length} failed`);
  process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
} catch (error) {
  console.error(`ics cannot run: ${error.message}`);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}

/** What a file contains, less the texts that python3-icalendar cannot read. */
function withoutEscapes(contents, expected) {
  if (!contents.events) return contents;
  const events = contents.events.map((event, i) => {
    const left = TEXTS.filter((text) => ESCAPES.test(expected.events[i]?.[text] ?? ''));
    return { ...event, ...Object.fromEntries(left.map((text) => [text, 'left out'])) };
  });
  return { ...contents, events };
}
