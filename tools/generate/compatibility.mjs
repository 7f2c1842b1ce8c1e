// Whether an event of today breaks a consumer of a released one.

/** Whatever says which values a field takes. Loosening one breaks readers whose class is older, tightening one breaks old events. */
const LIMITS = `type format enum const pattern minimum maximum minLength maxLength minItems maxItems uniqueItems
  anyOf oneOf allOf not additionalProperties x-key`.split(/\s+/);

/** Every way in which the events of today would break a consumer of those that were released; both are schemas by type. */
export function breaks(before, now) {
  return [...before].flatMap(([type, schema]) => {
    const today = now.get(type);
    return today ? compare(schema, today, { path: type, before: schema, now: today }) : [`${type} is gone`];
  });
}

function compare(old, young, { path, ...roots }) {
  const [was, is] = [resolve(old, roots.before), resolve(young, roots.now)];
  const limits = LIMITS.filter((word) => JSON.stringify(was[word]) !== JSON.stringify(is[word]));
  const changed = limits.map(
    (word) => `${path}: ${word} was ${JSON.stringify(was[word])}, is ${JSON.stringify(is[word])}`,
  );
  const items = was.items || is.items ? compare(was.items ?? {}, is.items ?? {}, { ...roots, path: `${path}[]` }) : [];
  return [...changed, ...items, ...fields(was, is, { path, ...roots })];
}

function fields(was, is, { path, ...roots }) {
  const [wanted, wants] = [new Set(was.required), new Set(is.required)];
  const kept = Object.entries(was.properties ?? {}).flatMap(([name, schema]) => {
    const at = `${path}.${name}`;
    const today = is.properties?.[name];
    if (!today) return [`${at} is gone`];
    const said = (set) => (set.has(name) ? 'required' : 'optional');
    const need = said(wanted) === said(wants) ? [] : [`${at} was ${said(wanted)}, is ${said(wants)}`];
    return [...need, ...compare(schema, today, { ...roots, path: at })];
  });
  const added = Object.keys(is.properties ?? {}).filter((name) => !was.properties?.[name] && wants.has(name));
  return [...kept, ...added.map((name) => `${path}.${name} is new and required`)];
}

/** What a reference names; schemas do not refer to themselves. */
const resolve = (schema, root) => (schema.$ref ? root.$defs[schema.$ref.split('/').at(-1)] : schema);
