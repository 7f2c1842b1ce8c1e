/** Which of a set of so many, in order and counted from 0, BYSETPOS chooses; positions beyond the set choose nothing. */
export function chosenAt(positions: readonly number[], size: number): number[] {
  const indexes = positions.map((position) => (position > 0 ? position - 1 : size + position));
  return [...new Set(indexes)].filter((index) => index >= 0 && index < size).toSorted((a, b) => a - b);
}

/** The members of a set at the positions, or all of them where there are none. */
export function pick(positions: readonly number[], set: readonly number[]): readonly number[] {
  return positions.length === 0 ? set : chosenAt(positions, set.length).map((index) => set[index]!);
}
