/** Time between two instants, `[startAt, endAt)`. */
interface Range {
  readonly startAt: Date;
  readonly endAt: Date;
}

/** Keeps the lessons (sorted by start) that overlap none of the ranges, which may come in any order. */
export function subtract<Lesson extends Range>(lessons: readonly Lesson[], away: readonly Range[]): Lesson[] {
  const ranges = merged(away);
  let next = 0;
  return lessons.filter(({ startAt, endAt }) => {
    let range = ranges[next];
    while (range && range.endAt <= startAt) range = ranges[++next];
    return !range || range.startAt >= endAt;
  });
}

/** Ranges as disjoint ones in order: then both their starts and their ends ascend. Empty ones overlap nothing and go. */
function merged(ranges: readonly Range[]): Range[] {
  const disjoint: Range[] = [];
  for (const range of ranges.filter(isNotEmpty).toSorted((a, b) => a.startAt.getTime() - b.startAt.getTime())) {
    const last = disjoint.at(-1);
    if (!last || last.endAt < range.startAt) disjoint.push(range);
    else if (last.endAt < range.endAt) disjoint.splice(-1, 1, { startAt: last.startAt, endAt: range.endAt });
  }
  return disjoint;
}

const isNotEmpty = ({ startAt, endAt }: Range) => startAt < endAt;
