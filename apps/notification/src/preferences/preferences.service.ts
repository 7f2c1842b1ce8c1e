import { Inject, Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { audit, Database, lockLiving, type Tx } from '@scheduling/persistence';
import { type Way, WAYS } from '../deliveries/way.ts';
import { type Channel, type Kind, KINDS } from '../messages/kinds.ts';
import { findRecipients, type Recipient } from '../recipients/recipients.store.ts';
import { chosen, quietHours, type Wishes } from './choices.policy.ts';
import { PhoneMissing, PreferencesChanged } from './preferences.errors.ts';
import { isWanted } from './preferences.policy.ts';
import { findPreferences, keepChoices, keepSettings } from './preferences.store.ts';
import type { Digest, Preferences, QuietHours } from './preferences.ts';

/** What somebody wishes to change; what is not given stays as it was. */
export interface Change {
  readonly kinds?: Wishes | undefined;
  readonly quietHours?: QuietHours | null | undefined;
  readonly digest?: Digest | undefined;
  readonly isOptedIn?: boolean | undefined;
}

/** How somebody is told of things, and which ways lead to them. */
export interface Told {
  readonly preferences: Preferences;
  /** Undefined while nobody has said who they are. */
  readonly reader: Recipient | undefined;
  /** Why a way does not lead to them; null where it does. */
  readonly obstacles: Readonly<Record<Channel, string | null>>;
  /** Of each kind, whether it comes on each of its ways. */
  readonly kinds: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
}

@Injectable()
export class PreferencesService {
  constructor(
    private readonly db: Database,
    @Inject(WAYS) private readonly ways: readonly Way[],
  ) {}

  /** How a person is told of things. */
  find(id: PersonId): Promise<Told> {
    return this.db.transaction((tx) => this.told(tx, id));
  }

  /** Changes what is given, for what is sent from now on; where a version is given, only that one. */
  change(id: PersonId, change: Change, version: number | null): Promise<Told> {
    return this.db.transaction(async (tx) => {
      // A link in a mail, and a token for a while, outlive their person.
      await lockLiving(tx, id);
      const { preferences: known, reader } = await this.told(tx, id);
      if (version !== null && version !== known.version) throw new PreferencesChanged(known.version);
      const { isOptedIn = known.smsOptedInAt !== null, digest = known.digest } = change;
      if (change.isOptedIn && !reader?.phone) throw new PhoneMissing();
      await keepChoices(tx, id, chosen(KINDS, change.kinds ?? {}));
      await keepSettings(tx, id, {
        quietHours: change.quietHours === undefined ? known.quietHours : quietHours(change.quietHours),
        digest,
        smsOptedInAt: isOptedIn ? (known.smsOptedInAt ?? tx.now) : null,
      });
      audit(tx, { action: 'PreferencesChanged', subject: ['person', id] });
      return this.told(tx, id);
    });
  }

  private async told(tx: Tx, id: PersonId): Promise<Told> {
    const preferences = (await findPreferences(tx, [id])).get(id)!;
    const reader = (await findRecipients(tx, [id])).get(id);
    const obstacle = (channel: Channel) =>
      obstacleOn(
        this.ways.find((way) => way.channel === channel),
        reader,
      );
    const obstacles = {
      email: obstacle('email'),
      sms: obstacle('sms'),
      in_app: obstacle('in_app'),
      push: obstacle('push'),
    };
    return { preferences, reader, obstacles, kinds: kindsOf(preferences) };
  }
}

const kindsOf = (preferences: Preferences) =>
  Object.fromEntries(
    Object.entries(KINDS).map(([word, traits]) => {
      const isOn = (channel: Channel) => isWanted(preferences, word as Kind, traits, channel);
      return [word, Object.fromEntries(traits.channels.map((channel) => [channel, isOn(channel)]))];
    }),
  );

function obstacleOn(way: Way | undefined, reader: Recipient | undefined): string | null {
  if (!way?.isOn) return way?.silence ?? 'this is not set up';
  if (!reader) return 'the recipient is not known yet';
  const reach = way.reach(reader);
  if (reach === 'yes') return null;
  return 'wait' in reach ? reach.wait : reach.never;
}
