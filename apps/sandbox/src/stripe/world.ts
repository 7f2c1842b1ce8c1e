/** What the parts of the double share: the time, and whom they tell. */
export interface World {
  /** The time in whole seconds since 1970. */
  readonly now: () => number;
  /** States a change: an event that carries the object as it is now. */
  readonly state: (type: string, object: { readonly id: string }) => void;
}
