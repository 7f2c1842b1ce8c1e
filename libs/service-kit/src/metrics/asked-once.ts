/** Has one question under way at a time, whose answer all get who ask meanwhile: two figures of one answer cost one question. */
export function askedOnce<T>(ask: () => Promise<T>): () => Promise<T> {
  let underway: Promise<T> | null = null;
  return () => (underway ??= ask().finally(() => (underway = null)));
}
