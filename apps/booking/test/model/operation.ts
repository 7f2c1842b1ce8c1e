import type { Random } from './random.ts';
import type { Service } from './service.ts';
import type { World } from './world.ts';

/** What an operation answers, with ids by the order in which they were first seen. */
export type Answer = Readonly<Record<string, unknown>> | readonly unknown[];

/** A kind of operation once it is known who does what to which slot. */
export interface Aimed {
  /** The same in one line, for people. */
  readonly about: string;
  /** What the model says, and has happened in it after. */
  readonly expected: () => Answer;
  /** What the service says. */
  readonly actual: () => Promise<Answer>;
}

/** A kind of operation: one file in `operations/`. */
export interface Kind<Lots = unknown> {
  readonly name: string;
  /** How often it comes, beside the others. */
  readonly weight: number;
  /** Chooses by chance what it will be about; it knows no world yet, so that any part of a list of operations is one too. */
  draw(random: Random): Lots;
  /** Says what the lots mean in this world; null where there is nothing for it to be about. */
  aim(world: World, lots: Lots, service: Service): Aimed | null;
}

/** Keeps the type of the lots between `draw` and `aim`. */
export const kind = <Lots>(of: Kind<Lots>): Kind<Lots> => of;

/** An operation of a list, before any world is there. */
export interface Drawn {
  readonly kind: Kind;
  readonly lots: unknown;
}

/** Gives things numbers in the order in which they are first seen: equal lists of numbers mean ids that differ in name only. */
export class Tags {
  private readonly tags = new Map<unknown, number>();

  of(thing: unknown): number {
    const known = this.tags.get(thing) ?? this.tags.size + 1;
    this.tags.set(thing, known);
    return known;
  }

  /** What has here the number that a thing has there; undefined where it has not been seen. */
  like(there: Tags, thing: unknown): unknown {
    const tag = there.tags.get(thing);
    return tag === undefined ? undefined : [...this.tags.keys()][tag - 1];
  }
}
