/** What the basic alphabet of texts can say (GSM 03.38); all else needs an alphabet of which fewer characters fit. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Of these each takes the place of two. */
const EXTENDED = new Set('^{}\\[~]|€\f');

/** How much fits into a text that stands alone, and into each of several that are put together. */
const ROOM = { basic: { alone: 160, joined: 153 }, wide: { alone: 70, joined: 67 } } as const;

/** In how many segments a text travels: each is paid for. */
export function segmentsOf(text: string): number {
  const characters = [...text];
  const isBasic = characters.every((character) => BASIC.has(character) || EXTENDED.has(character));
  const sizes = characters.map((character) => (isBasic ? (EXTENDED.has(character) ? 2 : 1) : character.length));
  const { alone, joined } = isBasic ? ROOM.basic : ROOM.wide;
  return sizes.reduce((sum, size) => sum + size, 0) <= alone ? 1 : joinedSegments(sizes, joined);
}

/** No character is cut in two: what does not fit into a segment any more begins the next. */
function joinedSegments(sizes: readonly number[], room: number): number {
  let [segments, used] = [1, 0];
  for (const size of sizes) {
    if (used + size > room) [segments, used] = [segments + 1, 0];
    used += size;
  }
  return segments;
}
