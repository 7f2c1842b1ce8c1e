/** How many objects of a kind the double keeps; the oldest go. */
export const MOST_KEPT = 20_000;

/** Things by id in order of arrival; the oldest go when there are too many. */
export class Kept<T extends { readonly id: string }> {
  private readonly all = new Map<string, T>();

  constructor(private readonly most = MOST_KEPT) {}

  add(item: T): T {
    this.all.set(item.id, item);
    for (const id of this.all.keys()) {
      if (this.all.size <= this.most) break;
      this.all.delete(id);
    }
    return item;
  }

  get(id: string): T | undefined {
    return this.all.get(id);
  }

  delete(id: string): void {
    this.all.delete(id);
  }

  /** All of them, the newest first. */
  newest(): T[] {
    return [...this.all.values()].toReversed();
  }
}
