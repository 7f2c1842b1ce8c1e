import { invalid } from './google-refusal.ts';

/** Which fields of an answer are wanted: by name, `true` for all of one. */
interface Wanted {
  readonly [name: string]: Wanted | true;
}

/** An answer with the fields only that are wanted, such as `items(id,start/dateTime),nextPageToken`. */
export function fieldsOf(value: unknown, fields: string): unknown {
  const reader = { text: fields.replaceAll(/\s/g, ''), at: 0 };
  const wanted = read(reader);
  if (reader.at < reader.text.length) throw invalid(`Invalid field selection ${fields}`, 'invalidParameter');
  return picked(value, wanted);
}

interface Reader {
  readonly text: string;
  at: number;
}

function read(reader: Reader): Wanted {
  const wanted: Record<string, Wanted | true> = {};
  do {
    const name = /^[\w*]+/.exec(reader.text.slice(reader.at))?.[0];
    if (!name) throw invalid(`Invalid field selection ${reader.text}`, 'invalidParameter');
    reader.at += name.length;
    wanted[name] = readInner(reader);
  } while (took(reader, ','));
  return wanted;
}

function readInner(reader: Reader): Wanted | true {
  if (took(reader, '/')) return readOne(reader);
  if (!took(reader, '(')) return true;
  const inner = read(reader);
  if (!took(reader, ')')) throw invalid(`Invalid field selection ${reader.text}`, 'invalidParameter');
  return inner;
}

function readOne(reader: Reader): Wanted {
  const name = /^[\w*]+/.exec(reader.text.slice(reader.at))?.[0] ?? '';
  reader.at += name.length;
  return { [name]: readInner(reader) };
}

function took(reader: Reader, mark: string): boolean {
  if (reader.text[reader.at] !== mark) return false;
  reader.at += 1;
  return true;
}

function picked(value: unknown, wanted: Wanted): unknown {
  if (Array.isArray(value)) return value.map((one) => picked(one, wanted));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, inner]) => {
    const wish = wanted[name] ?? wanted['*'];
    return wish === undefined ? [] : [[name, wish === true ? inner : picked(inner, wish)]];
  });
  return Object.fromEntries(entries);
}
