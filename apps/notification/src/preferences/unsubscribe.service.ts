import { Injectable } from '@nestjs/common';
import { actingIs } from '@scheduling/persistence';
import { PreferencesService } from './preferences.service.ts';
import { LinkUnknown } from './preferences.errors.ts';
import { type Subscription, UnsubscribeLinks } from './unsubscribe-links.ts';

/** Whether somebody gets mail of a kind, as they are told in their language. */
export interface Standing {
  readonly kind: Subscription['kind'];
  readonly isOn: boolean;
  /** BCP 47; English where nobody has said who they are. */
  readonly locale: string;
}

@Injectable()
export class UnsubscribeService {
  constructor(
    private readonly links: UnsubscribeLinks,
    private readonly preferences: PreferencesService,
  ) {}

  /** Whether whom a link was given to gets mail of its kind. */
  async look(token: string): Promise<Standing> {
    const { userId, kind } = this.read(token);
    const { kinds, reader } = await this.preferences.find(userId);
    return { kind, isOn: kinds[kind]?.['email'] === true, locale: reader?.locale ?? 'en' };
  }

  /** Turns mail of a kind off for whom a link was given to, or on again; a repeat changes nothing. */
  async turn(token: string, isOn: boolean): Promise<Standing> {
    const { userId, kind } = this.read(token);
    actingIs(userId, ['link']);
    const standing = await this.look(token);
    if (standing.isOn === isOn) return standing;
    await this.preferences.change(userId, { kinds: { [kind]: { email: isOn } } }, null);
    return { ...standing, isOn };
  }

  private read(token: string): Subscription {
    const subscription = this.links.read(token);
    if (!subscription) throw new LinkUnknown();
    return subscription;
  }
}
