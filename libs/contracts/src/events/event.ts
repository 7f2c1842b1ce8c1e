/** A class of events; each states one kind of fact. */
export type EventClass<E extends SchedulingEvent = SchedulingEvent> = new () => E;

/** What the log must know of an event besides its data. */
export interface EventMeta<E extends SchedulingEvent> {
  /** The name on the wire, for good; whatever a consumer could trip over becomes the next `.vN`. */
  readonly type: `scheduling.${string}.v${number}`;
  /** The partition key: facts with one key keep their order. */
  readonly key: (event: E) => string;
  /** Golden instances, all fields filled; every consumer's class must read them. */
  readonly examples: readonly object[];
}

const classes = new Map<EventClass, EventMeta<never>>();

/** Declares an event: its name on the wire, its key, and examples. */
export const EventType =
  <E extends SchedulingEvent>(meta: EventMeta<E>) =>
  (event: EventClass<E>): void => {
    if ([...classes.values()].some(({ type }) => type === meta.type)) throw new Error(`two classes for ${meta.type}`);
    classes.set(event, meta);
  };

/** What was declared of an event class. */
export function metaOf<E extends SchedulingEvent>(event: EventClass<E>): EventMeta<E> {
  const meta = classes.get(event);
  if (!meta) throw new Error(`${event.name} has no @EventType`);
  return meta as EventMeta<E>;
}

/** The topic of a type: everything that one service states, `scheduling.booking` for instance. */
export const topicOf = (type: string): string => type.split('.').slice(0, 2).join('.');

/** Every event that is declared, by its name on the wire. */
export const catalogue = (): Map<string, EventClass> =>
  new Map([...classes].map(([event, meta]) => [meta.type, event] as const).toSorted());

/** One fact that a service states; ids and facts only, never an entity. */
export abstract class SchedulingEvent {
  /** Makes an event of its facts, all of them. */
  static of<E extends SchedulingEvent>(this: EventClass<E>, facts: E): E {
    return Object.assign(new this(), facts);
  }
}
