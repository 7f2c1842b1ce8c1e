/** One thing of a feed, as its service showed it. */
export type Item = Readonly<Record<string, unknown>>;

/** What a feed consists of, by the ids of its things. */
export type State = ReadonlyMap<string, Item>;

/** What leads from one state to another. */
export interface Delta {
  readonly upsert: readonly Item[];
  /** Ids. */
  readonly remove: readonly string[];
}

/** A change that has been: the version that it led from, and what it was. */
export interface Step {
  readonly from: string;
  readonly delta: Delta;
}

/** What differs between two states; null where nothing does. */
export function difference(before: State, after: State): Delta | null {
  const upsert = [...after].filter(([id, item]) => JSON.stringify(before.get(id)) !== JSON.stringify(item));
  const remove = [...before.keys()].filter((id) => !after.has(id));
  return upsert.length + remove.length === 0 ? null : { upsert: upsert.map(([, item]) => item), remove };
}

/**
 * What leads from a version to now over the steps that are remembered, the oldest first; null where the version is not among them. A
 * version may have been more than once: the last time is as good as any, and nearest.
 */
export function since(version: string, steps: readonly Step[], now: State, idOf: (item: Item) => string): Delta | null {
  const first = steps.findLastIndex(({ from }) => from === version);
  if (first < 0) return null;
  const later = steps.slice(first).flatMap(({ delta }) => [...delta.upsert.map(idOf), ...delta.remove]);
  const touched = [...new Set(later)];
  return {
    upsert: touched.map((id) => now.get(id)).filter((item) => item !== undefined),
    remove: touched.filter((id) => !now.has(id)),
  };
}
