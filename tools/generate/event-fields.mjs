// What the fields of an event hold, in words for people.

const BOUNDS = [
  ['minLength', 'maxLength', 'characters'],
  ['minItems', 'maxItems', 'items'],
  ['minimum', 'maximum', ''],
];

/** The kind of a field in a few words: `uuid`, `whole number 1 to 1440`, `list of instants, up to 2000 items`. */
export function kind(schema) {
  if (schema.anyOf) return schema.anyOf.map(kind).join(' or ');
  if (schema.$ref) return `[${nameOf(schema.$ref)}](#${nameOf(schema.$ref).toLowerCase()})`;
  if (Array.isArray(schema.type)) {
    const [type] = schema.type;
    return `${kind({ ...schema, type, enum: schema.enum?.filter((word) => word !== null) })}, or null`;
  }
  if (schema.type === 'array') return `list of ${kind(schema.items ?? {})}${bounds(schema)}`;
  if (schema.enum) return schema.enum.map((word) => `\`${word}\``).join(' \\| ');
  return `${plain(schema)}${bounds(schema)}`;
}

/** The class that a reference names. */
const nameOf = (ref) => ref.split('/').at(-1);

function plain({ type, format, pattern }) {
  if (format === 'date-time') return 'instant';
  if (format) return format;
  if (pattern === '^[A-Z]{3}$') return 'currency';
  if (type === 'null') return 'null';
  return { string: 'text', integer: 'whole number', boolean: 'yes or no' }[type] ?? type ?? 'anything';
}

function bounds(schema) {
  for (const [low, high, unit] of BOUNDS) {
    const [from, to] = [schema[low], schema[high]];
    if (from === undefined && to === undefined) continue;
    const most = to === Number.MAX_SAFE_INTEGER ? undefined : to;
    const range = from ? (most === undefined ? `from ${from}` : `${from} to ${most}`) : `up to ${most}`;
    return `, ${`${range} ${unit}`.trim()}`;
  }
  return '';
}
