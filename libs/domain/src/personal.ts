const tagged = new Set<string>();

/** Tags a field as personal: whatever is called like it is masked in logs. */
export const Personal = (): PropertyDecorator => (_, field) => void tagged.add(String(field));

const TOKEN = /\b(?:Bearer\s+)?eyJ[\w-]+\.[\w-]+\.[\w-]*/g;
const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
/** E.164, and as people write it. */
const PHONE = /(?<![\w.:-])\+[1-9]\d(?:[ ()-]?\d){6,12}(?!\w)/g;
const DEEPEST = 8;

/** A value as a log may have it: fields that are tagged as personal are blanked, and so is whatever looks like an address, a phone or a token. */
export function masked(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskedText(value);
  if (typeof value !== 'object' || value === null || value instanceof Date || depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((item) => masked(item, depth + 1));
  if (value instanceof Error) return value;
  // An error that was made loggable has a name, which is nobody's.
  const isError = 'stack' in value;
  return Object.fromEntries(
    Object.entries(value).map(([field, part]) => {
      const isPersonal = tagged.has(field) && !(isError && field === 'name') && part !== null;
      return [field, isPersonal ? '[personal]' : masked(part, depth + 1)];
    }),
  );
}

const maskedText = (text: string): string =>
  text.replaceAll(TOKEN, '[token]').replaceAll(EMAIL, '[email]').replaceAll(PHONE, '[phone]');
